"""The next moment at which a page of the newsroom changes by the clock."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Page

from funkhaus.newsroom.models import ArticlePage, BreakingNews


def find_embargo_end(now: datetime) -> datetime | None:
    """Return when the next embargo of something published ends."""
    held = ArticlePage.objects.filter(embargo_until__gt=now)
    return held.order_by("embargo_until").values_list("embargo_until", flat=True).first()


def find_expiry(now: datetime) -> datetime | None:
    """Return when the next page is to leave the public."""
    rows = Page.objects.filter(expire_at__gt=now, live=True)
    return rows.order_by("expire_at").values_list("expire_at", flat=True).first()


def find_breaking_end(now: datetime) -> datetime | None:
    """Return when the breaking news end that stand on every page."""
    rows = BreakingNews.objects.filter(ends_at__gt=now, confirmed_at__isnull=False, ended_at=None)
    return rows.order_by("ends_at").values_list("ends_at", flat=True).first()


FINDERS = (find_embargo_end, find_expiry, find_breaking_end)
