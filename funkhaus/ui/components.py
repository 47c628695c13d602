"""Frozen data classes that components' templates print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Link:
    """A link. `is_current`: it leads to the page that shows it; `is_within`: the page is below its target.

    `lang`: the label's language where it may differ from the page's.
    """

    label: str
    url: str
    is_current: bool = False
    is_within: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Image:
    """A picture in several widths. `width` and `height` are those of `src`, in pixels."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    taken_on: date | None = None
    is_archive: bool = False


@dataclass(frozen=True)
class Teaser:
    """A story or a video in a list of stories."""

    url: str
    headline: str
    kicker: str = ""
    text: str = ""
    image: Image | None = None
    published_at: datetime | None = None
    section: str = ""
    is_video: ClassVar[bool] = False


@dataclass(frozen=True)
class Badge:
    """A short mark with its meaning: `AD`, audio description."""

    short: str
    label: str


@dataclass(frozen=True)
class VideoCard:
    """A video on a shelf. `duration` and `line` (season and episode) are formatted texts.

    `still` is a frame of it, shown where it has no `image` of its own.
    `rating` is the age in years where there is a limit, `rating_reasons` its main reasons in words (JMStV § 5c (3)).
    """

    url: str
    title: str
    kicker: str
    still: Image | None
    image: Image | None
    duration: str
    duration_iso: str
    rating: str
    available_until: datetime | None
    text: str = ""
    line: str = ""
    badges: tuple[Badge, ...] = ()
    is_audio: bool = False
    rating_reasons: str = ""
    is_video: ClassVar[bool] = True


@dataclass(frozen=True)
class ShelfView:
    """A titled row of stories and videos. `url` leads to the full list, where there is one."""

    title: str
    url: str
    items: tuple[Teaser | VideoCard, ...] = ()
    anchor: str = ""
    lang: str = "de"
    """The title's language; empty: that of the page."""

    @property
    def is_screen(self) -> bool:
        """Return whether all items are videos; such a row has the style of the Mediathek."""
        return all(item.is_video for item in self.items)


@dataclass(frozen=True)
class Notice:
    """A message that is part of the page's content, such as the reason why a video does not play."""

    title: str
    text: str


@dataclass(frozen=True)
class Alert:
    """The running breaking news: its text, the address of its story, and the moment since which it runs."""

    text: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Shell:
    """The header and footer of a page: names, navigation, languages."""

    station: str
    home: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    trail: tuple[Link, ...]
    """The pages above this one, the home page first."""
    languages: tuple[tuple[str, str, str], ...]
    """Other languages of this page: code, own name, address."""
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    """Code and absolute address of each language, this one included."""
    search: str = ""
    """The address that the search form is sent to."""
    alert: Alert | None = None
