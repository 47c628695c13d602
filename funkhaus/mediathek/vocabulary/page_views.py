"""Pages of the Mediathek as their templates get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from funkhaus.ui.components import Badge, Image, Link, Notice, VideoCard

if TYPE_CHECKING:
    from funkhaus.ingest.text.transcript import Paragraph
    from funkhaus.mediathek.vocabulary.ratings import RatingWords


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
class PersonView:
    """Somebody in the credits; `character`: whom they play."""

    name: str
    url: str
    character: str


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
    rating: RatingWords
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
    people: tuple[tuple[str, tuple[PersonView, ...]], ...] = ()
    """What was done, and by whom."""
    access: tuple[Badge, ...] = ()
    """The access services that it can be watched with."""


@dataclass(frozen=True)
class SeasonLink:
    """A season to choose."""

    title: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class ShowPageView:
    """A show's page. `chosen`: the season whose episodes it shows, None: all; `following`: the next page's cursor."""

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
    def query(self) -> str:
        """Season and order as the address has them."""
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
    """Shows by first letter, and the newest videos. `following`: where the next page begins, empty at the end."""

    letters: tuple[tuple[str, tuple[ShowEntry, ...]], ...]
    jumps: tuple[Link, ...]
    following: str
    is_first: bool
    newest: tuple[VideoCard, ...]


@dataclass(frozen=True)
class ListView:
    """A list of videos under a title. `following`: the next page's cursor; `nothing`: what an empty list says."""

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
    """The way to what has one access service: `meaning` for somebody who does not know it."""

    label: str
    url: str
    meaning: str


@dataclass(frozen=True)
class AccessPageView:
    """The access services that something has."""

    above: tuple[Link, ...]
    ways: tuple[AccessWay, ...]


@dataclass(frozen=True)
class GenreListView:
    """The genres in which something can be watched."""

    above: tuple[Link, ...]
    genres: tuple[Link, ...]


@dataclass(frozen=True)
class BroadcastRow:
    """One broadcast: when, where, what. `card` where it can be watched."""

    starts_at: datetime
    channel: str
    title: str
    card: VideoCard | None


@dataclass(frozen=True)
class MissedView:
    """The broadcasts of a day; `days` and `channels` are the other choices."""

    above: tuple[Link, ...]
    day: str
    days: tuple[Link, ...]
    channels: tuple[Link, ...]
    rows: tuple[BroadcastRow, ...]
    following: str


@dataclass(frozen=True)
class SearchView:
    """What was found. `is_asked`: something was looked for; `nearest`: what would find more."""

    query: str
    is_asked: bool
    shows: tuple[ShowEntry, ...]
    cards: tuple[VideoCard, ...]
    nearest: Link | None = None

    @property
    def is_missed(self) -> bool:
        """Something was looked for and nothing found."""
        return self.is_asked and not self.shows and not self.cards
