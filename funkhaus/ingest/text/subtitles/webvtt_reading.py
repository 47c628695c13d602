"""Reader of WebVTT (W3C, https://www.w3.org/TR/webvtt1/): strict, so that an editor learns of every mistake."""

from __future__ import annotations

import re
from dataclasses import replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import Cue, clean_markup, drop_controls, tidy_lines
from funkhaus.ingest.text.subtitles.styles import name_classes, read_color
from funkhaus.ingest.text.subtitles.timing import read_timing

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(.*))?$", re.ASCII)
_PERCENT = r"(?:100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)%"
_SETTING = re.compile(
    rf"vertical:(?:rl|lr)|line:(?:-?\d{{1,4}}|{_PERCENT})(?:,(?:start|center|end))?"
    rf"|position:{_PERCENT}(?:,(?:line-left|center|line-right))?|size:{_PERCENT}|align:(?:start|center|end|left|right)",
    re.ASCII,
)
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t]|$)")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_HEAD_LANGUAGE = re.compile(r"Language:\s*([A-Za-z0-9-]{2,35})\s*$", re.ASCII)
_RULE = re.compile(r"::cue\(\s*(?:c|v|i|b|u)?\.([\w-]{1,40})\s*\)\s*\{([^{}]{0,500})\}", re.ASCII)
_COLOR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;]{1,60})")

Classes = dict[str, tuple[str, ...]]


def is_webvtt(lines: list[str]) -> bool:
    """Tell whether the first line has the signature."""
    return _SIGNATURE.match(lines[0]) is not None


def read_webvtt(lines: list[str], name: str) -> tuple[list[Cue], str]:
    """Return the cues in the file's order, and the language that the header names, empty when it names none."""
    index = _end_of_block(lines, 0)
    language = next((found[1] for line in lines[:index] if (found := _HEAD_LANGUAGE.match(line))), "")
    cues, classes = [], Classes()
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        end = _end_of_block(lines, index)
        block = lines[index:end]
        other = None if "-->" in block[0] else _BLOCK.match(block[0])
        if other is None:
            cues.append(_read_block(block, index + 1, name, classes))
        elif other[1] == "STYLE":
            classes |= _read_style(block)
        index = end
    return [cue for cue in cues if cue.text], language


def pick_settings(text: str) -> str:
    """Return the valid cue settings, the last of each name."""
    return " ".join({word.partition(":")[0]: word for word in text.split() if _SETTING.fullmatch(word)}.values())


def _end_of_block(lines: list[str], index: int) -> int:
    while index < len(lines) and lines[index].strip():
        index += 1
    return index


def _read_block(block: list[str], first_line: int, name: str, classes: Classes) -> Cue:
    """Return the cue of a block: an optional identifier, the timing, the text."""
    offset = next((number for number, line in enumerate(block[:2]) if "-->" in line), None)
    if offset is None:
        raise RefusedInput("subtitle_timing", name=name, line=first_line, text=block[0][:60])
    cue = read_timing(_TIMING, block[offset], first_line + offset, name)
    text = "\n".join(drop_controls(line.expandtabs(1)).rstrip(" ") for line in block[offset + 1 :])
    return replace(cue, text=tidy_lines(clean_markup(text, classes)), settings=pick_settings(cue.settings))


def _read_style(block: list[str]) -> Classes:
    """Return the colors that a style sheet gives to classes: they identify speakers; the sheet is not kept."""
    classes = Classes()
    for name, rules in _RULE.findall(" ".join(block[1:])):
        colors = {key.partition("-")[0]: read_color(value.strip()) or "" for key, value in _COLOR.findall(rules)}
        if colors:
            classes[name] = tuple(name_classes(colors.get("color", ""), colors.get("background", "")))
    return classes
