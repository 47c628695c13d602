"""Read a subtitle file of any format, told by its content and never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from funkhaus.ingest import conf
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.ass import is_ass, read_ass
from funkhaus.ingest.text.subtitles.chapters import is_chapter_list, read_chapter_list
from funkhaus.ingest.text.subtitles.cues import Cue
from funkhaus.ingest.text.subtitles.stl import is_stl, read_stl
from funkhaus.ingest.text.subtitles.subrip import read_subrip
from funkhaus.ingest.text.subtitles.timing import repair
from funkhaus.ingest.text.subtitles.ttml.reading import read_ttml
from funkhaus.ingest.text.subtitles.webvtt import is_webvtt, read_webvtt


@dataclass(frozen=True)
class Subtitles:
    """What a file holds: cues in order of time, the language that it names itself (BCP 47, else empty), warnings."""

    format: str
    cues: tuple[Cue, ...]
    language: str = ""
    warnings: tuple[Reason, ...] = ()


def read_subtitles(content: bytes, name: str) -> Subtitles:
    """Read a file. `name` is for the messages; raises `RefusedInput`."""
    if len(content) > conf.SUBTITLE_MAX_BYTES:
        raise RefusedInput("subtitle_size", name=name)
    read = _read(content, name)
    if not read.cues:
        raise RefusedInput("subtitle_empty", name=name)
    if len(read.cues) > conf.SUBTITLE_MAX_CUES:
        raise RefusedInput("subtitle_size", name=name)
    cues, repairs = repair(list(read.cues), name)
    return Subtitles(read.format, tuple(cues), read.language, (*read.warnings, *repairs))


def _read(content: bytes, name: str) -> Subtitles:
    if is_stl(content):
        cues, language, warnings = read_stl(content, name)
        return Subtitles("EBU STL", tuple(cues), language, tuple(warnings))
    text = decode_text(content)
    if not text.strip():
        raise RefusedInput("subtitle_empty", name=name)
    if text.lstrip().startswith("<"):
        cues, language, warnings = read_ttml(content.lstrip(b" \t\r\n"), name)
        return Subtitles("TTML", tuple(cues), language, tuple(warnings))
    lines = re.split(r"\r\n|\n|\r", text)
    if is_webvtt(lines):
        cues, language = read_webvtt(lines, name)
        return Subtitles("WebVTT", tuple(cues), language)
    if is_ass(lines):
        return Subtitles("ASS", tuple(read_ass(lines, name)))
    if is_chapter_list(lines):
        return Subtitles("chapter list", tuple(read_chapter_list(lines, name)))
    return Subtitles("SubRip", tuple(read_subrip(lines, name)))


def decode_text(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else UTF-16 by its zero bytes, else as Windows' Latin 1."""
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
    if b"\x00" in content[:200]:
        order = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return content.decode(order, errors="replace")
    return content.decode("cp1252", errors="replace")
