"""From an uploaded file to a video in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

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
    """A file that came in whole, and who brought it.

    `note` is called in the transaction that makes the rows: both happen or none.
    `original`: the name that it is to have among the originals, where the caller must find it again after a kill.
    """

    path: Path
    name: str
    by: Actor
    priority: int = 0
    note: Callable[[Asset], None] = _note_nothing
    original: str = ""


@dataclass(frozen=True)
class VideoMetadata:
    """What the sender says of a new video; what is left empty is filled in."""

    title: str = ""
    kind: str = ""
    rating: str = ""
    is_for_kids: bool = False
    publish: bool = False
    language: str = ""


@dataclass(frozen=True)
class ReceivedVideo:
    """What an upload became. `subtitle_refusal`: why its subtitles were left out, empty when they were not."""

    video: Video
    asset: Asset
    subtitle_refusal: str


def make_title(file_name: str) -> str:
    """A first title from a file name: without the ending, joints as spaces, at most 200 characters."""
    title = _JOINTS.sub(" ", Path(file_name).stem).strip(" .-")
    return (title[:1].upper() + title[1:])[:200] or _("Untitled")


def receive_video(
    *, file: ReceivedFile, wish: VideoMetadata, subtitle: SubtitleFile | None = None, tracks: Sequence[Track] = ()
) -> ReceivedVideo:
    """Move the file into the originals and make a draft of it, or a published video.

    A missing rating counts as unrated, which is the strict answer. Subtitles that cannot be read are left out and
    reported: an upload of an hour is not thrown away for a comma in line 12.
    """
    more, refusal = _read_subtitle(subtitle)
    # An asset that no video plays would be prepared for nobody: one transaction.
    with kept_original(source=file.path, move=True, name=file.original) as original, transaction.atomic():
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
    """Move the file into the originals and make it the video's media file."""
    with kept_original(source=file.path, move=True, name=file.original) as original, transaction.atomic():
        asset = _create_asset(file, original, ())
        replace_asset(by=file.by, video=video, asset=asset)
        file.note(asset)
    return asset


def _create_asset(file: ReceivedFile, original: Path, tracks: Sequence[Track]) -> Asset:
    return create_asset(
        original=original,
        original_name=file.name,
        user_id=get_user_id(file.by),
        tracks=tracks,
        priority=file.priority,
    )


def _read_subtitle(subtitle: SubtitleFile | None) -> tuple[Sequence[Track], str]:
    """The text track, or none and the reason."""
    try:
        return read_tracks([subtitle] if subtitle else []), ""
    except RefusedInput as refused:
        return [], refused.message
