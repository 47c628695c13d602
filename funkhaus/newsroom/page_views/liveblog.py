"""A liveblog as its template gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from funkhaus.newsroom.page_views.article import ArticleView, Block


@dataclass(frozen=True)
class PostView:
    """One post. `version` changes whenever the post does; of a removed one only `anchor` is told."""

    anchor: str
    version: str
    url: str
    at: datetime
    headline: str
    body: tuple[Block, ...]
    is_key_moment: bool
    is_pinned: bool
    correction: str
    corrected_at: datetime | None
    is_removed: bool


@dataclass(frozen=True)
class PostsView:
    """Posts with the stand up to which they are known, as a number that grows."""

    posts: tuple[PostView, ...]
    stand: int


@dataclass(frozen=True)
class LiveblogView:
    """One page of a liveblog."""

    article: ArticleView
    is_running: bool
    is_oldest_first: bool
    follows: bool
    """True on the page to which new posts belong."""
    address: str
    pinned: tuple[PostView, ...]
    key_moments: tuple[PostView, ...]
    list: PostsView
    newer: str
    older: str
    structured: SafeString
