"""What the public sees of the Mediathek: the front door for reading."""

from funkhaus.mediathek.addresses import show_url, video_url
from funkhaus.mediathek.ratings import say_reasons
from funkhaus.mediathek.selectors.files import describe_file
from funkhaus.mediathek.selectors.labels import get_age_declaration
from funkhaus.mediathek.selectors.pages import explain, get_show_list_view, get_show_page_view, get_video_page_view
from funkhaus.mediathek.selectors.playables import Playable, PlayableMedia, get_playable
from funkhaus.mediathek.selectors.transcripts import get_transcript, get_transcript_page, transcript_url
from funkhaus.mediathek.selectors.videos import (
    Withdrawn,
    availability_of,
    get_video,
    get_videos,
    list_available,
    list_newest_videos,
    make_cards,
    poster_url,
    videos_with_media,
)
from funkhaus.mediathek.words import video_length, video_seconds

__all__ = [
    "Playable",
    "PlayableMedia",
    "Withdrawn",
    "availability_of",
    "describe_file",
    "explain",
    "get_age_declaration",
    "get_playable",
    "get_show_list_view",
    "get_show_page_view",
    "get_transcript",
    "get_transcript_page",
    "get_video",
    "get_video_page_view",
    "get_videos",
    "list_available",
    "list_newest_videos",
    "make_cards",
    "poster_url",
    "say_reasons",
    "show_url",
    "transcript_url",
    "video_length",
    "video_seconds",
    "video_url",
    "videos_with_media",
]
