"""What the public sees of the Mediathek."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.text import capfirst

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.ingest.selectors import mark_poster
from funkhaus.kernel.territory import Territory, TerritoryRule
from funkhaus.mediathek.addresses import video_url
from funkhaus.mediathek.models import AvailabilityWindow, TerritoryMode, Version, VersionKind, Video
from funkhaus.mediathek.ratings import describe_rating
from funkhaus.mediathek.rules import Availability, Available, Window, decide_availability
from funkhaus.ui.components import Image, VideoCard
from funkhaus.ui.words import iso_length, say_length

SHELF = 6
LIST_CAP = 60
PLAYABLE = ("playable", "ready")


@dataclass(frozen=True)
class Withdrawn:
    """Was public, and was taken back by the editors."""


def availability_of(video: Video, now: datetime, territory: Territory | None = None) -> Availability:
    """Decide a video's availability from its (prefetched) windows."""
    return decide_availability(
        [
            Window(
                starts_at=window.starts_at,
                ends_at=window.ends_at,
                territory=TerritoryRule(
                    frozenset() if window.territory_mode == TerritoryMode.WORLD else frozenset(window.territories),
                    is_allow_list=window.territory_mode == TerritoryMode.ONLY,
                ),
            )
            for window in video.windows.all()
        ],
        now,
        territory,
    )


def videos_with_media() -> QuerySet[Video]:
    """Videos with everything that a page with a player shows: four queries, however many videos."""
    return Video.objects.select_related("show", "season").prefetch_related(
        "windows",
        Prefetch("versions", Version.objects.select_related("asset")),
        "versions__asset__text_tracks",
    )


def get_videos(pks: Collection[int]) -> dict[int, Video]:
    """Return the published videos among `pks`, ready for players."""
    if not pks:
        return {}
    return {video.pk: video for video in videos_with_media().filter(pk__in=pks, live=True)}


def get_video(public_id: str) -> Video | Withdrawn | None:
    """Return a published video; `Withdrawn` when it once was public; None when it is not to be known."""
    video = videos_with_media().filter(public_id=public_id).first()
    if video is None or (not video.live and video.first_published_at is None):
        return None
    return video if video.live else Withdrawn()


def list_available(now: datetime) -> QuerySet[Video]:
    """Videos that anybody could play somewhere now: published, inside a window, and prepared."""
    window = AvailabilityWindow.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), video=OuterRef("pk"), starts_at__lte=now
    )
    original = Version.objects.filter(video=OuterRef("pk"), kind=VersionKind.ORIGINAL, asset__state__in=PLAYABLE)
    return (
        Video.objects.filter(Exists(window), live=True)
        .annotate(
            duration_ms=Subquery(original.values("asset__duration_ms")[:1]),
            asset_key=Subquery(original.values("asset__key")[:1]),
            poster_name=Subquery(original.values("asset__poster")[:1]),
            poster_at_ms=Subquery(original.values("asset__poster_at_ms")[:1]),
        )
        .filter(asset_key__isnull=False)
        .select_related("show", "season")
        .prefetch_related("windows")
    )


def list_newest_videos(now: datetime, limit: int = SHELF) -> tuple[VideoCard, ...]:
    """Return the newest available videos as cards (three queries)."""
    newest = list_available(now).order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:limit]
    return make_cards(newest, now)


def make_cards(videos: Iterable[Video], now: datetime) -> tuple[VideoCard, ...]:
    """Turn rows of `list_available` into cards (one query for all their pictures)."""
    rows = list(videos)
    images = load_images((row.picture_id, Shape.WIDE) for row in rows if row.picture_id and not row.hides_preview)
    return tuple(_card(row, images.get((row.picture_id or 0, Shape.WIDE)), now) for row in rows)


def _card(video: Video, image: Image | None, now: datetime) -> VideoCard:
    availability = availability_of(video, now)
    seconds = (getattr(video, "duration_ms", None) or 0) / 1000
    return VideoCard(
        url=video_url(video),
        title=video.title,
        kicker=video.show.title if video.show else capfirst(str(video.get_kind_display())),
        poster_url="" if video.hides_preview else _row_poster(video),
        image=image,
        duration=say_length(seconds) if seconds else "",
        duration_iso=iso_length(seconds) if seconds else "",
        rating=describe_rating(video.rating).short if video.rating.is_restricted else "",
        available_until=availability.until if isinstance(availability, Available) else None,
        text="" if video.hides_preview else video.teaser,
    )


def _row_poster(video: Video) -> str:
    if not getattr(video, "poster_name", ""):
        return ""
    return poster_url(video, getattr(video, "asset_key", ""), getattr(video, "poster_at_ms", None))


def poster_url(video: Video, key: str, at_ms: int | None) -> str:
    """The address of the still picture that playback serves; another file or frame has another address."""
    return f"/poster/{video.public_id}.jpg?{mark_poster(key, at_ms)}"
