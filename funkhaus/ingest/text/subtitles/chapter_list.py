"""Reader of chapters as lines of text: `HH:MM:SS title`, as people paste them."""

from __future__ import annotations

import re
from dataclasses import replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import Cue, drop_controls, escape_text
from funkhaus.ingest.text.subtitles.timing import read_milliseconds

_LINE = re.compile(r"\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?[ \t]+(?:[-–—][ \t]+)?(\S.*)$", re.ASCII)
LAST_MS = 5000  # the last chapter's own length is not known; only its start counts
TITLE_LENGTH = 200  # characters: as the probe cuts the titles of chapters inside media files


def is_chapter_list(lines: list[str]) -> bool:
    """Tell whether the first line that is not blank has a time and a title."""
    first = next(line for line in lines if line.strip())
    return "-->" not in first and _LINE.match(first) is not None


def read_chapter_list(lines: list[str], name: str) -> list[Cue]:
    """Return a cue from each chapter to the next; raise `RefusedInput` with the line."""
    cues: list[Cue] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _LINE.match(line)
        if found is None:
            raise RefusedInput("chapter_line", name=name, line=number, text=line.strip()[:60])
        at_ms = read_milliseconds(found.groups()[:4])
        if cues and at_ms <= cues[-1].start_ms:
            raise RefusedInput("chapter_order", name=name, line=number)
        if cues:
            cues[-1] = replace(cues[-1], end_ms=at_ms)
        title = escape_text(drop_controls(found[5]).strip()[:TITLE_LENGTH])
        cues.append(Cue(at_ms, at_ms + LAST_MS, title, "", number))
    return cues
