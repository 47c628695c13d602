"""Querysets of public videos: by key, with media, and available now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from funkhaus.cms.queries.aggregates import JoinedValues
from funkhaus.ingest.selectors import PLAYABLE_STATES, mark_poster
from funkhaus.kernel.address_prefixes import POSTERS
from funkhaus.kernel.territory import Territory
from funkhaus.mediathek.models import AvailabilityWindow, Listing, Version, Video
from funkhaus.mediathek.playable.windows import to_window
from funkhaus.mediathek.rules.availability import Availability, decide_availability
from funkhaus.mediathek.vocabulary.accessibility import KEYS
from funkhaus.mediathek.vocabulary.addresses import Addressed

CARD_FACTS = {name: f"asset__{name}" for name in ("key", "duration_ms", "poster", "poster_at_ms", "has_video")}


@dataclass(frozen=True)
class Withdrawn:
    """The video or show was public, and the editors have unpublished it."""


def availability_of(video: Video, now: datetime, territory: Territory | None = None) -> Availability:
    """Return the availability of a video by its (prefetched) windows."""
    return decide_availability(map(to_window, video.windows.all()), now, territory)


def videos_with_media() -> QuerySet[Video]:
    """Return all videos with everything that a page with a player shows: four queries for any number."""
    return _videos_with_media().all()


@cache  # building the queryset costs more than running it
def _videos_with_media() -> QuerySet[Video]:
    return Video.objects.select_related("show", "season").prefetch_related(
        "windows",
        Prefetch("versions", Version.objects.select_related("asset")),
        "versions__asset__text_tracks",
    )


def get_videos(pks: Collection[int]) -> dict[int, Video]:
    """Return the published videos among `pks` by key, with media."""
    if not pks:
        return {}
    return {video.pk: video for video in videos_with_media().filter(pk__in=pks, live=True)}


def get_video(public_id: str, **notes: Any) -> Video | Withdrawn | None:
    """Return a published video; `Withdrawn` if it was public once; None for any other.

    `notes` are expressions of a calling package, annotated under these names in the same query.
    """
    video = videos_with_media().annotate(access=find_access("pk"), **notes).filter(public_id=public_id).first()
    if video is None or (not video.live and video.first_published_at is None):
        return None
    return video if video.live else Withdrawn()


def running_windows(owner: str, now: datetime) -> QuerySet[AvailabilityWindow]:
    """Return the windows open at `now`, for a subquery; `owner`: the outer column with the video's key."""
    is_open = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    return AvailabilityWindow.objects.filter(is_open, video=OuterRef(owner), starts_at__lte=now)


def prepared_versions(owner: str) -> QuerySet[Version]:
    """Return the originals whose media file plays, for a subquery; `owner` as in `running_windows`."""
    return Version.objects.originals().filter(video=OuterRef(owner), asset__state__in=PLAYABLE_STATES)


def list_available(now: datetime) -> QuerySet[Video]:
    """Return the videos that can be played in some territory now: published, in a window, encoded.

    Each has annotations for its card, so that a list of cards costs one query: `media` (columns of its file), `access`
    (access services), `until` (end, None for an open one) and `sort_key` (the sort value, set by lists).
    """
    running = running_windows("pk", now)
    ends = running.order_by(F("ends_at").desc(nulls_first=True)).values("ends_at")[:1]
    return _prepared_videos().filter(Exists(running)).annotate(until=Subquery(ends))


def find_access(owner: str) -> Subquery:
    """Return a subquery for a video's list keys of access services, separated by commas; `owner` as above."""
    entries = Listing.objects.filter(video=OuterRef(owner), key__in=KEYS).order_by().values("video")
    return Subquery(entries.annotate(found=JoinedValues("key")).values("found"))


@cache
def _prepared_videos() -> QuerySet[Video]:
    original = prepared_versions("pk")
    return Video.objects.filter(Exists(prepared_versions("pk")), live=True).annotate(
        access=find_access("pk"),
        media=Subquery(original.values(facts=JSONObject(**CARD_FACTS))[:1]),
        sort_key=Value(0),
    )


def poster_url(video: Addressed, key: str, at_ms: int | None, width: int = 0) -> str:
    """Return the URL path of the poster that playback serves; it changes with the file and the frame.

    `width` is one of `POSTER_WIDTHS`, or 0 for the whole.
    """
    name = f"{video.public_id}-{width}" if width else video.public_id
    return f"{POSTERS}{name}.jpg?{mark_poster(key, at_ms)}"
