"""A panel on the start page of the editing pages: what is planned, and what will be public or end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from funkhaus.cms.scheduling import list_planned
from funkhaus.newsroom.models import ArticlePage

AHEAD = timedelta(days=14)
MOST = 10  # rows of each kind; more would fill the start page


@dataclass(frozen=True)
class Plan:
    """A change of an item at a moment; `url` is its editing page, empty where the user may not open it."""

    at: datetime
    title: str
    what: str
    url: str


class PlannedPanel(Component):
    """Shows what is planned for the next two weeks, soonest first; empty when nothing is."""

    name = "planned"
    order = 30

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """Return the list as HTML, or an empty string."""
        plans = list_plans(self._request.user, timezone.now())
        return render_to_string("newsroom/desk/_planned.html", {"plans": plans}) if plans else ""


def list_plans(user: Any, now: datetime) -> tuple[Plan, ...]:
    """Return the publications, ends of embargoes and ends that are planned within two weeks, soonest first."""
    find_url = AdminURLFinder(user).get_edit_url
    until = now + AHEAD
    found: list[tuple[datetime, Any, str]] = [
        (revision.approved_go_live_at, revision.content_object, _("will be published"))
        for revision in list_planned(now, MOST)
        if revision.approved_go_live_at <= until
    ]
    found += [
        (page.embargo_until, page, _("under embargo until then"))
        for page in ArticlePage.objects.filter(live=True, embargo_until__gt=now, embargo_until__lte=until)
        .order_by("embargo_until")
        .defer("body")[:MOST]
    ]
    found += [
        (page.expire_at, page, _("ends"))
        for page in Page.objects.filter(live=True, expire_at__gt=now, expire_at__lte=until).order_by("expire_at")[:MOST]
    ]
    found.sort(key=lambda one: one[0])
    return tuple(Plan(at, _title(item), what, find_url(item) or "") for at, item, what in found if item is not None)


def _title(item: Any) -> str:
    """Return the newest title: of a page that was never public, its draft's."""
    return str(getattr(item, "draft_title", "") or item)
