"""Reader of subtitle files: recognizes the format by the content, never by the name, and repairs the times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from funkhaus.ingest import constants
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.ass import is_ass, read_ass
from funkhaus.ingest.text.subtitles.chapter_list import is_chapter_list, read_chapter_list
from funkhaus.ingest.text.subtitles.cue_markup import Cue, read_plain
from funkhaus.ingest.text.subtitles.encodings import CODE_PAGES, ENCODING_NAMES, Decoded, decode
from funkhaus.ingest.text.subtitles.formats import ASS, CHAPTER_LIST, STL, SUBRIP, TTML, WEBVTT, SubtitleFormat
from funkhaus.ingest.text.subtitles.stl import is_stl, read_stl
from funkhaus.ingest.text.subtitles.subrip import read_subrip
from funkhaus.ingest.text.subtitles.timing import repair, write_clock
from funkhaus.ingest.text.subtitles.ttml.reading import read_ttml
from funkhaus.ingest.text.subtitles.webvtt_reading import is_webvtt, read_webvtt


@dataclass(frozen=True)
class Subtitles:
    """The content of a file: cues in order of time, the language that it names (BCP 47, else empty), warnings."""

    format: str
    cues: tuple[Cue, ...]
    language: str = ""
    warnings: tuple[Reason, ...] = ()
    encoding: str = ""
    """The code page that was guessed or chosen, empty where the encoding is certain."""


class Source:
    """A file that is to be read, with its `name` for messages."""

    def __init__(self, content: bytes, name: str, encoding: str = "", language: str = "") -> None:
        self.content, self.name = content, name
        self._encoding, self._language = encoding, language

    @cached_property
    def decoded(self) -> Decoded:
        """The content as text; raises `RefusedInput` where there is none."""
        decoded = decode(self.content, encoding=self._encoding, language=self._language)
        if not decoded.text.strip():
            raise RefusedInput("subtitle_empty", name=self.name)
        return decoded

    @property
    def text(self) -> str:
        """Return the content as text; raise `RefusedInput` where there is none."""
        return self.decoded.text

    @cached_property
    def lines(self) -> list[str]:
        """The text in lines of any system."""
        # A run of \r is taken as a whole, so that the time is linear; some programs write \r\r\n.
        return re.sub(r"\r+\n?", lambda run: "\n" * (1 if run[0][-1] == "\n" else len(run[0])), self.text).split("\n")


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


def read_subtitles(content: bytes, name: str, *, encoding: str = "", language: str = "") -> Subtitles:
    """Return the content of a file; raise `RefusedInput`, with `name` in its message.

    `encoding` is the one that somebody chose (a key of `ENCODING_NAMES`), `language` helps to guess it.
    """
    if len(content) > constants.SUBTITLE_MAX_BYTES:
        raise RefusedInput("subtitle_size", name=name)
    read = _read(Source(content, name, encoding, language))
    if not read.cues:
        raise RefusedInput("subtitle_empty", name=name)
    if len(read.cues) > constants.SUBTITLE_MAX_CUES:
        raise RefusedInput("subtitle_size", name=name)
    if long := next((cue for cue in read.cues if len(cue.text) > constants.SUBTITLE_MAX_CHARACTERS), None):
        raise RefusedInput("subtitle_long", name=name, line=long.line, most=constants.SUBTITLE_MAX_CHARACTERS)
    cues, repairs = repair(list(read.cues), name)
    return replace(read, cues=tuple(cues), warnings=(*read.warnings, *repairs))


def _read(source: Source) -> Subtitles:
    known, reader = next((known, reader) for known, reader in READERS.items() if reader.fits(source))
    cues, language, warnings = reader.read(source)
    if known in {STL, TTML}:  # they name their encoding themselves
        return Subtitles(known.name, tuple(cues), language, tuple(warnings))
    decoded = source.decoded
    page = decoded.encoding if decoded.encoding in CODE_PAGES else ""
    told = _tell_encoding(decoded, cues, source.name)
    return Subtitles(known.name, tuple(cues), language, (*told, *warnings), page)


def _tell_encoding(decoded: Decoded, cues: Sequence[Cue], name: str) -> list[Reason]:
    """Return warnings about a guessed encoding, with a text to judge it by, and about characters that are lost."""
    told = []
    if decoded.is_guess:
        sample = next((text for cue in cues if not (text := read_plain(cue.text)).isascii()), "")
        facts = {"name": name, "encoding": ENCODING_NAMES[decoded.encoding], "sample": " ".join(sample.split())[:80]}
        told.append(Reason("subtitle_encoding_guessed", facts))
    if decoded.lost:
        first = next((cue.start_ms for cue in cues if "\ufffd" in cue.text), 0)
        lost = {"name": name, "count": decoded.lost, "first": write_clock(first)}
        told.append(Reason("subtitle_bytes_lost", lost))
    return told
