"""Queries of content for children: marked by editors, with a suitable age rating."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from funkhaus.mediathek.lists.index_ranges import has_videos, select_videos
from funkhaus.mediathek.models import Show, Video
from funkhaus.protection.rules import TABLE

CHILD_RATINGS = tuple(rating.value for rating, row in TABLE.items() if row.is_for_children)


def is_for_children(video: Video) -> bool:
    """Return True for a video that is marked for children, has a suitable rating and shows its preview."""
    return video.is_for_kids and video.age_rating in CHILD_RATINGS and not video.hides_preview


def select_kids_videos(now: datetime, show: Show | None = None) -> QuerySet[Video]:
    """Return the available videos for children, of one show or of all, newest first."""
    key = f"kids-show:{show.pk}" if show else "kids"
    return select_videos(key, now).filter(is_for_kids=True, age_rating__in=CHILD_RATINGS, hides_preview=False)


def select_kids_shows(now: datetime) -> QuerySet[Show]:
    """Return the shows for children that have available videos for them, from A to Z."""
    return Show.objects.filter(has_videos("kids-show:", now), live=True, is_for_kids=True).order_by("sort_title", "pk")


def get_kids_show(public_id: str, now: datetime) -> Show | None:
    """Return a show for children that has available videos; None for any other."""
    return select_kids_shows(now).filter(public_id=public_id).first()
