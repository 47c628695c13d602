"""Models of the Mediathek."""

from funkhaus.mediathek.models.availability import AvailabilityRule, AvailabilityTerm, AvailabilityWindow, TerritoryMode
from funkhaus.mediathek.models.broadcast import Broadcast, Channel
from funkhaus.mediathek.models.genre import Genre
from funkhaus.mediathek.models.list_index import Listing, TitleWord
from funkhaus.mediathek.models.person import Credit, CreditRole, Person
from funkhaus.mediathek.models.show import Season, Show
from funkhaus.mediathek.models.take_down import LONGEST_REASON, TakeDown
from funkhaus.mediathek.models.video import (
    Chapter,
    RatingChoice,
    RatingReason,
    Version,
    VersionKind,
    Video,
    VideoKind,
)
from funkhaus.mediathek.models.video_draft import PROTECTION

__all__ = [
    "LONGEST_REASON",
    "PROTECTION",
    "AvailabilityRule",
    "AvailabilityTerm",
    "AvailabilityWindow",
    "Broadcast",
    "Channel",
    "Chapter",
    "Credit",
    "CreditRole",
    "Genre",
    "Listing",
    "Person",
    "RatingChoice",
    "RatingReason",
    "Season",
    "Show",
    "TakeDown",
    "TerritoryMode",
    "TitleWord",
    "Version",
    "VersionKind",
    "Video",
    "VideoKind",
]
