"""Text tracks: reads them from files, stores them under a name made of their content, publishes them in playlists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from funkhaus.ingest import constants
from funkhaus.ingest.models import Asset, TextTrack, TextTrackKind, TextTrackOrigin
from funkhaus.ingest.package.asset_playlists import publish_master
from funkhaus.ingest.package.atomic_files import write_text
from funkhaus.ingest.package.layout import MASTER, name_text, name_text_playlist
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.messages import describe_reason
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.timing import find_beyond
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt
from funkhaus.ingest.text.track_events import announce_tracks

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
DEFAULT_LANGUAGE = "de"
LABELS = {"de": "Deutsch", "en": "English", "fr": "Français", "es": "Español", "tr": "Türkçe", "ar": "العربية"}
LABELS |= {"it": "Italiano", "pl": "Polski", "ru": "Русский", "uk": "Українська", "ja": "日本語", "nl": "Nederlands"}


@dataclass(frozen=True)
class SubtitleFile:
    """A subtitle file, and the kind of track (`TextTrackKind`) that it becomes.

    `language` after BCP 47; empty: the one that the file itself names, German where it names none.
    """

    path: Path
    language: str = ""
    kind: str = "subtitles"
    name: str = ""
    """The name for messages, where `path` is only a temporary one."""
    encoding: str = ""
    """A key of `ENCODING_NAMES` that somebody chose; empty: the file's own, or the best guess."""


@dataclass(frozen=True)
class Track:
    """A text track to be stored, with warnings about what was repaired in it."""

    language: str
    kind: str
    webvtt: str
    origin: str = TextTrackOrigin.UPLOADED
    label: str = ""
    warnings: tuple[Reason, ...] = ()
    encoding: str = ""

    @property
    def file_name(self) -> str:
        """Return a name that is made of the content: what caches hold under it never changes."""
        return name_text(self.language, self.kind, self.webvtt)


@dataclass(frozen=True)
class TrackChange:
    """A change of a text track: the names of its file before and after, empty where there is none."""

    kind: str
    language: str
    before: str
    after: str


Note = Callable[[Sequence[TrackChange]], None]
"""Called with what changed, in the transaction that changes it: both happen or none. Not called for no change."""


def note_nothing(_changes: Sequence[TrackChange]) -> None:
    """Ignore the changes: the default where no account is kept."""


def read_tracks(subtitles: Sequence[SubtitleFile]) -> list[Track]:
    """Read and clean subtitle files; raise `RefusedInput` with file and line."""
    tracks: dict[tuple[str, str], Track] = {}
    for file in subtitles:
        track = _read_track(file)
        if (track.language, track.kind) in tracks:
            raise RefusedInput("subtitle_twice", language=track.language, kind=track.kind)
        tracks[track.language, track.kind] = track
    return list(tracks.values())


def _read_track(file: SubtitleFile) -> Track:
    require_language_and_kind(file.language or DEFAULT_LANGUAGE, file.kind)
    name = file.name or file.path.name
    if not file.path.is_file():
        raise RefusedInput("missing", path=name)
    if file.path.stat().st_size > constants.SUBTITLE_MAX_BYTES:
        raise RefusedInput("subtitle_size", name=name)
    read = read_subtitles(file.path.read_bytes(), name, encoding=file.encoding, language=file.language)
    language = file.language or read.language or DEFAULT_LANGUAGE
    return Track(language, file.kind, write_webvtt(read.cues), warnings=read.warnings, encoding=read.encoding)


def require_language_and_kind(language: str, kind: str) -> None:
    """Raise `RefusedInput` where language or kind is invalid: both become part of file names."""
    if not _LANGUAGE.fullmatch(language):
        raise RefusedInput("subtitle_language", language=language)
    if kind not in TextTrackKind.values:
        raise RefusedInput("subtitle_kind", kind=kind)


def store_tracks(asset: Asset, tracks: Sequence[Track]) -> list[TrackChange]:
    """Write the files, then the rows that name them; the caller opens the transaction. Return the changes."""
    if tracks:
        asset.folder.mkdir(parents=True, exist_ok=True)
    changes = []
    for track in tracks:
        write_text(asset.folder / track.file_name, track.webvtt)
        row = asset.text_tracks.select_for_update().filter(kind=track.kind, language=track.language).first()
        row = row or TextTrack(asset=asset, kind=track.kind, language=track.language)
        former = {row.file_name, *row.former_files} - {"", track.file_name}
        if (row.file_name, row.origin) != (track.file_name, track.origin):
            changes.append(TrackChange(track.kind, track.language, row.file_name, track.file_name))
        row.label = track.label or LABELS.get(track.language, track.language)
        row.file_name, row.former_files, row.origin = track.file_name, sorted(former), track.origin
        row.encoding = track.encoding
        row.save()
    announce_tracks(asset.pk, {track.kind for track in tracks})
    return changes


def add_subtitles(*, asset_id: int, subtitles: Sequence[SubtitleFile], note: Note = note_nothing) -> list[str]:
    """Add text tracks to an asset, or replace those of the same language and kind; return the warnings.

    Warnings are in the active language. Raises `RefusedInput` with file and line, and then changes nothing.
    """
    tracks = read_tracks(subtitles)
    with transaction.atomic():
        asset = Asset.objects.get(pk=asset_id)
        if changes := store_tracks(asset, tracks):
            note(changes)
    publish_tracks(asset)
    warnings = [warning for track in tracks for warning in track.warnings]
    warnings += _find_beyond(asset, tracks) if asset.duration_ms else []
    return [describe_reason(warning.code, warning.facts) for warning in warnings]


def _find_beyond(asset: Asset, tracks: Sequence[Track]) -> Iterable[Reason]:
    for track in tracks:
        cues = read_subtitles(track.webvtt.encode(), track.file_name).cues
        yield from find_beyond(cues, asset.duration_ms or 0, f"{track.language}, {track.kind}")


def save_cues(
    *, track_id: int, expected: str, content: str, encoding: str = "", note: Note = note_nothing
) -> list[str]:
    """Store an edited WebVTT text as the new version of a track; return the warnings in the active language.

    `expected` is the file name of the version that was edited, `encoding` the one that was chosen instead of that in
    which the file was read. Raises `RefusedInput` with the line that cannot be read,
    or `subtitle_changed` when another version was stored since; then nothing is changed.
    """
    read = read_subtitles(content.encode(), "WebVTT")
    with transaction.atomic():
        row = TextTrack.objects.select_for_update().select_related("asset").get(pk=track_id)
        if row.file_name != expected:
            raise RefusedInput("subtitle_changed")
        track = Track(row.language, row.kind, write_webvtt(read.cues), TextTrackOrigin.EDITED, row.label)
        track = replace(track, encoding=encoding or row.encoding)
        if track.file_name != row.file_name:
            note(store_tracks(row.asset, [track]))
    publish_tracks(row.asset)
    return [describe_reason(warning.code, warning.facts) for warning in read.warnings]


def remove_subtitles(*, asset_id: int, language: str, kind: str, note: Note = note_nothing) -> None:
    """Remove a text track with all its files; one that does not exist is no error."""
    with transaction.atomic():
        asset = Asset.objects.get(pk=asset_id)
        row = asset.text_tracks.select_for_update().filter(language=language, kind=kind).first()
        if row is None:
            return
        names, change = row.list_files(), TrackChange(kind, language, row.file_name, "")
        row.delete()
        announce_tracks(asset_id, {kind})
        note([change])
    publish_tracks(asset)
    for name in names:
        (asset.folder / name).unlink(missing_ok=True)


def publish_tracks(asset: Asset) -> None:
    """Write the master playlist anew where there is one; else the worker will name the tracks in the first."""
    if (asset.folder / MASTER).exists():
        publish_master(asset)


def sweep_former_files(**_facts: object) -> None:
    """Remove files of replaced text tracks after `FORMER_TEXT_S`; receives `housekeeping_due`."""
    since = timezone.now() - timedelta(seconds=constants.FORMER_TEXT_S)
    for row in TextTrack.objects.filter(changed_at__lt=since).exclude(former_files=[]).select_related("asset")[:500]:
        names = row.list_files() - {row.file_name, name_text_playlist(row.file_name)}
        # The row first, and only if it is unchanged: the next job on the asset removes files that no row names.
        if TextTrack.objects.filter(pk=row.pk, file_name=row.file_name).update(former_files=[]):
            for name in names:
                (row.asset.folder / name).unlink(missing_ok=True)
