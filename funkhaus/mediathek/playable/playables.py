"""What a playback decision has to know of an item, in at most four queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from funkhaus.ingest.models import AssetState, TextTrack
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.territory import TerritoryRule
from funkhaus.mediathek.models import AvailabilityWindow, Chapter, TerritoryMode, VersionKind, Video
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.chapters import ChapterMark, mark_chapter

VERSION_CAP = 40
PREPARED = {AssetState.PLAYABLE, AssetState.READY}


@dataclass(frozen=True)
class PlayableTrack:
    """A text track: kind after the HTML standard, language after BCP 47, file name in the asset's folder."""

    kind: str
    language: str
    label: str
    file_name: str


@dataclass(frozen=True)
class PlayableChapter:
    """A titled point; `start_s` in seconds from the start, `mark` says what it is where that matters."""

    start_s: float
    title: str
    mark: ChapterMark = ChapterMark.NONE


@dataclass(frozen=True)
class PlayableVersion:
    """A form of the work that plays, chosen by its `kind` and `language` (BCP 47); `label` in the active language."""

    kind: str
    language: str
    label: str
    is_chosen: bool


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
    """An item as a decision sees it: published or not, its rating and windows, its media if it has any.

    `media` is the chosen version's; `versions` are all that play, that one among them.
    """

    public_id: str
    title: str
    is_live: bool
    has_been_published: bool
    has_expired: bool
    is_for_kids: bool
    rating: AgeRating
    windows: tuple[Window, ...]
    media: PlayableMedia | None
    versions: tuple[PlayableVersion, ...] = ()


_ITEM = ("id", "title", "live", "expired", "first_published_at", "is_for_kids", "age_rating")
_VERSION = {
    "version_id": F("versions__id"),
    "form": F("versions__kind"),
    "language": F("versions__language"),
    "asset_id": F("versions__asset__id"),
    "key": F("versions__asset__key"),
    "state": F("versions__asset__state"),
    "duration_ms": F("versions__asset__duration_ms"),
    "storyboard": F("versions__asset__storyboard"),
}


def get_playable(public_id: str, version: str = "") -> Playable | None:
    """Return the item, drafts and withdrawn ones too; None when there is none.

    `version` is a kind, or a kind and a language (`sign_language:de`); the original plays where there is no such.
    """
    rows = list(
        Video.objects.filter(public_id=public_id).order_by("versions__id").values(*_ITEM, **_VERSION)[:VERSION_CAP]
    )
    if not rows:
        return None
    row = _choose(rows, version)
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
        versions=tuple(_list_versions(rows, row)),
    )


def _choose(rows: list[dict[str, Any]], version: str) -> dict[str, Any]:
    """The wished version, else the original; without either, the item with no media."""
    kind, _colon, language = version.partition(":")
    wished = [row for row in rows if row["form"] == kind and row["language"] == (language or row["language"])]
    originals = [row for row in rows if row["form"] == VersionKind.ORIGINAL]
    return (wished or originals or [rows[0] | {"version_id": None, "asset_id": None}])[0]


def _list_versions(rows: list[dict[str, Any]], chosen: dict[str, Any]) -> Iterable[PlayableVersion]:
    for row in rows:
        if row["state"] in PREPARED:
            several = len([one for one in rows if one["form"] == row["form"]]) > 1
            name = capfirst(str(VersionKind(row["form"]).label))
            label = f"{name} ({name_language(row['language'])})" if several else name
            yield PlayableVersion(row["form"], row["language"], label, row["version_id"] == chosen["version_id"])


def name_language(code: str) -> str:
    """A language (BCP 47) in the active language; one that Django does not know keeps its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _get_media(row: dict[str, Any]) -> PlayableMedia:
    tracks = TextTrack.objects.filter(asset_id=row["asset_id"]).order_by("kind", "language")
    chapters = Chapter.objects.filter(version_id=row["version_id"]).order_by("starts_at_ms")
    return PlayableMedia(
        key=row["key"],
        is_playable=row["state"] in PREPARED,
        is_complete=row["state"] == AssetState.READY,
        has_failed=row["state"] in {AssetState.FAILED, AssetState.REFUSED},
        duration=timedelta(milliseconds=row["duration_ms"]) if row["duration_ms"] else None,
        storyboard=row["storyboard"],
        tracks=tuple(
            PlayableTrack(track.kind, track.language, track.label or track.language, track.file_name)
            for track in tracks
        ),
        chapters=tuple(
            PlayableChapter(chapter.starts_at_ms / 1000, chapter.title, mark_chapter(chapter.title))
            for chapter in chapters
        ),
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
