"""Encodings of subtitle files: what is certain is read, what is damaged is marked, what is guessed is told. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from funkhaus.ingest.reasons.errors import RefusedInput

UTF_8: Final = "utf-8"
# Code pages of one byte for each character, with some of their languages; the most usual with us comes first.
CODE_PAGES: Final[Mapping[str, str]] = {
    "cp1252": "Windows-1252 – Deutsch, Français",
    "cp1250": "Windows-1250 – Polski, Čeština",
    "cp1251": "Windows-1251 – Русский, Українська",
    "cp1253": "Windows-1253 – Ελληνικά",
    "cp1254": "Windows-1254 – Türkçe",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
    "mac_roman": "Mac Roman",
}
ENCODING_NAMES: Final[Mapping[str, str]] = {UTF_8: "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", **CODE_PAGES}
_OF_LANGUAGES: Final = {
    "cp1250": ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "bs"),
    "cp1251": ("ru", "uk", "bg", "sr", "mk", "be"),
    "cp1253": ("el",),
    "cp1254": ("tr",),
}
_GERMAN: Final = frozenset("äöüÄÖÜß„“”‚‘’–—…»«€")
_USUAL: Final = _GERMAN | frozenset(
    "àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒáíóúñ¿¡ÁÍÓÚÑìòşğıŞĞİąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůýžČĎĚŇŘŠŤŮÝŽåæøÅÆØ♪°"
)
_NEARLY: Final = 0.05  # in charset-normalizer's measure of mess, from 0 to 1: such guesses are equally good
_MULTI_BYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UNUSED: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # no characters of Windows-1252
_QUOTE_INSIDE: Final = re.compile(r"(?<=[A-Za-z])[„”](?=[a-z])")  # «sch”n»: an ö or ä of DOS
_HIGH: Final = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Decoded:
    """The text of a file. `encoding` is a key of `ENCODING_NAMES`; `lost` counts the characters marked with U+FFFD."""

    text: str
    encoding: str
    is_guess: bool = False
    lost: int = 0


def decode(content: bytes, *, encoding: str = "", language: str = "") -> Decoded:
    """Return the text of a file, in `encoding` where somebody chose one; `language` (BCP 47) helps to guess.

    It goes by the byte order mark, then by UTF-8 with few bytes that are none, then by the zero bytes of UTF-16, and
    guesses a code page last. Raises `RefusedInput` for an encoding that is not known.
    """
    if encoding:
        if encoding not in ENCODING_NAMES:
            raise RefusedInput("subtitle_encoding", encoding=encoding[:40])
        return _replace(content, encoding)
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _replace(content, "utf-32")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _replace(content, "utf-16")
    zeros = content.count(0)
    if 10 * zeros > len(content):  # text without zero bytes is no UTF-16 of a European language
        order = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        text = content.decode(order, errors="replace")
        return Decoded(text, "utf-16", lost=text.count("\ufffd"))
    if _is_utf_8(content):
        return _replace(content, UTF_8)
    page = guess_code_page(content, language)
    text = _mark(content.decode(page, errors="replace"))
    return Decoded(text, page, is_guess=True, lost=text.count("\ufffd"))


def _replace(content: bytes, encoding: str) -> Decoded:
    codec = "utf-8-sig" if encoding == UTF_8 else encoding
    before = content.count(b"\xef\xbf\xbd") if encoding == UTF_8 else 0  # U+FFFD that the file itself has
    text = _mark(content.decode(codec, errors="replace"))
    return Decoded(text, encoding, lost=max(0, text.count("\ufffd") - before))


def _mark(text: str) -> str:
    return text.replace("\x00", "\ufffd")


def _is_utf_8(content: bytes) -> bool:
    """Tell whether more sequences of high bytes are UTF-8 than are not: some are damaged, or pasted from elsewhere."""
    good = bad = 0
    if content.startswith(b"\xef\xbb\xbf"):
        return True
    for found in _HIGH.finditer(content):
        rest, count = _MULTI_BYTE.subn(b"", found[0])
        good, bad = good + count, bad + len(rest)
    return good > bad or not bad


def guess_code_page(content: bytes, language: str = "") -> str:
    """Return the code page in which the text makes most sense, of those in which each byte is a character."""
    high = b"\n".join(line for line in content.splitlines() if _HIGH.search(line))[:20_000]
    if 10 * sum(map(high.count, _UNUSED)) <= sum(byte > 127 for byte in high):  # a few damaged bytes decide nothing
        high = high.translate(None, _UNUSED)
    matches = from_bytes(high, cp_isolation=list(CODE_PAGES), preemptive_behaviour=False)
    least = min((match.chaos for match in matches), default=0.0)
    near = {match.encoding for match in matches if match.chaos <= least + _NEARLY} & CODE_PAGES.keys()
    pages = {page: text for page in CODE_PAGES if (text := _try(high, page)) is not None}
    texts = {text for page, text in pages.items() if page in near}  # the library names one of several with equal text
    pages = {page: text for page, text in pages.items() if text in texts} or pages
    wanted = next((page for page, known in _OF_LANGUAGES.items() if language.partition("-")[0].lower() in known), "")
    if wanted in pages:
        return wanted
    return min(pages, key=lambda page: _rate(pages[page]), default="cp1252")


def _try(content: bytes, page: str) -> str | None:
    try:
        return content.decode(page)
    except UnicodeDecodeError:
        return None


def _rate(text: str) -> tuple[int, int]:
    """Return how many characters no usual language of ours has, and how many German does not have: fewer are better."""
    letters = [letter for letter in text if letter > "\x7f"]
    is_other = any("\u0370" <= letter <= "\u04ff" for letter in letters)  # Greek and Cyrillic, which have their own
    strange = sum(letter not in _USUAL for letter in letters if not (is_other and letter.isalpha()))
    strange += len(_QUOTE_INSIDE.findall(text))
    return strange, sum(letter not in _GERMAN for letter in letters)


def decode_again(text: str, *, encoding: str, wanted: str) -> str:
    """Return text that was read in one code page as another reads its bytes; what the page does not have is kept."""
    if encoding not in CODE_PAGES or wanted not in ENCODING_NAMES:
        return text
    parts = []
    for run in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text):
        try:
            parts.append(run if run.isascii() else run.encode(encoding).decode(wanted, errors="replace"))
        except UnicodeEncodeError:
            parts.append(run)
    return "".join(parts)
