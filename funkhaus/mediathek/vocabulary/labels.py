"""What the Mediathek says of a video in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from funkhaus.mediathek.playable.originals import original_of

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


def video_seconds(video: Video) -> float:
    """The length in seconds of the version that plays first (`versions__asset` prefetched), 0 when not known."""
    version = original_of(video.versions.all())
    asset = version.asset if version else None
    return (asset.duration_ms or 0) / 1000 if asset else 0.0
