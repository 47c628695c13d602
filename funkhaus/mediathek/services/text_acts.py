"""Services on the text tracks of a media file: add, edit, remove; each writes its log row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from funkhaus.ingest.models import Asset, TextTrack
from funkhaus.ingest.services import SubtitleFile, TrackChange, add_subtitles, remove_subtitles, save_cues
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import get_file, note_on_file, require_change_of_file

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


def add_texts(*, by: Actor, asset_id: int, subtitles: Sequence[SubtitleFile]) -> list[str]:
    """Add text tracks, or replace those of the same language and kind; return warnings about corrections.

    Raises `PermissionDenied`, `Asset.DoesNotExist`, and `RefusedInput` naming file and line; then nothing is changed.
    """
    require_change_of_file(by, asset_id)
    asset = get_file(asset_id)

    def note(changes: Sequence[TrackChange]) -> None:
        _note(asset, Act.TEXT_IN, by, changes)

    return add_subtitles(asset_id=asset_id, subtitles=subtitles, note=note)


def store_cues(
    *, by: Actor, asset_id: int, track_id: int, expected: str, content: str, encoding: str = ""
) -> list[str]:
    """Store an edited text as the new version of a track; return warnings about corrections.

    `expected` is the file name of the edited version, `encoding` the one that was chosen. Raises `PermissionDenied`,
    `ObjectDoesNotExist`, and `RefusedInput`: naming the line, or `subtitle_changed` after a concurrent edit; then
    nothing is changed.
    """
    require_change_of_file(by, asset_id)
    asset, track = get_file(asset_id), _get_track(asset_id, track_id)

    def note(changes: Sequence[TrackChange]) -> None:
        _note(asset, Act.TEXT_EDIT, by, changes)

    return save_cues(track_id=track.pk, expected=expected, content=content, encoding=encoding, note=note)


def remove_text(*, by: Actor, asset_id: int, track_id: int) -> None:
    """Remove a text track with all its files. Raises `PermissionDenied` and `ObjectDoesNotExist`."""
    require_change_of_file(by, asset_id)
    asset, track = get_file(asset_id), _get_track(asset_id, track_id)

    def note(changes: Sequence[TrackChange]) -> None:
        _note(asset, Act.TEXT_OUT, by, changes)

    remove_subtitles(asset_id=asset_id, language=track.language, kind=track.kind, note=note)


def _get_track(asset_id: int, track_id: int) -> TextTrack:
    return TextTrack.objects.get(pk=track_id, asset_id=asset_id)


def _note(asset: Asset, act: Act, by: Actor, changes: Sequence[TrackChange]) -> None:
    note_on_file(asset, act, by, tracks=[asdict(change) for change in changes])
