"""What the Mediathek says of a video in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


def video_seconds(video: Video) -> float:
    """The length in seconds of the version that plays first (`versions__asset` prefetched), 0 when not known."""
    for version in video.versions.all():
        if version.kind == "original" and version.asset and version.asset.duration_ms:
            return version.asset.duration_ms / 1000
    return 0.0
