"""What a playback decision has to know of an item, in at most four queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q

from funkhaus.ingest.models import AssetState, TextTrack
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.territory import TerritoryRule
from funkhaus.mediathek.models import AvailabilityWindow, Chapter, TerritoryMode, VersionKind, Video
from funkhaus.mediathek.rules import Window


@dataclass(frozen=True)
class PlayableTrack:
    """A text track: kind after the HTML standard, language after BCP 47, file name in the asset's folder."""

    kind: str
    language: str
    label: str
    file_name: str


@dataclass(frozen=True)
class PlayableChapter:
    """A titled point; `start_s` in seconds from the start."""

    start_s: float
    title: str


@dataclass(frozen=True)
class PlayableMedia:
    """The media file of the version that plays; `duration` is None before it is known.

    `is_playable`: a player gets something. `is_complete`: nothing more follows. `has_failed`: nothing will come.
    """

    key: str
    is_playable: bool
    is_complete: bool
    has_failed: bool
    duration: timedelta | None
    storyboard: str
    tracks: tuple[PlayableTrack, ...] = ()
    chapters: tuple[PlayableChapter, ...] = ()


@dataclass(frozen=True)
class Playable:
    """An item as a decision sees it: published or not, its rating and windows, its media if it has any."""

    public_id: str
    title: str
    is_live: bool
    has_been_published: bool
    has_expired: bool
    is_for_kids: bool
    rating: AgeRating
    windows: tuple[Window, ...]
    media: PlayableMedia | None


_FIELDS = {
    "version_id": F("original__id"),
    "asset_id": F("original__asset__id"),
    "key": F("original__asset__key"),
    "state": F("original__asset__state"),
    "duration_ms": F("original__asset__duration_ms"),
    "storyboard": F("original__asset__storyboard"),
}


def get_playable(public_id: str) -> Playable | None:
    """Return the item with its original version, drafts and withdrawn ones too; None when there is none."""
    row = (
        Video.objects.filter(public_id=public_id)
        .annotate(original=FilteredRelation("versions", condition=Q(versions__kind=VersionKind.ORIGINAL)))
        .order_by("original__id")
        .values(
            "id",
            "title",
            "live",
            "expired",
            "first_published_at",
            "is_for_kids",
            "age_rating",
            **_FIELDS,
        )
        .first()
    )
    if row is None:
        return None
    return Playable(
        public_id=public_id,
        title=row["title"],
        is_live=row["live"],
        has_been_published=row["first_published_at"] is not None,
        has_expired=row["expired"],
        is_for_kids=row["is_for_kids"],
        rating=AgeRating(row["age_rating"]),
        windows=tuple(_list_windows(row["id"])),
        media=_get_media(row) if row["asset_id"] else None,
    )


def _get_media(row: dict[str, Any]) -> PlayableMedia:
    tracks = TextTrack.objects.filter(asset_id=row["asset_id"]).order_by("kind", "language")
    chapters = Chapter.objects.filter(version_id=row["version_id"]).order_by("starts_at_ms")
    return PlayableMedia(
        key=row["key"],
        is_playable=row["state"] in {AssetState.PLAYABLE, AssetState.READY},
        is_complete=row["state"] == AssetState.READY,
        has_failed=row["state"] in {AssetState.FAILED, AssetState.REFUSED},
        duration=timedelta(milliseconds=row["duration_ms"]) if row["duration_ms"] else None,
        storyboard=row["storyboard"],
        tracks=tuple(
            PlayableTrack(track.kind, track.language, track.label or track.language, track.file_name)
            for track in tracks
        ),
        chapters=tuple(PlayableChapter(chapter.starts_at_ms / 1000, chapter.title) for chapter in chapters),
    )


def _list_windows(video_id: int) -> Iterable[Window]:
    for window in AvailabilityWindow.objects.filter(video_id=video_id):
        codes = frozenset(window.territories)
        territory = {
            TerritoryMode.WORLD: TerritoryRule(),
            TerritoryMode.ONLY: TerritoryRule(codes, is_allow_list=True),
            TerritoryMode.EXCEPT: TerritoryRule(codes),
        }[TerritoryMode(window.territory_mode)]
        yield Window(window.starts_at, window.ends_at, territory)
