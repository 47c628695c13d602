"""Times of cues: reads timing lines, moves a programme's start to zero, repairs what cannot be shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.cue_markup import Cue, read_plain

HOUR_MS = 3_600_000
SHORTEST_MS = 300  # a shorter cue is over before it was seen
READ_MS_PER_CHARACTER = 60  # 17 characters a second, the usual reading speed of subtitles for adults
OVERLAP_MENDED_MS = 200  # an error of some frames; a longer overlap is two people speaking at once


def read_milliseconds(parts: Sequence[str | None]) -> int:
    """Return milliseconds from hours, minutes, seconds and decimals of a second, as a match has them."""
    hours, minutes, seconds, fraction = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return 1000 * whole + int((fraction or "0").ljust(3, "0")[:3])


def read_timing(pattern: re.Pattern[str], line: str, number: int, name: str) -> Cue:
    """Return a cue without text from a timing line; `pattern` has four groups for each time, then the settings."""
    found = pattern.match(line)
    if found is None:
        raise RefusedInput("subtitle_timing", name=name, line=number, text=line.strip()[:60])
    start_ms, end_ms = read_milliseconds(found.groups()[:4]), read_milliseconds(found.groups()[4:8])
    if end_ms < start_ms:
        raise RefusedInput("subtitle_backwards", name=name, line=number)
    return Cue(start_ms, end_ms, "", found[9] or "", number)


def move_start(cues: list[Cue], start_ms: int | None, name: str) -> tuple[list[Cue], list[Reason]]:
    """Return the cues with the programme's start moved to zero (tapes begin at 10:00:00:00), and a warning.

    `start_ms` is the start that the file states, None where it states none; then whole hours in front of the first cue
    are subtracted. Cues before the start are moved to it, never dropped.
    """
    first_ms = min((cue.start_ms for cue in cues), default=0)
    last_ms = max((cue.end_ms for cue in cues), default=0)
    if start_ms is None or start_ms == 0 or start_ms >= last_ms:  # a start behind the last cue is wrong
        start_ms = first_ms - first_ms % HOUR_MS
    if start_ms == 0:
        return cues, []
    moved = [
        replace(cue, start_ms=max(0, cue.start_ms - start_ms), end_ms=max(0, cue.end_ms - start_ms)) for cue in cues
    ]
    return moved, [Reason("subtitle_start_moved", {"name": name, "start": write_clock(start_ms)})]


def repair(cues: list[Cue], name: str) -> tuple[list[Cue], list[Reason]]:
    """Sort cues by time and lengthen those too short to be seen; return a warning for each kind of repair.

    A small overlap with the next cue at the same position is cut; a large one is kept, with a warning.
    """
    warnings: list[Reason] = []
    ordered = sorted(cues, key=lambda cue: cue.start_ms)
    moved = [cue for before, cue in pairwise(cues) if cue.start_ms < before.start_ms]
    if moved:
        warnings.append(_tell("subtitle_order", name, moved))
    short = [cue for cue in ordered if cue.end_ms - cue.start_ms < SHORTEST_MS]
    lengthened = _lengthen_all(ordered) if short else ordered
    if short:
        warnings.append(_tell("subtitle_short", name, short))
    cut, overlaps = _cut_overlaps(lengthened)
    if overlaps:
        warnings.append(_tell("subtitle_overlap", name, overlaps))
    return cut, warnings


def find_beyond(cues: Sequence[Cue], duration_ms: int, name: str) -> list[Reason]:
    """Return a warning where cues begin after the end of the film: nobody will ever see them."""
    beyond = [cue for cue in cues if cue.start_ms >= duration_ms]
    return [_tell("subtitle_beyond", name, beyond)] if beyond else []


def _tell(code: str, name: str, cues: Sequence[Cue]) -> Reason:
    return Reason(code, {"name": name, "count": len(cues), "first": write_clock(cues[0].start_ms)})


def _lengthen_all(ordered: Sequence[Cue]) -> list[Cue]:
    """Lengthen the short ones of cues in order of time, each at most to the next later start; in linear time."""
    lengthened: list[Cue] = []
    next_ms: int | None = None  # the start of the nearest cue that starts later than `start_ms`
    start_ms: int | None = None
    for cue in reversed(ordered):
        if cue.start_ms != start_ms:
            next_ms, start_ms = start_ms, cue.start_ms
        lengthened.append(_lengthen(cue, next_ms) if cue.end_ms - cue.start_ms < SHORTEST_MS else cue)
    return lengthened[::-1]


def _lengthen(cue: Cue, next_ms: int | None) -> Cue:
    wanted = cue.start_ms + max(1000, READ_MS_PER_CHARACTER * len(read_plain(cue.text)))  # a second at least
    until_ms = wanted if next_ms is None else min(wanted, next_ms)
    return replace(cue, end_ms=max(cue.end_ms, until_ms, cue.start_ms + SHORTEST_MS))


def _cut_overlaps(cues: list[Cue]) -> tuple[list[Cue], list[Cue]]:
    cut, overlaps = list(cues), []
    for index, (cue, following) in enumerate(pairwise(cues)):
        over_ms = cue.end_ms - following.start_ms
        if over_ms <= 0 or cue.settings != following.settings:
            continue
        if over_ms <= OVERLAP_MENDED_MS and following.start_ms - cue.start_ms >= SHORTEST_MS:
            cut[index] = replace(cue, end_ms=following.start_ms)
        overlaps.append(following)
    return cut, overlaps


def write_clock(moment_ms: int) -> str:
    """Return a moment as WebVTT writes it: hours, minutes, seconds and milliseconds."""
    seconds, milliseconds = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
