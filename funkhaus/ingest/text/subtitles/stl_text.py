"""Text field of EBU STL (Tech 3264, section 3.2.2): decodes code tables, teletext control codes, line breaks. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from funkhaus.ingest.text.subtitles.styles import NAMES, PLAIN, Run, TextStyle

# Control codes: those below 0x20 are teletext's, those from 0x80 on STL's own.
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
_LATIN = {0x24: "¤"}  # the dollar is 0xA4 here
_LATIN |= dict(enumerate("\u00a0¡¢£$¥#§¤‘“«←↑→↓", 0xA0))
_LATIN |= dict(enumerate("°±²³×µ¶·÷’”»¼½¾¿", 0xB0))
_LATIN |= dict(enumerate("―¹®©™♪¬¦", 0xD0)) | dict(enumerate("⅛⅜⅝⅞", 0xDC))
_LATIN |= dict(enumerate("ΩÆÐªĦ\ufffdĲĿŁØŒºÞŦŊŉ", 0xE0))
_LATIN |= dict(enumerate("ĸæđðħıĳŀłøœßþŧŋ\u00ad", 0xF0))
# The other code tables are parts of ISO 8859 (Tech 3264, appendix 3).
_OTHERS = {"01": "iso8859_5", "02": "iso8859_6", "03": "iso8859_7", "04": "iso8859_8"}


@dataclass(frozen=True)
class Rows:
    """Styled text and the number of screen rows that it takes. `lost`: bytes that are no character."""

    runs: tuple[Run, ...]
    count: int
    lost: int


def is_known_table(code: str) -> bool:
    """Tell whether the specification has this code table."""
    return code == "00" or code in _OTHERS


def decode_field(field: bytes, table: str) -> Rows:
    """Decode the text field of one subtitle, joined from all its blocks without their unused ends."""
    painter = _Painter()
    decode = _decode_latin if table == "00" else _decode_with(_OTHERS[table])
    offset = 0
    while offset < len(field):
        code = field[offset]
        if code == UNUSED:
            break
        if code < 0x20 or 0x80 <= code <= 0x9F:
            painter.obey(code)
            offset += 1
            continue
        text, length = decode(field, offset)
        painter.write(text)
        offset += length
    return Rows(tuple(painter.runs), painter.rows, painter.lost)


class _Painter:
    """Follows the control codes along the rows and keeps the current style."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.rows = 1
        self.lost = 0
        self._style = PLAIN
        self._was_break = False

    def write(self, text: str) -> None:
        self.lost += text.count("\ufffd")
        self._was_break = False
        self.runs.append((text, self._style))

    def obey(self, code: int) -> None:
        if code == LINE_BREAK:
            self._break_line()
        elif code in {ITALIC, NOT_ITALIC}:
            self._style = replace(self._style, is_italic=code == ITALIC)
        elif code in {UNDERLINED, NOT_UNDERLINED}:
            self._style = replace(self._style, is_underlined=code == UNDERLINED)
        elif code < 0x20:
            # Every control code of teletext is displayed as a space.
            if code not in {START_BOX, END_BOX}:
                self._was_break = False
            self._style = self._obey_teletext(code)
            self.runs.append((" ", self._style))
        # The other codes from 0x84 to 0x9F are boxing, which WebVTT always has, or reserved.

    def _obey_teletext(self, code: int) -> TextStyle:
        if code < 8:
            return replace(self._style, color=_TELETEXT[code])
        if code == NEW_BACKGROUND:
            return replace(self._style, background=self._style.color)
        if code == BLACK_BACKGROUND:
            return replace(self._style, background="black")
        return self._style

    def _break_line(self) -> None:
        """Begin a row in the default style; two breaks in a row belong to one line of double height."""
        self.rows += 1
        if not self._was_break:
            self.runs.append(("\n", self._style))
        self._was_break = True
        self._style = replace(self._style, color="white", background="black")


def _decode_latin(field: bytes, offset: int) -> tuple[str, int]:
    code = field[offset]
    if code in _ACCENTS:
        letter = field[offset + 1] if offset + 1 < len(field) else 0
        if letter == 0x20 or not 0x20 < letter < 0x7F:
            return "\ufffd", 1
        return unicodedata.normalize("NFC", chr(letter) + _ACCENTS[code]), 2
    return _LATIN.get(code, chr(code) if code < 0x7F else "\ufffd"), 1


def _decode_with(encoding: str) -> Callable[[bytes, int], tuple[str, int]]:
    def decode(field: bytes, offset: int) -> tuple[str, int]:
        return field[offset : offset + 1].decode(encoding, errors="replace"), 1

    return decode
