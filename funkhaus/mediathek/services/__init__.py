"""Changes of the Mediathek: the front door for writing."""

from funkhaus.mediathek.services.availability import apply_rule, open_availability
from funkhaus.mediathek.services.catalogue import create_video
from funkhaus.mediathek.services.list_index import place_everything, place_videos, sweep_listings
from funkhaus.mediathek.services.publishing import (
    publish_video,
    request_publication,
    unpublish_video,
    withdraw_wish,
)
from funkhaus.mediathek.services.replacing import accept_warnings, drop_replacement, follow_asset, replace_asset
from funkhaus.mediathek.services.versions import Adoption, adopt_version, remove_version

__all__ = [
    "Adoption",
    "accept_warnings",
    "adopt_version",
    "apply_rule",
    "create_video",
    "drop_replacement",
    "follow_asset",
    "open_availability",
    "place_everything",
    "place_videos",
    "publish_video",
    "remove_version",
    "replace_asset",
    "request_publication",
    "sweep_listings",
    "unpublish_video",
    "withdraw_wish",
]
