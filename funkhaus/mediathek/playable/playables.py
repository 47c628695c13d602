"""The query for a playback decision: an item with its windows, versions and media, in at most four queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from funkhaus.ingest.models import ENDED_BADLY, PLAYABLE_STATES, AssetState, TextTrack
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import Chapter, VersionKind, Video
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.playable.windows import load_windows
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.chapter_marks import ChapterMark, mark_chapter

UNKNOWN_CODES = {"und", "mul", "mis", "zxx"}  # undetermined, several, uncoded, none (ISO 639-2)
VERSION_CAP = 40  # rows; more than all kinds in several languages, so that the query stays bounded


@dataclass(frozen=True)
class PlayableTrack:
    """A text track: kind as in the HTML standard, language (BCP 47), file name in the asset's folder."""

    kind: str
    language: str
    label: str
    file_name: str


@dataclass(frozen=True)
class PlayableChapter:
    """A titled point in time; `start_s` in seconds from the start, `mark` its function for a player."""

    start_s: float
    title: str
    mark: ChapterMark = ChapterMark.NONE


@dataclass(frozen=True)
class PlayableVersion:
    """A playable version of the work, selected by `kind` and `language` (BCP 47); `label` is localized."""

    kind: str
    language: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class PlayableMedia:
    """The media file of the chosen version; `duration` is None before it is known.

    `is_playable`: a player can play something. `is_complete`: all sizes are encoded. `has_failed`: its encoding failed.
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
    """An item for a playback decision: state of publication, rating, windows, and its media if it has any.

    `media` is that of the chosen version; `versions` are all playable ones, including that. `is_taken_down`: at once,
    whatever else is said of the item.
    """

    public_id: str
    title: str
    is_live: bool
    has_been_published: bool
    has_expired: bool
    is_for_kids: bool
    hides_preview: bool
    rating: AgeRating
    windows: tuple[Window, ...]
    media: PlayableMedia | None
    versions: tuple[PlayableVersion, ...] = ()
    is_taken_down: bool = False


_ITEM = (
    *("id", "title", "live", "expired", "first_published_at", "is_for_kids", "hides_preview", "age_rating"),
    "take_down",
)


class _Row(NamedTuple):
    """A version as the query reads it, with the needed columns of its media file."""

    pk: int
    kind: str
    language: str
    asset_id: int | None
    key: str
    state: str
    duration_ms: int | None
    storyboard: str


_OF_VERSION = {"pk": "id", "kind": "kind", "language": "language", "asset_id": "asset__id"}
_OF_ASSET = {name: f"asset__{name}" for name in ("key", "state", "duration_ms", "storyboard")}
_VERSION = {f"version_{name}": F(f"versions__{path}") for name, path in (_OF_VERSION | _OF_ASSET).items()}


def get_playable(public_id: str, version: str = "") -> Playable | None:
    """Return the item, also a draft or a withdrawn one; None if there is none.

    `version` is a kind, or kind and language (`sign_language:de`); the original is the fallback.
    """
    rows = list(
        Video.objects.filter(public_id=public_id).order_by("versions__id").values(*_ITEM, **_VERSION)[:VERSION_CAP]
    )
    if not rows:
        return None
    row = rows[0]
    versions = [_Row(*(one[name] for name in _VERSION)) for one in rows if one["version_pk"] is not None]
    chosen = _choose(versions, version)
    return Playable(
        public_id=public_id,
        title=row["title"],
        is_live=row["live"],
        has_been_published=row["first_published_at"] is not None,
        has_expired=row["expired"],
        is_for_kids=row["is_for_kids"],
        hides_preview=row["hides_preview"],
        rating=AgeRating(row["age_rating"]),
        windows=tuple(load_windows([row["id"]])[row["id"]]),
        media=_get_media(chosen),
        versions=tuple(_list_versions(versions, chosen)),
        is_taken_down=row["take_down"] is not None,
    )


def _choose(versions: list[_Row], wish: str) -> _Row | None:
    """Return the requested version, else the original."""
    kind, _colon, language = wish.partition(":")
    wished = [one for one in versions if one.kind == kind and one.language == (language or one.language)]
    return wished[0] if wished else original_of(versions)


def _list_versions(versions: list[_Row], chosen: _Row | None) -> Iterable[PlayableVersion]:
    for row in versions:
        if row.state in PLAYABLE_STATES:
            several = len([one for one in versions if one.kind == row.kind]) > 1
            name = capfirst(str(VersionKind(row.kind).label))
            label = f"{name} ({name_language(row.language)})" if several else name
            yield PlayableVersion(row.kind, row.language, label, row is chosen)


def name_language(code: str) -> str:
    """Return the name of a language (BCP 47) in the active language; its code if Django does not know it.

    The code for «unknown» is said in words: «und» in a menu reads as a German conjunction.
    """
    if code.partition("-")[0].lower() in UNKNOWN_CODES:
        return gettext("unknown language")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def label_track(track: TextTrack) -> str:
    """Return what a track is called in menus: its own label, else its code, in words where that says «unknown»."""
    is_known = track.language.lower() not in UNKNOWN_CODES
    return track.label or (track.language if is_known else name_language(track.language))


def _get_media(version: _Row | None) -> PlayableMedia | None:
    if version is None or version.asset_id is None:
        return None
    tracks = TextTrack.objects.filter(asset_id=version.asset_id).order_by("kind", "language")
    chapters = Chapter.objects.filter(version_id=version.pk).order_by("starts_at_ms")
    return PlayableMedia(
        key=version.key,
        is_playable=version.state in PLAYABLE_STATES,
        is_complete=version.state == AssetState.READY,
        has_failed=version.state in ENDED_BADLY,
        duration=timedelta(milliseconds=version.duration_ms) if version.duration_ms else None,
        storyboard=version.storyboard,
        tracks=tuple(
            PlayableTrack(track.kind, track.language, label_track(track), track.file_name) for track in tracks
        ),
        chapters=tuple(
            PlayableChapter(chapter.starts_at_ms / 1000, chapter.title, mark_chapter(chapter.title))
            for chapter in chapters
        ),
    )
