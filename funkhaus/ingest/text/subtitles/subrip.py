r"""Reader of SubRip (.srt), which has no standard; keeps colors of `font`, positions and emphasis of `{\…}`."""

from __future__ import annotations

import re
from dataclasses import replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import Cue, clean_markup, drop_controls, tidy_lines
from funkhaus.ingest.text.subtitles.positions import place_numpad
from funkhaus.ingest.text.subtitles.styles import name_classes, read_color
from funkhaus.ingest.text.subtitles.timing import read_timing

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+(.*))?$", re.ASCII)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_PLACE = re.compile(r"\\an([1-9])", re.ASCII)
_EMPHASIS = re.compile(r"\{\\([biu])([01])\}|\{([/]?)([BIUbiu])\}", re.ASCII)
_FONT = re.compile(r"<font\b([^<>]*)>", re.IGNORECASE)
_FONT_END = re.compile(r"</font\s*>", re.IGNORECASE)
_COLOR = re.compile(r"color\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


def read_subrip(lines: list[str], name: str) -> list[Cue]:
    """Return the cues; each reaches from its timing line to the next. Raises `RefusedInput` with the line.

    The numbers before timing lines are ignored, and blank lines inside a text are tolerated.
    """
    marks = [number for number, line in enumerate(lines) if "-->" in line]
    first = next(number for number, line in enumerate(lines) if line.strip())
    if not marks or first < marks[0] - 1 or (first == marks[0] - 1 and not lines[first].strip().isdigit()):
        raise RefusedInput("subtitle_format", name=name, line=first + 1)
    cues = []
    for mark, following in zip(marks, [*marks[1:], len(lines)], strict=True):
        cue = read_timing(_TIMING, lines[mark], mark + 1, name)
        body = lines[mark + 1 : following]
        if following < len(lines) and body and body[-1].strip().isdigit():
            body = body[:-1]
        cues.append(_fill(cue, body))
    return [cue for cue in cues if cue.text]


def _fill(cue: Cue, body: list[str]) -> Cue:
    text = "\n".join(kept for line in body if (kept := drop_controls(line.expandtabs(1)).rstrip()).strip())
    found = _PLACE.search(text)
    text = _OVERRIDE.sub("", _EMPHASIS.sub(_write_emphasis, text))
    text = _FONT_END.sub("</c>", _FONT.sub(_write_color, text))
    words = tidy_lines(clean_markup(text))
    return replace(cue, text=words, settings=place_numpad(int(found[1])) if found else "")


def _write_emphasis(found: re.Match[str]) -> str:
    r"""Return the tag for `{\i1}` and `{\i0}`, and for the `{i}` of older programs."""
    if found[1]:
        return f"<{found[1]}>" if found[2] == "1" else f"</{found[1]}>"
    return f"<{found[3]}{found[4].lower()}>"


def _write_color(found: re.Match[str]) -> str:
    color = _COLOR.search(found[1])
    classes = name_classes(read_color(color[1]) or "", "") if color else []
    return f"<c{''.join(f'.{one}' for one in classes)}>"
