"""Share cards for social networks: a story's headline over its picture, a JPEG of 1200 × 630 pixels.

The file name is derived from what the card shows. So a page that knows which card was drawn knows whether it is up to
date, a changed headline gets another address, and whoever shared the old address still shows a card.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from funkhaus.cms.pictures import CARD

SIZE: Final = (1200, 630)
FILTER: Final = CARD
FOLDER: Final = "images/cards"
NIGHT, GLOW, SNOW, MIST = "#062019", "#52e3ab", "#f3faf6", "#b4c9c0"  # as in house.css
MARGIN, MOST_LINES, SIZES = 64, 4, (68, 60, 52, 46)
ROOM: Final = SIZE[0] - 2 * MARGIN
DRAWING = "1"  # the drawing's version, part of the file name: increase it when the drawing changes


@dataclass(frozen=True)
class Card:
    """The contents of a card. `picture`: a name of the picture that changes with it; empty where there is none."""

    headline: str
    kicker: str
    station: str
    picture: str

    @property
    def name(self) -> str:
        """Return the part of the file name that depends on the contents: 24 digits of a SHA-256 hash and `.jpg`."""
        parts = "\0".join((DRAWING, self.headline, self.kicker, self.station, self.picture))
        return f"{hashlib.sha256(parts.encode()).hexdigest()[:24]}.jpg"

    def file_name(self, page_pk: int) -> str:
        """Return the file name of a page's card in its folder."""
        return f"{page_pk}-{self.name}"


def card_url(page_pk: int, card: Card) -> str:
    """Return the address of a page's card, without asking the storage whether it was drawn."""
    address: str = default_storage.url(f"{FOLDER}/{card.file_name(page_pk)}")
    return address


def keep_card(page_pk: int, card: Card, picture: Any) -> None:
    """Draw and store a page's card unless it exists. `picture`: Wagtail's picture or None."""
    path = f"{FOLDER}/{card.file_name(page_pk)}"
    if default_storage.exists(path):
        return
    ground = None
    if picture is not None:
        with picture.get_rendition(FILTER).file.open("rb") as file:
            ground = file.read()
    default_storage.save(path, ContentFile(draw_card(card, ground)))


def list_cards() -> frozenset[str]:
    """Return the file names of all cards that were drawn."""
    return frozenset(default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else ())


def remove_cards(page_pk: int) -> None:
    """Remove the files of every card of a page."""
    for name in list_cards():
        if name.startswith(f"{page_pk}-"):
            default_storage.delete(f"{FOLDER}/{name}")


def draw_card(card: Card, ground: bytes | None) -> bytes:
    """Return the card as JPEG over `ground`, a picture of the same shape, or over the station's color."""
    image = Image.new("RGB", SIZE, NIGHT)
    if ground is not None:
        image.paste(Image.open(BytesIO(ground)).convert("RGB").resize(SIZE))
        image.paste(NIGHT, mask=_shade())
    draw = ImageDraw.Draw(image)
    lines, font = _fit(card.headline)
    foot = SIZE[1] - MARGIN
    draw.text((MARGIN, foot), card.station, font=_font("Semibold", 30), fill=MIST, anchor="ls")
    height = int(font.size * 1.14)
    top = foot - 64 - height * len(lines)
    for number, line in enumerate(lines, 1):
        draw.text((MARGIN, top + height * number), line, font=font, fill=SNOW, anchor="ls")
    if card.kicker:
        above = (MARGIN, top + height - font.size - 14)
        draw.text(above, card.kicker, font=_font("Semibold", 34), fill=GLOW, anchor="ls")
    draw.rectangle((0, SIZE[1] - 10, SIZE[0], SIZE[1]), fill=GLOW)
    written = BytesIO()
    image.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _shade() -> Image.Image:
    """Return an overlay, clear above and dark below: text on it has enough contrast over any picture (WCAG 1.4.3)."""
    column = Image.new("L", (1, SIZE[1]))
    for row in range(SIZE[1]):
        column.putpixel((0, row), min(225, max(0, int((row / SIZE[1] - 0.12) * 560))))
    return column.resize(SIZE)


def _fit(headline: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Return the headline in lines at the largest size that fits; shortened with an ellipsis at the smallest size."""
    for size in SIZES:
        font = _font("Bold", size)
        lines = _wrap(headline, font)
        if len(lines) <= MOST_LINES - (size == SIZES[0]):
            return lines, font
    last = lines[MOST_LINES - 1]
    while font.getlength(f"{last}…") > ROOM:
        last = last[:-1].rstrip()
    return [*lines[: MOST_LINES - 1], f"{last}…"], font


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= ROOM:
            lines[-1] = longer
        else:
            lines += _break(word, font)
    return [line for line in lines if line]


def _break(word: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Return a word in as few pieces as the card's width needs."""
    pieces = [""]
    for letter in word:
        if font.getlength(f"{pieces[-1]}{letter}-") > ROOM:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the font; its package contains only data, so it is located and not imported."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("font_source_sans_pro")
    folder = Path(spec.submodule_search_locations[0]) / "files"
    return ImageFont.truetype(str(folder / f"SourceSansPro-{weight}.ttf"), size)
