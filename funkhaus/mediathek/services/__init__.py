"""Public services of the Mediathek, for the packages above it."""

from funkhaus.mediathek.audit.log import INGEST_COMMAND, JOBS_COMMAND, WATCHED_FOLDER, Actor, Machine, get_user_id
from funkhaus.mediathek.services.availability import apply_rule, open_availability
from funkhaus.mediathek.services.further_versions import Adoption, adopt_version, remove_version
from funkhaus.mediathek.services.job_acts import cancel_preparation, retry_preparation, set_urgency
from funkhaus.mediathek.services.list_index import index_everything, index_videos, sweep_listings
from funkhaus.mediathek.services.publishing import (
    ask_publication,
    publish_video,
    take_back_wish,
    unpublish_video,
)
from funkhaus.mediathek.services.rating_acts import RatingDecision, decide_rating
from funkhaus.mediathek.services.replacing import accept_warnings, drop_replacement, follow_asset, replace_asset
from funkhaus.mediathek.services.take_downs import release, take_down
from funkhaus.mediathek.services.text_acts import add_texts, remove_text, store_cues
from funkhaus.mediathek.services.video_and_poster_acts import choose_still, take_in_video
from funkhaus.mediathek.services.video_creation import create_video

__all__ = [
    "INGEST_COMMAND",
    "JOBS_COMMAND",
    "WATCHED_FOLDER",
    "Actor",
    "Adoption",
    "Machine",
    "RatingDecision",
    "accept_warnings",
    "add_texts",
    "adopt_version",
    "apply_rule",
    "ask_publication",
    "cancel_preparation",
    "choose_still",
    "create_video",
    "decide_rating",
    "drop_replacement",
    "follow_asset",
    "get_user_id",
    "index_everything",
    "index_videos",
    "open_availability",
    "publish_video",
    "release",
    "remove_text",
    "remove_version",
    "replace_asset",
    "retry_preparation",
    "set_urgency",
    "store_cues",
    "sweep_listings",
    "take_back_wish",
    "take_down",
    "take_in_video",
    "unpublish_video",
]
