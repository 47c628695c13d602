"""Wagtail hooks of the newsroom: its own editing pages, menu entries, buttons and panels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from funkhaus.cms.desk.search_area import SnippetSearchArea
from funkhaus.cms.scheduling import HELD, LATE
from funkhaus.cms.site_tree import HOME_DEPTH
from funkhaus.newsroom.desk.admin_api_publishing import PagesInterface
from funkhaus.newsroom.desk.authors import AuthorViewSet, CaptionExceptionViewSet
from funkhaus.newsroom.desk.breaking_panel import BreakingMenuItem, BreakingPanel
from funkhaus.newsroom.desk.corrections import CorrectionViewSet
from funkhaus.newsroom.desk.late_publications_panel import SchedulePanel
from funkhaus.newsroom.desk.missing_references_report import asks_for_references
from funkhaus.newsroom.desk.planned_panel import PlannedPanel
from funkhaus.newsroom.desk.publish_checks import check_gates, tell_what_keeps
from funkhaus.newsroom.desk.shelves import ShelfViewSet
from funkhaus.newsroom.desk.withdrawal_views import RIGHT, tell_of_stories_below
from funkhaus.newsroom.lifecycle.breaking import PROPOSE
from funkhaus.newsroom.lifecycle.desk_status import describe_status, hide_dead_address
from funkhaus.newsroom.models import ArticlePage, LiveblogPage, SectionPage, Withdrawal

register_snippet(CorrectionViewSet)
register_snippet(AuthorViewSet)
register_snippet(CaptionExceptionViewSet)
register_snippet(ShelfViewSet)
hooks.register("before_publish_page", check_gates)


@hooks.register("register_admin_urls")
def register_editing_urls() -> list[Any]:
    """Return the addresses of the newsroom's own editing pages."""
    return [path("meldungen/", include("funkhaus.newsroom.desk.urls"))]


@hooks.register("register_help_menu_item")
def offer_samples() -> MenuItem:
    """Return the entry for the page of all blocks in the help menu."""
    return MenuItem(gettext_lazy("All blocks"), reverse_lazy("newsroom_desk:sample-list"), icon_name="grip", order=50)


class ReferenceReportItem(MenuItem):
    """The menu entry of the report of texts without programme, shown where the operator asks for references."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the report is in use and the user may edit pages."""
        return asks_for_references() and page_permission_policy.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def offer_reference_report() -> MenuItem:
    """Return the entry for the report of texts without programme in the reports menu."""
    address = reverse_lazy("newsroom_desk:reference-report")
    return ReferenceReportItem(gettext_lazy("Texts without programme"), address, icon_name="link", order=900)


@hooks.register("register_admin_search_area")
def offer_search_of_authors() -> SnippetSearchArea:
    """Return the entry of the desk's search that leads to the authors with these words."""
    return SnippetSearchArea(AuthorViewSet, order=140)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Register the labels of the newsroom's acts in Wagtail's history."""
    actions.register_action("newsroom.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("newsroom.lift", _("Lift the withdrawal"), _("Withdrawal lifted"))
    actions.register_action("newsroom.post", _("Write a post"), _("Post written"))
    actions.register_action("newsroom.post_draft", _("Save a draft of a post"), _("Draft of a post saved"))
    actions.register_action("newsroom.post_change", _("Change a post"), _("Post changed"))
    actions.register_action("newsroom.breaking_propose", _("Propose as breaking news"), _("Proposed as breaking news"))
    actions.register_action("newsroom.breaking_confirm", _("Confirm breaking news"), _("Confirmed as breaking news"))
    actions.register_action("newsroom.breaking_end", _("End breaking news"), _("Breaking news ended or rejected"))
    actions.register_action(LATE, _("Publish late"), _("Published late: the background work did not run in time"))
    actions.register_action(HELD)(HeldFormatter)


class HeldFormatter(LogFormatter):
    """The history's message on a planned publication that was refused."""

    label = gettext_lazy("Hold back a planned publication")

    def format_message(self, log_entry: Any) -> str:
        """Return the reasons as they were logged."""
        return _("Planned and not published: %(reasons)s") % {"reasons": " ".join(log_entry.data["reasons"])}


@hooks.register("construct_admin_api")
def publish_through_the_door(interface: Any) -> None:
    """Replace the endpoint of pages, so that API clients publish by the page's own `publish`."""
    interface.register_endpoint("pages", PagesInterface)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panels of breaking news, of late or refused publications, and of what is planned."""
    panels.extend([BreakingPanel(request), SchedulePanel(), PlannedPanel(request)])


@hooks.register("register_admin_menu_item")
def offer_breaking_list() -> MenuItem:
    """Return the menu entry of the list of breaking news, for those who may propose it."""
    return BreakingMenuItem(
        gettext_lazy("Breaking news"), reverse_lazy("newsroom_desk:breaking-list"), icon_name="warning", order=152
    )


@hooks.register("register_page_header_buttons")
def offer_breaking(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that proposes a published story as breaking news."""
    if page.live and page.specific_class in {ArticlePage, LiveblogPage} and user.has_perm(PROPOSE):
        address = reverse("newsroom_desk:breaking-propose", args=[page.pk])
        yield Button(_("Propose as breaking news"), address, icon_name="warning")


@hooks.register("register_page_header_buttons")
def offer_withdrawal(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that withdraws a page which was public."""
    if page.first_published_at and page.depth > HOME_DEPTH + 1 and user.has_perm(RIGHT):
        yield Button(_("Withdraw"), reverse("newsroom_desk:page-withdraw", args=[page.pk]), icon_name="warning")


@hooks.register("register_page_header_buttons")
def offer_paste(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that pastes a whole text into an article."""
    if page.specific_class in {ArticlePage, LiveblogPage} and page.permissions_for_user(user).can_edit():
        yield Button(_("Paste a text"), reverse("newsroom_desk:text-paste", args=[page.pk]), icon_name="paste")


@hooks.register("register_page_header_buttons")
def offer_desk(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that leads from a liveblog's page to its desk."""
    if page.specific_class is LiveblogPage and page.permissions_for_user(user).can_publish():
        yield Button(_("Liveblog desk"), reverse("newsroom_desk:liveblog-desk", args=[page.pk]), icon_name="pilcrow")


hooks.register("before_edit_page", tell_what_keeps)


@hooks.register("register_page_listing_more_buttons", order=-1)
def offer_no_dead_address(page: Page, *_args: Any, **_details: Any) -> Iterator[Button]:
    """Yield nothing, and let Wagtail's button to the public page be left out while there is none."""
    hide_dead_address(page)
    yield from ()


@hooks.register("after_publish_page")
def tell_of_embargo(request: HttpRequest, page: Page) -> None:
    """Tell whoever publishes under an embargo that nobody sees it yet; Wagtail's button to the page is left out."""
    hide_dead_address(page)
    status = describe_status(page)
    if page.live and status.url is None:
        messages.warning(request, _("Nobody outside sees it yet: %(state)s.") % {"state": status.text})


@hooks.register("before_bulk_action")
def warn_of_many_hidden_stories(request: HttpRequest, action_type: str, pages: Any, _action: Any) -> None:
    """Tell the same of many pages at once, which Wagtail asks about on a page without a hook."""
    for page in pages if action_type == "unpublish" else ():
        if isinstance(page, Page):
            tell_of_stories_below(request, page)


@hooks.register("before_edit_page")
def warn_of_withdrawal(request: HttpRequest, page: Page) -> None:
    """Warn, when the page is opened for editing, that it is withdrawn, with the address that lifts this."""
    if request.method != "GET" or not Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).exists():
        return
    messages.warning(request, _("This page is withdrawn: whatever you publish, the public sees the reason only."))


@hooks.register("register_page_header_buttons")
def offer_correction(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that corrects a published article."""
    if page.live and isinstance(page.specific_deferred, ArticlePage) and user.has_perm("newsroom.add_correction"):
        address = reverse(CorrectionViewSet().get_url_name("add"))
        yield Button(_("Write a correction"), f"{address}?artikel={page.pk}", icon_name="warning", priority=45)


@hooks.register("register_page_header_buttons")
def offer_shelves(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """Yield the button that leads from the home page or a section to the shelves of that page."""
    is_section = page.specific_class is SectionPage
    if (is_section or page.depth == HOME_DEPTH) and user.has_perm("newsroom.change_shelf"):
        address = reverse(ShelfViewSet().get_url_name("list"))
        yield Button(_("Shelves"), f"{address}?stands_on={page.pk if is_section else 'null'}", icon_name="grip")
