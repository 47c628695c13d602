"""Pages of the Mediathek as their templates get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from funkhaus.ui.components import Image, Link, Notice, VideoCard

if TYPE_CHECKING:
    from funkhaus.ingest.subtitles.transcript import Paragraph


@dataclass(frozen=True)
class RatingView:
    """An age rating: short (`16`), in words, when it plays, and why."""

    short: str
    label: str
    hours: str
    reasons: str
    css: str


@dataclass(frozen=True)
class TranscriptView:
    """What is said, to read: the paragraphs, or the address of the page that has them where they are many."""

    language: str
    paragraphs: tuple[Paragraph, ...]
    url: str


@dataclass(frozen=True)
class TranscriptPageView:
    """The page with the whole text of a video."""

    address: str
    video_address: str
    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class VideoPageView:
    """A video's page without its player. `notice`: why there is none."""

    public_id: str
    address: str
    above: tuple[Link, ...]
    """The trail between the home page and this one."""
    kind: str
    title: str
    line: str
    """Season and episode in words."""
    show: Link | None
    teaser: str
    description: str
    rating: RatingView
    age_label: str
    """The machine label of the page, for youth-protection programmes."""
    duration: str
    duration_iso: str
    published_at: datetime | None
    available_until: datetime | None
    notice: Notice | None
    image: Image | None
    more: tuple[VideoCard, ...]
    structured: SafeString
    transcript: TranscriptView | None = None


@dataclass(frozen=True)
class SeasonView:
    """A season with its episodes; `title` is empty where a show has none."""

    title: str
    cards: tuple[VideoCard, ...]


@dataclass(frozen=True)
class ShowPageView:
    """A show's page."""

    address: str
    above: tuple[Link, ...]
    title: str
    teaser: str
    description: str
    image: Image | None
    seasons: tuple[SeasonView, ...]


@dataclass(frozen=True)
class ShowEntry:
    """A show in the list from A to Z."""

    title: str
    url: str
    teaser: str
    image: Image | None


@dataclass(frozen=True)
class ShowListView:
    """All shows by first letter, and the newest videos."""

    letters: tuple[tuple[str, tuple[ShowEntry, ...]], ...]
    newest: tuple[VideoCard, ...]
    films: tuple[VideoCard, ...]
