"""The selectors that other packages may use."""

from funkhaus.newsroom.articles.article_page import find_article, get_article_view
from funkhaus.newsroom.articles.corrections import list_for_video, stored_corrections
from funkhaus.newsroom.articles.share_cards import are_cards_missing
from funkhaus.newsroom.articles.structured_data import describe_correction
from funkhaus.newsroom.fronts.front import get_front
from funkhaus.newsroom.lifecycle.breaking import read_breaking, stored_breaking
from funkhaus.newsroom.lifecycle.gone_pages import Gone, describe_removed_address, describe_removed_page
from funkhaus.newsroom.lists.stories import are_lists_missing, find_page
from funkhaus.newsroom.lists.visibility import note_withdrawal, public_state_of
from funkhaus.newsroom.page_selectors.standing_page import get_standing_view
from funkhaus.newsroom.page_selectors.topic_page import get_topic_view

__all__ = [
    "Gone",
    "are_cards_missing",
    "are_lists_missing",
    "describe_correction",
    "describe_removed_address",
    "describe_removed_page",
    "find_article",
    "find_page",
    "get_article_view",
    "get_front",
    "get_standing_view",
    "get_topic_view",
    "list_for_video",
    "note_withdrawal",
    "public_state_of",
    "read_breaking",
    "stored_breaking",
    "stored_corrections",
]
