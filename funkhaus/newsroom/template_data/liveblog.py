"""Views of a liveblog, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from funkhaus.newsroom.template_data.article import ArticleView, Block


@dataclass(frozen=True)
class PostView:
    """One post. `version` changes with every change of the post; a removed post has only its `anchor`."""

    anchor: str
    version: str
    url: str
    at: datetime
    headline: str
    author: str
    body: tuple[Block, ...]
    is_key_moment: bool
    is_pinned: bool
    correction: str
    corrected_at: datetime | None
    is_removed: bool


@dataclass(frozen=True)
class ChosenPosts:
    """The posts that stand above all others: the pinned ones in full, the key moments as a list of links."""

    pinned: tuple[PostView, ...]
    key_moments: tuple[PostView, ...]


@dataclass(frozen=True)
class PostsView:
    """Posts with the version up to which they are complete: microseconds since 1970, which only grow.

    `chosen` is None where nothing has changed in it.
    """

    posts: tuple[PostView, ...]
    stand: int
    chosen: ChosenPosts | None = None


@dataclass(frozen=True)
class LiveblogView:
    """One page of a liveblog."""

    article: ArticleView
    is_running: bool
    is_oldest_first: bool
    follows: bool
    """Whether new posts belong to this page."""
    address: str
    chosen: ChosenPosts
    list: PostsView
    newer: str
    older: str
    structured: SafeString
