"""What the Mediathek stores."""

from funkhaus.mediathek.models.broadcast import Broadcast, Channel
from funkhaus.mediathek.models.show import Season, Show
from funkhaus.mediathek.models.video import (
    AvailabilityWindow,
    Chapter,
    RatingChoice,
    RatingReason,
    TerritoryMode,
    Version,
    VersionKind,
    Video,
    VideoKind,
)

__all__ = [
    "AvailabilityWindow",
    "Broadcast",
    "Channel",
    "Chapter",
    "RatingChoice",
    "RatingReason",
    "Season",
    "Show",
    "TerritoryMode",
    "Version",
    "VersionKind",
    "Video",
    "VideoKind",
]
