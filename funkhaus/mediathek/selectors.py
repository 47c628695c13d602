"""Public selectors of the Mediathek, for the packages above it."""

from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.history import MediaAct, describe_act, list_acts
from funkhaus.mediathek.audit.take_down_state import TakeDownState, describe_take_down
from funkhaus.mediathek.lists.access_services import get_access_list, get_access_page
from funkhaus.mediathek.lists.breadcrumbs_and_tabs import list_tabs
from funkhaus.mediathek.lists.broadcasts import get_missed_view
from funkhaus.mediathek.lists.card_pages import (
    find_videos,
    is_list_missing,
    list_cards,
    select_videos,
)
from funkhaus.mediathek.lists.cards import CardRow, find_available, make_card, make_cards, read_rows
from funkhaus.mediathek.lists.children import get_kids_show, select_kids_shows, select_kids_videos
from funkhaus.mediathek.lists.for_shelves import (
    find_shows,
    list_picture_keys,
    select_ending_entries,
    select_entries,
)
from funkhaus.mediathek.lists.next_episode import Following, get_following
from funkhaus.mediathek.lists.public_videos import (
    Withdrawn,
    availability_of,
    get_video,
    get_videos,
    list_available,
    poster_url,
    videos_with_media,
)
from funkhaus.mediathek.lists.search import get_search_view
from funkhaus.mediathek.lists.shows import (
    ShowRow,
    get_show_list_view,
    get_show_page_view,
    load_show_images,
    read_shows,
)
from funkhaus.mediathek.lists.video_lists import (
    get_audio_list,
    get_ending_list,
    get_film_list,
    get_genre_list,
    get_genre_page,
    get_new_list,
    get_person_page,
)
from funkhaus.mediathek.pages.machine_labels import get_age_declaration
from funkhaus.mediathek.pages.transcripts import (
    get_transcript,
    get_transcript_page,
    is_text_public,
    transcript_url,
)
from funkhaus.mediathek.pages.video_page import describe_absence, describe_unavailability, get_video_page_view
from funkhaus.mediathek.playable.file_state import describe_file
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.playable.playables import Playable, PlayableMedia, PlayableVersion, get_playable, label_track
from funkhaus.mediathek.playable.preview_address import preview_url
from funkhaus.mediathek.playable.video_duration import video_seconds
from funkhaus.mediathek.playable.windows import read_windows
from funkhaus.mediathek.vocabulary.accessibility import read_slug
from funkhaus.mediathek.vocabulary.addresses import genre_url, person_url, show_url, video_url
from funkhaus.mediathek.vocabulary.ratings import RATINGS, REASONS, RatingWords
from funkhaus.mediathek.vocabulary.template_data import write_summary

__all__ = [
    "RATINGS",
    "REASONS",
    "Act",
    "CardRow",
    "Following",
    "MediaAct",
    "Playable",
    "PlayableMedia",
    "PlayableVersion",
    "RatingWords",
    "ShowRow",
    "TakeDownState",
    "Withdrawn",
    "availability_of",
    "describe_absence",
    "describe_act",
    "describe_file",
    "describe_take_down",
    "describe_unavailability",
    "find_available",
    "find_shows",
    "find_videos",
    "genre_url",
    "get_access_list",
    "get_access_page",
    "get_age_declaration",
    "get_audio_list",
    "get_ending_list",
    "get_film_list",
    "get_following",
    "get_genre_list",
    "get_genre_page",
    "get_kids_show",
    "get_missed_view",
    "get_new_list",
    "get_person_page",
    "get_playable",
    "get_search_view",
    "get_show_list_view",
    "get_show_page_view",
    "get_transcript",
    "get_transcript_page",
    "get_video",
    "get_video_page_view",
    "get_videos",
    "is_list_missing",
    "is_text_public",
    "label_track",
    "list_acts",
    "list_available",
    "list_cards",
    "list_picture_keys",
    "list_tabs",
    "load_show_images",
    "make_card",
    "make_cards",
    "original_of",
    "person_url",
    "poster_url",
    "preview_url",
    "read_rows",
    "read_shows",
    "read_slug",
    "read_windows",
    "select_ending_entries",
    "select_entries",
    "select_kids_shows",
    "select_kids_videos",
    "select_videos",
    "show_url",
    "transcript_url",
    "video_seconds",
    "video_url",
    "videos_with_media",
    "write_summary",
]
