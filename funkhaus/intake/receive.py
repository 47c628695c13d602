"""Services that make a catalogue video, or a replacement, of a received file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.services import SubtitleFile, Track, create_asset, kept_original, read_tracks
from funkhaus.mediathek.models import RatingChoice, Video, VideoKind
from funkhaus.mediathek.services import get_user_id, replace_asset, take_in_video

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset
    from funkhaus.mediathek.services import Actor

_JOINTS = re.compile(r"[_\s]+")


def _note_nothing(_asset: Asset) -> None:
    pass


@dataclass(frozen=True)
class ReceivedFile:
    """A completely received file with its sender and the priority of its job.

    `note` is called in the transaction that stores the rows. `original` is the file name to use among the originals,
    for a caller that has to find it again after a crash; empty: a generated one. `is_kept`: the caller removes the file
    itself, which then may be the path of an open descriptor.
    """

    path: Path
    name: str
    by: Actor
    priority: int = 0
    note: Callable[[Asset], None] = _note_nothing
    original: str = ""
    is_kept: bool = False


@dataclass(frozen=True)
class VideoMetadata:
    """The sender's metadata of a new video; empty fields get defaults."""

    title: str = ""
    kind: str = ""
    rating: str = ""
    is_for_kids: bool = False
    publish: bool = False
    language: str = ""


@dataclass(frozen=True)
class ReceivedVideo:
    """The stored video and asset of an upload; `subtitle_refusal`: the reason for omitted subtitles, or empty."""

    video: Video
    asset: Asset
    subtitle_refusal: str


def make_title(file_name: str) -> str:
    """Return a title made of a file name: without suffix, underscores as spaces, at most 200 characters."""
    title = _JOINTS.sub(" ", Path(file_name).stem).strip(" .-")
    return (title[:1].upper() + title[1:])[:200] or _("Untitled")


def receive_video(
    *, file: ReceivedFile, wish: VideoMetadata, subtitle: SubtitleFile | None = None, tracks: Sequence[Track] = ()
) -> ReceivedVideo:
    """Move the file into the originals and store a draft, or a published video, that plays it.

    A missing rating is stored as unrated, the strictest default. Unreadable subtitles are omitted and reported, since
    an upload of an hour is not to fail for a syntax error in one cue. Raises `PermissionDenied`, `ValidationError` and
    `WorkFailed`.
    """
    more, refusal = _read_subtitle(subtitle)
    # One transaction: an asset without a video would be encoded for nothing.
    with (
        kept_original(source=file.path, move=True, name=file.original, is_kept=file.is_kept) as original,
        unit_of_work(),
    ):
        asset = _create_asset(file, original, [*tracks, *more])
        video = take_in_video(
            by=file.by,
            title=wish.title.strip() or make_title(file.name),
            asset=asset,
            kind=wish.kind or VideoKind.CLIP.value,
            rating=wish.rating or RatingChoice.UNRATED.value,
            is_for_kids=wish.is_for_kids,
            publish=wish.publish,
            language=wish.language or "de",
        )
        file.note(asset)
    return ReceivedVideo(video=video, asset=asset, subtitle_refusal=refusal)


def receive_replacement(*, video: Video, file: ReceivedFile) -> Asset:
    """Move the file into the originals and store it as the video's next media file; return its asset."""
    with (
        kept_original(source=file.path, move=True, name=file.original, is_kept=file.is_kept) as original,
        unit_of_work(),
    ):
        asset = _create_asset(file, original, ())
        replace_asset(by=file.by, video=video, asset=asset)
        file.note(asset)
    return asset


def _kept_original(file: ReceivedFile) -> AbstractContextManager[Path]:
    return kept_original(source=file.path, move=True, name=file.original, is_kept=file.is_kept)


def _create_asset(file: ReceivedFile, original: Path, tracks: Sequence[Track]) -> Asset:
    return create_asset(
        original=original,
        original_name=file.name,
        user_id=get_user_id(file.by),
        tracks=tracks,
        priority=file.priority,
    )


def _read_subtitle(subtitle: SubtitleFile | None) -> tuple[Sequence[Track], str]:
    """Return the text tracks of the file and an empty string, or none and the reason."""
    try:
        return read_tracks([subtitle] if subtitle else []), ""
    except RefusedInput as refused:
        return [], refused.message
