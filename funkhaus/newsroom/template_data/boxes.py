"""Views of boxes, tables, figures and galleries, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.safestring import SafeString

from funkhaus.ui.components import Image


@dataclass(frozen=True)
class BulletList:
    """A list of points."""

    title: str
    items: tuple[str, ...]
    is_numbered: bool
    template: ClassVar[str] = "newsroom/blocks/list.html"


@dataclass(frozen=True)
class InfoBox:
    """Background information in a box."""

    title: str
    html: SafeString
    template: ClassVar[str] = "newsroom/blocks/infobox.html"
    is_box: ClassVar[bool] = True


@dataclass(frozen=True)
class Table:
    """A table. `names_rows` tells that the first cell of each row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names_rows: bool
    source: str
    template: ClassVar[str] = "newsroom/blocks/table.html"
    is_box: ClassVar[bool] = True


@dataclass(frozen=True)
class Value:
    """A row of a chart. `share`: percentage of the largest value, as text with a decimal point."""

    label: str
    text: str
    share: str


@dataclass(frozen=True)
class Chart:
    """A chart: bars, or `points` of a line in an SVG view box of 100 by 40."""

    title: str
    values: tuple[Value, ...]
    points: str
    unit: str
    source: str
    template: ClassVar[str] = "newsroom/blocks/chart.html"
    is_box: ClassVar[bool] = True


@dataclass(frozen=True)
class Number:
    """One number with its label."""

    value: str
    label: str
    source: str
    template: ClassVar[str] = "newsroom/blocks/number.html"
    is_box: ClassVar[bool] = True


@dataclass(frozen=True)
class PictureGallery:
    """Several pictures."""

    title: str
    images: tuple[Image, ...]
    template: ClassVar[str] = "newsroom/blocks/gallery.html"
    is_box: ClassVar[bool] = True


@dataclass(frozen=True)
class MapFigure:
    """A picture of a map."""

    place: str
    image: Image
    template: ClassVar[str] = "newsroom/blocks/map.html"


@dataclass(frozen=True)
class TextCorrection:
    """A correction note at the position in the text that was corrected."""

    text: str
    day: date | None
    template: ClassVar[str] = "newsroom/blocks/correction.html"


@dataclass(frozen=True)
class Contact:
    """A contact box. `call` is the telephone number without spaces."""

    title: str
    text: str
    phone: str
    call: str
    email: str
    website: str
    template: ClassVar[str] = "newsroom/blocks/contact.html"
    is_box: ClassVar[bool] = True


Box = BulletList | InfoBox | Table | Chart | Number | PictureGallery | MapFigure | TextCorrection | Contact
