"""Wagtail hooks for all editing pages: scripts, styles and labels of the history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from funkhaus.cms.queries.draft_visibility import hide_foreign_drafts, may_know_of


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


@hooks.register("construct_page_chooser_queryset")
def hide_drafts(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Return the pages that a chooser offers, without others' drafts."""
    return hide_foreign_drafts(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def refuse_foreign_draft(parent_page: Page, pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Return the pages below a page; raise `Http404` for one that the user may not know of, as its title is shown."""
    if not may_know_of(parent_page, request.user):
        raise Http404
    return pages


@hooks.register("before_copy_page")
def require_parent(request: HttpRequest, page: Page) -> None:  # noqa: ARG001 - Wagtail's signature
    """Raise `BadRequest` for a copy form without a page to copy to, which Wagtail's view takes for granted."""
    parent = request.POST.get("new_parent_page", "")
    if request.method == "POST" and not (parent.isdecimal() and Page.objects.filter(pk=int(parent)).exists()):
        raise BadRequest("the copy form names no page to copy to")


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Register the labels of acts in Wagtail's history and reports."""
    actions.register_action("accounts.second_factor_set", _("Set up a second factor"), _("Second factor set up"))
    actions.register_action("accounts.second_factor_removed", _("Remove a second factor"), _("Second factor removed"))
    actions.register_action("accounts.recovery_code", _("Use a recovery code"), _("Logged in with a recovery code"))
    actions.register_action("accounts.recovery_codes_new", _("Make recovery codes"), _("New recovery codes made"))
    actions.register_action("accounts.wrong_passwords", _("Many wrong passwords"), _("Many wrong passwords typed"))
