"""Reader of subtitle files: recognizes the format by the content, never by the name, and repairs the times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from funkhaus.ingest import constants
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.ass import is_ass, read_ass
from funkhaus.ingest.text.subtitles.chapter_list import is_chapter_list, read_chapter_list
from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.subtitles.formats import ASS, CHAPTER_LIST, STL, SUBRIP, TTML, WEBVTT, SubtitleFormat
from funkhaus.ingest.text.subtitles.stl import is_stl, read_stl
from funkhaus.ingest.text.subtitles.subrip import read_subrip
from funkhaus.ingest.text.subtitles.timing import repair
from funkhaus.ingest.text.subtitles.ttml.reading import read_ttml
from funkhaus.ingest.text.subtitles.webvtt_reading import is_webvtt, read_webvtt


@dataclass(frozen=True)
class Subtitles:
    """The content of a file: cues in order of time, the language that it names (BCP 47, else empty), warnings."""

    format: str
    cues: tuple[Cue, ...]
    language: str = ""
    warnings: tuple[Reason, ...] = ()


class Source:
    """A file that is to be read, with its `name` for messages."""

    def __init__(self, content: bytes, name: str) -> None:
        self.content, self.name = content, name

    @cached_property
    def text(self) -> str:
        """The content as text; raises `RefusedInput` where there is none."""
        text = decode_text(self.content)
        if not text.strip():
            raise RefusedInput("subtitle_empty", name=self.name)
        return text

    @cached_property
    def lines(self) -> list[str]:
        """The text in lines of any system."""
        return re.split(r"\r\n|\n|\r", self.text)


@dataclass(frozen=True)
class Reader:
    """`fits` recognizes a format by the content; `read` returns cues, the language or an empty string, warnings."""

    fits: Callable[[Source], bool]
    read: Callable[[Source], tuple[Sequence[Cue], str, Sequence[Reason]]]


# In the order in which they are asked: binary before text, and last what has no mark of its own.
READERS: Final[Mapping[SubtitleFormat, Reader]] = {
    STL: Reader(lambda one: is_stl(one.content), lambda one: read_stl(one.content, one.name)),
    TTML: Reader(
        lambda one: one.text.lstrip().startswith("<"),
        lambda one: read_ttml(one.content.lstrip(b" \t\r\n"), one.name),
    ),
    WEBVTT: Reader(lambda one: is_webvtt(one.lines), lambda one: (*read_webvtt(one.lines, one.name), ())),
    ASS: Reader(lambda one: is_ass(one.lines), lambda one: (read_ass(one.lines, one.name), "", ())),
    CHAPTER_LIST: Reader(
        lambda one: is_chapter_list(one.lines), lambda one: (read_chapter_list(one.lines, one.name), "", ())
    ),
    SUBRIP: Reader(lambda _one: True, lambda one: (read_subrip(one.lines, one.name), "", ())),
}


def read_subtitles(content: bytes, name: str) -> Subtitles:
    """Return the content of a file; raise `RefusedInput`, with `name` in its message."""
    if len(content) > constants.SUBTITLE_MAX_BYTES:
        raise RefusedInput("subtitle_size", name=name)
    read = _read(content, name)
    if not read.cues:
        raise RefusedInput("subtitle_empty", name=name)
    if len(read.cues) > constants.SUBTITLE_MAX_CUES:
        raise RefusedInput("subtitle_size", name=name)
    if long := next((cue for cue in read.cues if len(cue.text) > constants.SUBTITLE_MAX_CHARACTERS), None):
        raise RefusedInput("subtitle_long", name=name, line=long.line, most=constants.SUBTITLE_MAX_CHARACTERS)
    cues, repairs = repair(list(read.cues), name)
    return Subtitles(read.format, tuple(cues), read.language, (*read.warnings, *repairs))


def _read(content: bytes, name: str) -> Subtitles:
    source = Source(content, name)
    known, reader = next((known, reader) for known, reader in READERS.items() if reader.fits(source))
    cues, language, warnings = reader.read(source)
    return Subtitles(known.name, tuple(cues), language, tuple(warnings))


def decode_text(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else as UTF-16 by its zero bytes, else as Windows-1252."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return content.decode("utf-32", errors="replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    if b"\x00" in content[:200]:  # text without zero bytes at its start is no UTF-16 of a European language
        order = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return content.decode(order, errors="replace")
    return content.decode("cp1252", errors="replace")
