"""Read WebVTT (W3C) and SRT; errors name the line."""

from __future__ import annotations

import re
from dataclasses import replace

from funkhaus.ingest import conf
from funkhaus.ingest.errors import RefusedInput
from funkhaus.ingest.subtitles.cues import Cue, clean_markup

_VTT_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_SRT_TIME = r"(?:(\d{1,3}):)([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_VTT_TIMING = re.compile(rf"\s*{_VTT_TIME}\s+-->\s+{_VTT_TIME}(?:\s+(.*))?$")
_SRT_TIMING = re.compile(rf"\s*{_SRT_TIME}\s*-->\s*{_SRT_TIME}(?:\s+.*)?$")
_PERCENT = r"(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%"
_SETTING = re.compile(
    rf"vertical:(?:rl|lr)|line:(?:-?\d+|{_PERCENT})(?:,(?:start|center|end))?"
    rf"|position:{_PERCENT}(?:,(?:line-left|center|line-right))?|size:{_PERCENT}|align:(?:start|center|end|left|right)"
)
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_ASS_OVERRIDE = re.compile(r"\{\\[^{}]*\}")


def read_subtitles(content: bytes, name: str) -> list[Cue]:
    """Return the cues in order of time. `name` is for the messages; raises `RefusedInput`."""
    if len(content) > conf.SUBTITLE_MAX_BYTES:
        raise RefusedInput("subtitle_size", name=name)
    text = decode_text(content)
    if not text.strip():
        raise RefusedInput("subtitle_empty", name=name)
    lines = re.split(r"\r\n|\n|\r", text)
    is_webvtt = re.match(r"WEBVTT(?:[ \t]|$)", lines[0]) is not None
    cues = _read_webvtt(lines, name) if is_webvtt else _read_srt(lines, name)
    if not cues:
        raise RefusedInput("subtitle_empty", name=name)
    if len(cues) > conf.SUBTITLE_MAX_CUES:
        raise RefusedInput("subtitle_size", name=name)
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


def decode_text(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else UTF-16 by its zero bytes, else as Windows' Latin 1."""
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


def _read_webvtt(lines: list[str], name: str) -> list[Cue]:
    cues, place = [], _end_of_block(lines, 0)
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        end = _end_of_block(lines, place)
        block = lines[place:end]
        if not _BLOCK.match(block[0]) or "-->" in block[0]:
            cues.append(_read_block(block, place + 1, name))
        place = end
    return [cue for cue in cues if cue.text]


def _end_of_block(lines: list[str], place: int) -> int:
    while place < len(lines) and lines[place].strip():
        place += 1
    return place


def _read_block(block: list[str], first_line: int, name: str) -> Cue:
    """A block is an optional name, the timing, the text."""
    offset = next((number for number, line in enumerate(block[:2]) if "-->" in line), None)
    if offset is None:
        raise RefusedInput("subtitle_timing", name=name, line=first_line, text=block[0][:60])
    cue = _read_timing(_VTT_TIMING, block[offset], first_line + offset, name)
    return replace(cue, text=_clean_text(block[offset + 1 :], is_srt=False))


def _read_srt(lines: list[str], name: str) -> list[Cue]:
    """The timing lines cut the file; numbers before them and blank lines inside a text are no matter."""
    marks = [number for number, line in enumerate(lines) if "-->" in line]
    first = next(number for number, line in enumerate(lines) if line.strip())
    if not marks or first < marks[0] - 1 or (first == marks[0] - 1 and not lines[first].strip().isdigit()):
        raise RefusedInput("subtitle_format", name=name, line=first + 1)
    cues = []
    for mark, following in zip(marks, [*marks[1:], len(lines)], strict=True):
        cue = _read_timing(_SRT_TIMING, lines[mark], mark + 1, name)
        body = lines[mark + 1 : following]
        if following < len(lines) and body and body[-1].strip().isdigit():
            body = body[:-1]
        cues.append(replace(cue, text=_clean_text(body, is_srt=True)))
    return [cue for cue in cues if cue.text]


def _read_timing(pattern: re.Pattern[str], line: str, number: int, name: str) -> Cue:
    found = pattern.match(line)
    if found is None:
        raise RefusedInput("subtitle_timing", name=name, line=number, text=line.strip()[:60])
    start_ms, end_ms = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
    if end_ms <= start_ms:
        raise RefusedInput("subtitle_backwards", name=name, line=number)
    words = (found[9] or "").split() if pattern is _VTT_TIMING else []
    settings = {word.partition(":")[0]: word for word in words if _SETTING.fullmatch(word)}
    return Cue(start_ms, end_ms, "", " ".join(settings.values()), number)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return 1000 * whole + int((fraction or "0").ljust(3, "0"))


def _clean_text(lines: list[str], *, is_srt: bool) -> str:
    kept = [_CONTROL.sub("", line.expandtabs(1)).rstrip() for line in lines]
    if is_srt:
        kept = [_ASS_OVERRIDE.sub("", line) for line in kept]
    return clean_markup("\n".join(line for line in kept if line.strip()))
