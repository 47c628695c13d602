"""Reader of ASS and SSA (Advanced SubStation Alpha): keeps text, colors and positions, but no animation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.subtitles.positions import place_numpad
from funkhaus.ingest.text.subtitles.styles import PLAIN, Run, TextStyle, name_color, write_runs
from funkhaus.ingest.text.subtitles.timing import read_milliseconds

_TIME = re.compile(r"\s*(\d{1,2}):([0-5]\d):([0-5]\d)[.:](\d{1,3})\s*$", re.ASCII)
_OVERRIDE = re.compile(r"\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(1?c|an|a|i|b|u|r|p)(&H[0-9A-Fa-f]{1,8}&?|\d{0,4})(?![a-z])", re.ASCII)
_LEGACY = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}  # SSA's alignment (`\a`) as that of ASS (`\an`)
_EVENT_FIELDS = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]


def is_ass(lines: list[str]) -> bool:
    """Tell whether the lines begin with the section that every such file begins with."""
    return next((line.strip().lower() for line in lines if line.strip()), "") == "[script info]"


def read_ass(lines: list[str], name: str) -> list[Cue]:
    """Return the dialogue in the file's order, without drawings and comments; raise `RefusedInput` with the line."""
    section, fields, styles, cues = "", _EVENT_FIELDS, dict[str, tuple[TextStyle, int]](), []
    style_fields: list[str] = []
    for number, line in enumerate(lines, 1):
        key, _, value = line.strip().partition(":")
        key = key.strip().lower()
        if line.lstrip().startswith("["):
            section = line.strip().lower()
        elif key == "format" and section == "[events]":
            fields = [field.strip().lower() for field in value.split(",")]
        elif key == "format":
            style_fields = [field.strip().lower() for field in value.split(",")]
        elif key == "style":
            row = dict(zip(style_fields, (part.strip() for part in value.split(",")), strict=False))
            styles[row.get("name", "").lstrip("*")] = _read_style(row, is_old=section == "[v4 styles]")
        elif key == "dialogue" and section == "[events]":
            row = dict(zip(fields, value.split(",", len(fields) - 1), strict=False))
            cues.append(_read_event(row, styles, number, name))
    return [cue for cue in cues if cue.text]


def _read_style(row: Mapping[str, str], *, is_old: bool) -> tuple[TextStyle, int]:
    """Return style and alignment (1 to 9, like a number pad); the color of the style «Default» is ignored."""
    number = row.get("alignment", "2")
    alignment = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 2
    alignment = _LEGACY.get(alignment, 2) if is_old else alignment
    is_default = row.get("name", "").lstrip("*") == "Default"
    style = replace(
        PLAIN,
        color="white" if is_default else _read_color(row.get("primarycolour", "")),
        is_italic=row.get("italic", "0") not in {"0", ""},
    )
    return style, alignment if 1 <= alignment <= 9 else 2


def _read_event(row: Mapping[str, str], styles: Mapping[str, tuple[TextStyle, int]], number: int, name: str) -> Cue:
    times = [_TIME.match(row.get(field, "")) for field in ("start", "end")]
    if times[0] is None or times[1] is None:
        raise RefusedInput("subtitle_timing", name=name, line=number, text=str(row.get("start", ""))[:60])
    # The format has two decimals, which are hundredths.
    start_ms, end_ms = (read_milliseconds(found.groups()) for found in times if found)
    if end_ms < start_ms:
        raise RefusedInput("subtitle_backwards", name=name, line=number)
    style, alignment = styles.get(row.get("style", "").strip().lstrip("*"), (PLAIN, 2))
    runs, alignment = _read_runs(row.get("text", ""), style, alignment)
    return Cue(start_ms, end_ms, write_runs(runs), place_numpad(alignment), number)


def _read_runs(text: str, base: TextStyle, alignment: int) -> tuple[list[Run], int]:
    runs: list[Run] = []
    style, is_drawing, at = base, False, 0
    for found in [*_OVERRIDE.finditer(text), None]:
        words = text[at : found.start() if found else len(text)]
        if words and not is_drawing:
            runs.append((words.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0"), style))
        if found is None:
            break
        at = found.end()
        for command, value in _COMMAND.findall(found[1]):
            if command == "p":
                is_drawing = value not in {"", "0"}
            elif command in {"an", "a"}:
                number = int(value) if value.isdigit() else 2
                number = _LEGACY.get(number, 2) if command == "a" else number
                alignment = number if 1 <= number <= 9 else alignment
            else:
                style = _apply(style, base, command, value)
    return runs, alignment


def _apply(style: TextStyle, base: TextStyle, command: str, value: str) -> TextStyle:
    if command == "r":
        return base
    if command in {"c", "1c"}:
        return replace(style, color=_read_color(value) if value else base.color)
    is_on = value not in {"", "0"}
    if command == "i":
        return replace(style, is_italic=is_on)
    return replace(style, is_bold=is_on) if command == "b" else replace(style, is_underlined=is_on)


def _read_color(value: str) -> str:
    """Return the name of a color: `&HAABBGGRR`, or the same as a decimal number in old files."""
    digits = value.strip("&Hh")
    try:
        number = int(digits, 16) if "&" in value else int(value)
    except ValueError:
        return "white"
    return name_color(number & 255, number >> 8 & 255, number >> 16 & 255)  # red is the lowest byte
