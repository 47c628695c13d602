"""Queries of content for children: the rule `rules.for_children`, for the database."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from funkhaus.mediathek.lists.card_pages import has_videos, select_videos
from funkhaus.mediathek.models import Show, Video
from funkhaus.mediathek.rules.for_children import list_child_ratings


def select_kids_videos(now: datetime, show: Show | None = None) -> QuerySet[Video]:
    """Return the available videos for children, of one show or of all, newest first.

    The condition is `is_for_children` for the database: entries of the list may be older than a change past the models.
    """
    key = f"kids-show:{show.pk}" if show else "kids"
    ratings = [rating.value for rating in list_child_ratings()]
    return select_videos(key, now).filter(is_for_kids=True, age_rating__in=ratings, hides_preview=False)


def select_kids_shows(now: datetime) -> QuerySet[Show]:
    """Return the shows for children that have available videos for them, from A to Z."""
    return Show.objects.filter(has_videos("kids-show:", now), live=True, is_for_kids=True).order_by("sort_title", "pk")


def get_kids_show(public_id: str, now: datetime) -> Show | None:
    """Return a show for children that has available videos; None for any other."""
    return select_kids_shows(now).filter(public_id=public_id).first()
