"""Wagtail hooks for all editing pages: scripts, styles and labels of the history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks

from funkhaus.cms.dates.views import show_reading


@hooks.register("insert_global_admin_js")
def add_scripts() -> str:
    """Return the scripts for keyboard and screen reader users, and for a login that ends while somebody writes."""
    scripts = [(static(f"cms/desk/{name}.js"),) for name in ("focus", "names", "dates", "keep")]
    note = render_to_string("cms/desk/_keep.html", {"cookie": settings.CSRF_COOKIE_NAME})
    dates = render_to_string("cms/desk/_date_parts.html")
    return note + dates + format_html_join("", '<script type="module" src="{}"></script>', scripts)


@hooks.register("insert_editor_js")
def add_undo() -> str:
    """Return the script that brings back deleted blocks and rows."""
    note = render_to_string("cms/desk/_undo.html")
    return note + format_html('<script type="module" src="{}"></script>', static("cms/desk/undo.js"))


@hooks.register("insert_global_admin_css")
def add_style() -> str:
    """Return the style sheets of the note on an ended login, of date fields and of headlines."""
    sheets = [(static(f"cms/desk/{name}.css"),) for name in ("keep", "dates", "fields")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_admin_urls")
def list_urls() -> list[Any]:
    """Return the address that says what was understood of a date."""
    return [path("gelesen/", show_reading, name="typed-date")]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Register the labels of acts in Wagtail's history and reports."""
    actions.register_action("accounts.second_factor_set", _("Set up a second factor"), _("Second factor set up"))
    actions.register_action("accounts.second_factor_removed", _("Remove a second factor"), _("Second factor removed"))
    actions.register_action("accounts.recovery_code", _("Use a recovery code"), _("Logged in with a recovery code"))
    actions.register_action("accounts.recovery_codes_new", _("Make recovery codes"), _("New recovery codes made"))
