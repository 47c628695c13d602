"""Read the dialogue of ASS and SSA (Advanced SubStation Alpha): words, colors, places; none of the choreography."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cues import Cue
from funkhaus.ingest.text.subtitles.positions import place_numpad
from funkhaus.ingest.text.subtitles.styles import PLAIN, Run, TextStyle, name_color, write_runs
from funkhaus.ingest.text.subtitles.timing import read_milliseconds

_TIME = re.compile(r"\s*(\d{1,2}):([0-5]\d):([0-5]\d)[.:](\d{1,3})\s*$", re.ASCII)
_OVERRIDE = re.compile(r"\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(1?c|an|a|i|b|u|r|p)(&H[0-9A-Fa-f]{1,8}&?|\d{0,4})(?![a-z])", re.ASCII)
_LEGACY = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}  # SSA's \a in the order of \an
_EVENT_FIELDS = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]


def is_ass(lines: list[str]) -> bool:
    """True for the section that every such file begins with."""
    return next((line.strip().lower() for line in lines if line.strip()), "") == "[script info]"


def read_ass(lines: list[str], name: str) -> list[Cue]:
    """Return the dialogue in the file's order; drawings and comments are no text."""
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
    """The look and the place of a style; the usual one in most files is called Default, and its color is no color."""
    number = row.get("alignment", "2")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 2
    place = _LEGACY.get(place, 2) if is_old else place
    is_default = row.get("name", "").lstrip("*") == "Default"
    look = replace(
        PLAIN,
        color="white" if is_default else _read_color(row.get("primarycolour", "")),
        is_italic=row.get("italic", "0") not in {"0", ""},
    )
    return look, place if 1 <= place <= 9 else 2


def _read_event(row: Mapping[str, str], styles: Mapping[str, tuple[TextStyle, int]], number: int, name: str) -> Cue:
    times = [_TIME.match(row.get(field, "")) for field in ("start", "end")]
    if times[0] is None or times[1] is None:
        raise RefusedInput("subtitle_timing", name=name, line=number, text=str(row.get("start", ""))[:60])
    # Two decimals are the rule, so they are hundredths.
    start_ms, end_ms = (read_milliseconds(found.groups()) for found in times if found)
    if end_ms < start_ms:
        raise RefusedInput("subtitle_backwards", name=name, line=number)
    look, place = styles.get(row.get("style", "").strip().lstrip("*"), (PLAIN, 2))
    runs, place = _read_runs(row.get("text", ""), look, place)
    return Cue(start_ms, end_ms, write_runs(runs), place_numpad(place), number)


def _read_runs(text: str, base: TextStyle, place: int) -> tuple[list[Run], int]:
    runs: list[Run] = []
    look, is_drawing, at = base, False, 0
    for found in [*_OVERRIDE.finditer(text), None]:
        words = text[at : found.start() if found else len(text)]
        if words and not is_drawing:
            runs.append((words.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0"), look))
        if found is None:
            break
        at = found.end()
        for command, value in _COMMAND.findall(found[1]):
            if command == "p":
                is_drawing = value not in {"", "0"}
            elif command in {"an", "a"}:
                number = int(value) if value.isdigit() else 2
                number = _LEGACY.get(number, 2) if command == "a" else number
                place = number if 1 <= number <= 9 else place
            else:
                look = _apply(look, base, command, value)
    return runs, place


def _apply(look: TextStyle, base: TextStyle, command: str, value: str) -> TextStyle:
    if command == "r":
        return base
    if command in {"c", "1c"}:
        return replace(look, color=_read_color(value) if value else base.color)
    is_on = value not in {"", "0"}
    if command == "i":
        return replace(look, is_italic=is_on)
    return replace(look, is_bold=is_on) if command == "b" else replace(look, is_underlined=is_on)


def _read_color(value: str) -> str:
    """`&HAABBGGRR`, or the same as a decimal number in old files."""
    digits = value.strip("&Hh")
    try:
        number = int(digits, 16) if "&" in value else int(value)
    except ValueError:
        return "white"
    return name_color(number & 255, number >> 8 & 255, number >> 16 & 255)
