"""From an uploaded file to a video in the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from funkhaus.ingest.errors import RefusedInput
from funkhaus.ingest.services import SubtitleFile, register_asset
from funkhaus.mediathek.models import RatingChoice, Video, VideoKind
from funkhaus.mediathek.services import create_video, replace_asset

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

_JOINTS = re.compile(r"[_\s]+")


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
    *,
    file: TemporaryUploadedFile,
    title: str,
    kind: str,
    rating: str,
    subtitle: SubtitleFile | None,
    user_id: int | None,
) -> ReceivedVideo:
    """Move the file into the originals and make a draft of it.

    A missing rating counts as unrated, which is the strict answer. Subtitles that cannot be read are left out and
    reported: an upload of an hour is not thrown away for a comma in line 12.
    """
    name = file.name or "upload"
    with transaction.atomic():  # an asset that no video plays would be prepared for nobody
        asset, refusal = _register_with(file, name, user_id, subtitle)
        video = create_video(
            title=title.strip() or make_title(name),
            asset=asset,
            kind=kind or VideoKind.CLIP.value,
            rating=rating or RatingChoice.UNRATED.value,
            user_id=user_id,
        )
    return ReceivedVideo(video=video, asset=asset, subtitle_refusal=refusal)


def receive_replacement(*, video: Video, file: TemporaryUploadedFile, user_id: int | None) -> Asset:
    """Move the file into the originals and make it the video's media file."""
    asset = _register(file, file.name or "upload", user_id, None)
    replace_asset(video=video, asset=asset)
    return asset


def _register(file: TemporaryUploadedFile, name: str, user_id: int | None, subtitle: SubtitleFile | None) -> Asset:
    return register_asset(
        source=Path(file.temporary_file_path()),
        original_name=name[-255:],
        move=True,
        user_id=user_id,
        subtitles=[subtitle] if subtitle else (),
    )


def _register_with(
    file: TemporaryUploadedFile, name: str, user_id: int | None, subtitle: SubtitleFile | None
) -> tuple[Asset, str]:
    """Register with the subtitles, or without them and with the reason."""
    try:
        return _register(file, name, user_id, subtitle), ""
    except RefusedInput as refused:
        if subtitle is None:
            raise
        return _register(file, name, user_id, None), refused.message
