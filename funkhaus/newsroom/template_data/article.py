"""Views of articles and of lists of stories, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.safestring import SafeString

from funkhaus.newsroom.template_data.boxes import Box
from funkhaus.newsroom.template_data.correction import CorrectionNote
from funkhaus.playback.player_view import PlayerView
from funkhaus.ui.components import Image, Link, ShelfView, Teaser


@dataclass(frozen=True)
class Paragraph:
    """Running text as safe HTML."""

    html: SafeString
    template: ClassVar[str] = "newsroom/blocks/paragraph.html"


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3."""

    text: str
    level: int
    template: ClassVar[str] = "newsroom/blocks/heading.html"


@dataclass(frozen=True)
class Quote:
    """A quotation with its speaker."""

    text: str
    speaker: str
    role: str
    template: ClassVar[str] = "newsroom/blocks/quote.html"


@dataclass(frozen=True)
class PictureFigure:
    """A picture with caption and credit."""

    image: Image
    template: ClassVar[str] = "newsroom/blocks/picture.html"


@dataclass(frozen=True)
class VideoFigure:
    """A video with its player; where it can no longer be played, with the reason."""

    title: str
    url: str
    caption: str
    player: PlayerView | None
    notice: str
    template: ClassVar[str] = "newsroom/blocks/video.html"


@dataclass(frozen=True)
class RelatedStory:
    """A link to another story with its texts and picture."""

    teaser: Teaser
    template: ClassVar[str] = "newsroom/blocks/related.html"


Block = Paragraph | Heading | Quote | PictureFigure | VideoFigure | RelatedStory | Box


@dataclass(frozen=True)
class ArticleView:
    """An article as its template prints it. `published_at`: first publication; `updated_at`: as the editor set it."""

    title: str
    kicker: str
    headline: str
    description: str
    teaser: str
    published_at: datetime
    updated_at: datetime | None
    image: Image | None
    body: tuple[Block, ...]
    structured: str = ""
    """schema.org data as JSON text, safe inside a script element."""
    card_url: str = ""
    """The picture for those who share the page, with its host: the drawn card, else the lead picture, else empty."""
    authors: tuple[Link, ...] = ()
    topics: tuple[Link, ...] = ()
    programmes: tuple[Link, ...] = ()
    """The programmes that the text belongs to."""
    serious: tuple[CorrectionNote, ...] = ()
    """The serious corrections, shown above the text."""
    minor: tuple[CorrectionNote, ...] = ()
    """The other corrections, shown below the text."""

    @property
    def has_boxes(self) -> bool:
        """Return whether the page needs the style sheet of boxes, tables and figures."""
        return any(getattr(block, "is_box", False) for block in self.body)


@dataclass(frozen=True)
class Front:
    """The newsroom's part of the home page."""

    lead: Teaser | None
    beside: tuple[Teaser, ...]
    shelves: tuple[ShelfView, ...]


@dataclass(frozen=True)
class IndexView:
    """The news index: all sections with their newest stories."""

    title: str
    description: str
    shelves: tuple[ShelfView, ...]


@dataclass(frozen=True)
class SectionView:
    """One page of a section's or a topic's list. `following`: address of the next page, empty at the end."""

    title: str
    description: str
    introduction: str
    lead: Teaser | None
    teasers: tuple[Teaser, ...]
    address: str
    is_first: bool
    following: str
    shelves: tuple[ShelfView, ...] = ()
    """The shelves that editors arranged between the lead and the rest of the list."""


@dataclass(frozen=True)
class CorrectionEntry:
    """A correction in the list of all. `url` is empty where the item is no longer public."""

    note: CorrectionNote
    subject: str
    url: str


@dataclass(frozen=True)
class CorrectionsView:
    """One page of all corrections."""

    entries: tuple[CorrectionEntry, ...]
    newer: str
    older: str
