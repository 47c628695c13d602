"""Frozen data of the Mediathek's public pages, made for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from funkhaus.ui.components import Badge, Image, Link, Notice, VideoCard

if TYPE_CHECKING:
    from funkhaus.ingest.text.transcript import TranscriptParagraph
    from funkhaus.mediathek.vocabulary.ratings import RatingWords


SUMMARY_CHARS = 160  # about what search engines show


def write_summary(teaser: str, description: str) -> str:
    """Return the teaser, else the beginning of the description; empty where there is neither."""
    return teaser or Truncator(" ".join(description.split())).chars(SUMMARY_CHARS)


@dataclass(frozen=True)
class TranscriptView:
    """A transcript: its paragraphs, or the URL of its own page where it is too long for the video's page."""

    language: str
    paragraphs: tuple[TranscriptParagraph, ...]
    url: str


@dataclass(frozen=True)
class TranscriptPageView:
    """The page with the whole transcript of a video."""

    address: str
    video_address: str
    title: str
    language: str
    paragraphs: tuple[TranscriptParagraph, ...]


@dataclass(frozen=True)
class PersonView:
    """A person in the credits; `character`: the role that they play."""

    name: str
    url: str
    character: str


@dataclass(frozen=True)
class VideoPageView:
    """A video's page without its player. `notice`: the reason why it has none."""

    public_id: str
    address: str
    above: tuple[Link, ...]
    """Breadcrumbs between the home page and this page."""
    kind: str
    title: str
    line: str
    """Season and episode as text."""
    show: Link | None
    teaser: str
    description: str
    rating: RatingWords
    age_label: str
    """The machine label of the page, for youth-protection software."""
    duration: str
    duration_iso: str
    published_at: datetime | None
    available_until: datetime | None
    notice: Notice | None
    image: Image | None
    more: tuple[VideoCard, ...]
    structured: SafeString
    transcript: TranscriptView | None = None
    people: tuple[tuple[str, tuple[PersonView, ...]], ...] = ()
    """The credits by role."""
    access: tuple[Badge, ...] = ()
    """Badges of the access services that it has."""

    @property
    def summary(self) -> str:
        """Return what lists of results show of the page: its own words, else the facts."""
        facts = (self.title, self.show.label if self.show else self.kind, self.line, self.duration, self.rating.label)
        return write_summary(self.teaser, self.description) or " · ".join(filter(None, facts))


@dataclass(frozen=True)
class SeasonLink:
    """A season in the choice of seasons."""

    title: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class ShowPageView:
    """A show's page. `chosen`: the number of the shown season, None: all; `following`: the next page's cursor."""

    address: str
    above: tuple[Link, ...]
    title: str
    teaser: str
    description: str
    image: Image | None
    seasons: tuple[SeasonLink, ...]
    chosen: int | None
    chosen_title: str
    is_in_order: bool
    is_first: bool
    cards: tuple[VideoCard, ...]
    following: str

    @property
    def summary(self) -> str:
        """Return what lists of results show of the page: its own words, else its title."""
        return write_summary(self.teaser, self.description) or self.title

    @property
    def query(self) -> str:
        """Return season and order as a query string, with its question mark; empty for the defaults."""
        fields = {**({"staffel": self.chosen} if self.chosen else {}), **({"folge": "auf"} if self.is_in_order else {})}
        return f"?{urlencode(fields)}" if fields else ""


@dataclass(frozen=True)
class ShowEntry:
    """A show in the list from A to Z."""

    title: str
    url: str
    teaser: str
    image: Image | None


@dataclass(frozen=True)
class ShowListView:
    """Shows by first letter, and the newest videos. `following`: the start of the next page, empty at the end."""

    letters: tuple[tuple[str, tuple[ShowEntry, ...]], ...]
    jumps: tuple[Link, ...]
    following: str
    is_first: bool
    newest: tuple[VideoCard, ...]


@dataclass(frozen=True)
class ListView:
    """A list of videos under a title. `following`: the next page's cursor; `nothing`: the text of an empty list."""

    address: str
    tab: str
    above: tuple[Link, ...]
    title: str
    intro: str
    cards: tuple[VideoCard, ...]
    following: str
    is_first: bool
    nothing: str


@dataclass(frozen=True)
class AccessWay:
    """A link to the list of one access service; `meaning` explains the service."""

    label: str
    url: str
    meaning: str


@dataclass(frozen=True)
class AccessPageView:
    """The page of the access services that available videos have."""

    above: tuple[Link, ...]
    ways: tuple[AccessWay, ...]


@dataclass(frozen=True)
class GenreListView:
    """The page of the genres that have available videos."""

    above: tuple[Link, ...]
    genres: tuple[Link, ...]


@dataclass(frozen=True)
class BroadcastRow:
    """One broadcast: start, channel, title; `card` only if the video is available."""

    starts_at: datetime
    channel: str
    title: str
    card: VideoCard | None


@dataclass(frozen=True)
class MissedView:
    """The page of a day's broadcasts; `days` and `channels` are the other choices."""

    above: tuple[Link, ...]
    day: str
    days: tuple[Link, ...]
    channels: tuple[Link, ...]
    rows: tuple[BroadcastRow, ...]
    following: str


@dataclass(frozen=True)
class SearchView:
    """The results of a search. `is_asked`: the query was not empty; `nearest`: a spelling that finds something."""

    query: str
    is_asked: bool
    shows: tuple[ShowEntry, ...]
    cards: tuple[VideoCard, ...]
    nearest: Link | None = None

    @property
    def is_missed(self) -> bool:
        """Return True if a query was given and nothing was found."""
        return self.is_asked and not self.shows and not self.cards
