"""Wagtail hooks for all editing pages: scripts, styles and labels of the history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from funkhaus.cms.dates.views import show_reading
from funkhaus.cms.desk.manual_views import has_papers
from funkhaus.cms.desk.page_lists import mend_page_lists
from funkhaus.cms.queries.draft_visibility import hide_foreign_drafts, may_know_of

mend_page_lists()


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
    """Return the style sheets of the note on an ended login, of date fields, of headlines, of lists on a phone."""
    sheets = [(static(f"cms/desk/{name}.css"),) for name in ("keep", "dates", "fields", "lists")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    """Return the addresses of the manual, and the one that says what was understood of a date."""
    return [
        path("handbuch/", include("funkhaus.cms.desk.urls")),
        path("gelesen/", show_reading, name="typed-date"),
    ]


@hooks.register("register_help_menu_item")
def offer_manual() -> MenuItem:
    """Return the entry for our own manual."""
    return ManualItem(gettext_lazy("Manual"), reverse_lazy("cms_manual:list"), icon_name="help", order=10)


class ManualItem(MenuItem):
    """The menu entry of the manual, shown where its papers were installed."""

    def is_shown(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return whether there are papers."""
        return has_papers()


@hooks.register("construct_help_menu")
def drop_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:  # noqa: ARG001
    """Remove Wagtail's own help, an English site on another host that knows nothing of this house."""
    items[:] = [item for item in items if item.name != "editor-guide" and not item.name.startswith("whats-new")]


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
    actions.register_action("accounts.access_changed", _("Change an account"), _("Account or roles changed"))
    actions.register_action("accounts.recovery_code", _("Use a recovery code"), _("Logged in with a recovery code"))
    actions.register_action("accounts.recovery_codes_new", _("Make recovery codes"), _("New recovery codes made"))
    actions.register_action("accounts.wrong_passwords", _("Many wrong passwords"), _("Many wrong passwords typed"))
