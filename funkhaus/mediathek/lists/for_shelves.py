"""Queries for shelves of other packages: entries of lists, and videos and shows by their keys."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.mediathek.lists.card_pages import has_videos
from funkhaus.mediathek.lists.cards import CardRow
from funkhaus.mediathek.lists.public_videos import prepared_versions, running_windows
from funkhaus.mediathek.lists.shows import ShowRow
from funkhaus.mediathek.lists.video_lists import LAST_CHANCE
from funkhaus.mediathek.models import Listing, Show
from funkhaus.mediathek.rules.list_keys import ENDS


def select_entries(key: Any, now: datetime) -> QuerySet[Listing]:
    """Return the entries of the list `key` with available videos, newest first; `key` may be an `OuterRef`."""
    second = int(now.timestamp())
    return _to_be_seen(now).filter(key=key, sort_key__lte=second).order_by("-sort_key", "-video")


def select_ending_entries(now: datetime) -> QuerySet[Listing]:
    """Return the entries of videos whose availability ends within a fortnight, soonest first."""
    span = (int(now.timestamp()) + 1, int((now + LAST_CHANCE).timestamp()))
    return _to_be_seen(now).filter(key=ENDS, sort_key__range=span).order_by("sort_key", "video")


def _to_be_seen(now: datetime) -> QuerySet[Listing]:
    return Listing.objects.filter(
        Exists(running_windows("video_id", now)), Exists(prepared_versions("video_id")), video__live=True
    )


def find_shows(keys: Collection[int], now: datetime) -> dict[int, ShowRow]:
    """Return the published shows among `keys` that have available videos, by key (one query)."""
    return {row[0]: ShowRow._make(row) for row in _SHOWS.run_for(now, keys)}


def _select_shows(now: datetime, *keys: int) -> QuerySet[Any, Any]:
    return (
        Show.objects.filter(has_videos("show:", now), pk__in=keys, live=True).order_by().values_list(*ShowRow._fields)
    )


_SHOWS = PreparedQuery(_select_shows)


def list_picture_keys(videos: Collection[CardRow]) -> list[int]:
    """Return the keys of the pictures that cards of these videos show."""
    return [video.picture_id for video in videos if video.picture_id and not video.hides_preview]
