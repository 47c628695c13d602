"""Wagtail hooks for all editing pages: scripts, styles and labels of the history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def add_scripts() -> str:
    """Return the scripts for keyboard and screen reader users, and for a login that ends while somebody writes."""
    scripts = [(static(f"cms/desk/{name}.js"),) for name in ("focus", "names", "keep")]
    note = render_to_string("cms/desk/_keep.html", {"cookie": settings.CSRF_COOKIE_NAME})
    return note + format_html_join("", '<script type="module" src="{}"></script>', scripts)


@hooks.register("insert_global_admin_css")
def add_style() -> str:
    """Return the style sheet of the note on an ended login."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/desk/keep.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Register the labels of acts in Wagtail's history and reports."""
    actions.register_action("accounts.second_factor_set", _("Set up a second factor"), _("Second factor set up"))
    actions.register_action("accounts.second_factor_removed", _("Remove a second factor"), _("Second factor removed"))
    actions.register_action("accounts.access_changed", _("Change an account"), _("Account or roles changed"))
    actions.register_action("accounts.recovery_code", _("Use a recovery code"), _("Logged in with a recovery code"))
    actions.register_action("accounts.recovery_codes_new", _("Make recovery codes"), _("New recovery codes made"))
