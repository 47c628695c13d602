"""The text field of EBU STL (Tech 3264, section 3.2.2): code tables, teletext control codes, line breaks. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from funkhaus.ingest.text.subtitles.styles import NAMES, PLAIN, Run, TextStyle

LINE_BREAK, UNUSED = 0x8A, 0x8F
START_BOX, END_BOX = 0x0B, 0x0A
BLACK_BACKGROUND, NEW_BACKGROUND = 0x1C, 0x1D
# Colors 0 to 7 of teletext set bit 0 for red, 1 for green, 2 for blue; `NAMES` counts the other way round.
_TELETEXT = [NAMES[4 * (code & 1) + (code & 2) + (code >> 2)] for code in range(8)]
ITALIC, NOT_ITALIC, UNDERLINED, NOT_UNDERLINED = 0x80, 0x81, 0x82, 0x83

# ISO 6937: an accent comes before its letter. From 0xC1 on; 0xC0, 0xC9 and 0xCC are not used.
_ACCENTS = dict(
    zip(
        (0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF),
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u0327\u030b\u0328\u030c",
        strict=True,
    )
)
_LATIN = {0x24: "¤"}  # the dollar has a place of its own
_LATIN |= dict(enumerate("\u00a0¡¢£$¥#§¤‘“«←↑→↓", 0xA0))
_LATIN |= dict(enumerate("°±²³×µ¶·÷’”»¼½¾¿", 0xB0))
_LATIN |= dict(enumerate("―¹®©™♪¬¦", 0xD0)) | dict(enumerate("⅛⅜⅝⅞", 0xDC))
_LATIN |= dict(enumerate("ΩÆÐªĦ\ufffdĲĿŁØŒºÞŦŊŉ", 0xE0))
_LATIN |= dict(enumerate("ĸæđðħıĳŀłøœßþŧŋ\u00ad", 0xF0))
# The other code tables are parts of ISO 8859 (Tech 3264, appendix 3).
_OTHERS = {"01": "iso8859_5", "02": "iso8859_6", "03": "iso8859_7", "04": "iso8859_8"}


@dataclass(frozen=True)
class Rows:
    """Text with its looks and how many rows it takes on the screen. `lost`: bytes that are no character."""

    runs: tuple[Run, ...]
    count: int
    lost: int


def is_known_table(code: str) -> bool:
    """True for a code table of the specification."""
    return code == "00" or code in _OTHERS


def decode_field(field: bytes, table: str) -> Rows:
    """Decode the text field of one subtitle: of all its blocks, joined and without what is unused at the end."""
    painter = _Painter()
    decode = _decode_latin if table == "00" else _decode_with(_OTHERS[table])
    place = 0
    while place < len(field):
        code = field[place]
        if code == UNUSED:
            break
        if code < 0x20 or 0x80 <= code <= 0x9F:
            painter.obey(code)
            place += 1
            continue
        text, length = decode(field, place)
        painter.write(text)
        place += length
    return Rows(tuple(painter.runs), painter.rows, painter.lost)


class _Painter:
    """Follows the control codes along the rows."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.rows = 1
        self.lost = 0
        self._look = PLAIN
        self._was_break = False

    def write(self, text: str) -> None:
        self.lost += text.count("\ufffd")
        self._was_break = False
        self.runs.append((text, self._look))

    def obey(self, code: int) -> None:
        if code == LINE_BREAK:
            self._break_line()
        elif code in {ITALIC, NOT_ITALIC}:
            self._look = replace(self._look, is_italic=code == ITALIC)
        elif code in {UNDERLINED, NOT_UNDERLINED}:
            self._look = replace(self._look, is_underlined=code == UNDERLINED)
        elif code < 0x20:
            # Every code of teletext takes the room of a space.
            if code not in {START_BOX, END_BOX}:
                self._was_break = False
            self._look = self._obey_teletext(code)
            self.runs.append((" ", self._look))
        # What else lies from 0x84 to 0x9F is boxing, which WebVTT always has, or reserved.

    def _obey_teletext(self, code: int) -> TextStyle:
        if code < 8:
            return replace(self._look, color=_TELETEXT[code])
        if code == NEW_BACKGROUND:
            return replace(self._look, background=self._look.color)
        if code == BLACK_BACKGROUND:
            return replace(self._look, background="black")
        return self._look

    def _break_line(self) -> None:
        """Two breaks after each other belong to one line of double height; every row of teletext begins anew."""
        self.rows += 1
        if not self._was_break:
            self.runs.append(("\n", self._look))
        self._was_break = True
        self._look = replace(self._look, color="white", background="black")


def _decode_latin(field: bytes, place: int) -> tuple[str, int]:
    code = field[place]
    if code in _ACCENTS:
        letter = field[place + 1] if place + 1 < len(field) else 0
        if letter == 0x20 or not 0x20 < letter < 0x7F:
            return "\ufffd", 1
        return unicodedata.normalize("NFC", chr(letter) + _ACCENTS[code]), 2
    return _LATIN.get(code, chr(code) if code < 0x7F else "\ufffd"), 1


def _decode_with(encoding: str) -> Callable[[bytes, int], tuple[str, int]]:
    def decode(field: bytes, place: int) -> tuple[str, int]:
        return field[place : place + 1].decode(encoding, errors="replace"), 1

    return decode
