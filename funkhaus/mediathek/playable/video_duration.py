"""The duration of a video for its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from funkhaus.mediathek.playable.original_version import original_of

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


def video_seconds(video: Video) -> float:
    """Return the duration in seconds of the original version (prefetch `versions__asset`), 0 if unknown."""
    version = original_of(video.versions.all())
    asset = version.asset if version else None
    return (asset.duration_ms or 0) / 1000 if asset else 0.0
