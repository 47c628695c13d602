"""Styles of text: the eight colors of teletext, which WebVTT names, and the markup for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from funkhaus.ingest.text.subtitles.cue_markup import drop_controls, escape_text

# The color classes of the WebVTT standard (section 5, "default CSS"), by red, green and blue.
NAMES = ("black", "blue", "lime", "cyan", "red", "magenta", "yellow", "white")
_DARK = 48  # of 255: below it everything is black
_HEX = re.compile(r"#([0-9a-f]{3,8})", re.ASCII)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(\d{1,3}(?:\.\d+)?)\s*)?\)", re.ASCII)
# The named colors of TTML 1 and HTML 4 that are not among the eight.
_NAMED = {
    "transparent": "",
    "green": "lime",
    "aqua": "cyan",
    "fuchsia": "magenta",
    "silver": "white",
    "gray": "white",
    "grey": "white",
}
_NAMED |= {"maroon": "red", "purple": "magenta", "olive": "yellow", "navy": "blue", "teal": "cyan", "orange": "yellow"}


@dataclass(frozen=True)
class TextStyle:
    """Color and background by name, and the three kinds of emphasis. A black background is the default."""

    color: str = "white"
    background: str = "black"
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False


PLAIN = TextStyle()
Run = tuple[str, TextStyle]


def name_color(red: int, green: int, blue: int) -> str:
    """Return the nearest of the eight colors: a channel counts as lit above half of the brightest."""
    brightest = max(red, green, blue)
    if brightest < _DARK:
        return "black"
    lit = [channel > brightest / 2 for channel in (red, green, blue)]
    return NAMES[4 * lit[0] + 2 * lit[1] + lit[2]]


def read_color(text: str) -> str | None:
    """Return the name of a color as CSS, TTML and SRT write it; "" for a transparent one, None for no color."""
    text = text.strip().strip("\"'").lower()
    if text in NAMES or text in _NAMED:
        return _NAMED.get(text, text)
    if found := _HEX.fullmatch(text):
        return _read_digits(found[1])
    if found := _RGB.fullmatch(text):
        is_clear = found[4] is not None and float(found[4]) == 0
        return "" if is_clear else name_color(*(min(int(part), 255) for part in found.groups()[:3]))
    return None


def _read_digits(digits: str) -> str | None:
    """Return the name of a color of three to eight hexadecimal digits: red, green, blue, alpha."""
    digits = digits if len(digits) >= 6 else "".join(digit * 2 for digit in digits)
    if len(digits) not in {6, 8}:
        return None
    red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
    return name_color(red, green, blue) if alpha else ""


def write_runs(runs: Sequence[Run]) -> str:
    """Return runs of text as cue text: spaces folded, lines trimmed, no empty line, tags around equal styles."""
    lines = [_fold(line) for line in _cut_lines(runs)]
    joined: list[Run] = []
    for line in (line for line in lines if any(text.strip() for text, _style in line)):
        if joined:
            # A line break takes the style around it, so that one speaker's lines stay in one tag.
            joined.append(("\n", line[0][1]))
        joined += line
    return "".join(_tag(text, style) for text, style in _merge(joined))


def _cut_lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for text, style in runs:
        first, *others = text.split("\n")
        lines[-1].append((first, style))
        lines += [[(other, style)] for other in others]
    return lines


def _fold(line: list[Run]) -> list[Run]:
    """Fold spaces over the runs of one line, and leave out empty runs."""
    folded: list[Run] = []
    ends_in_space = True
    for text, style in line:
        words = re.sub(r"[ \t\r]+", " ", drop_controls(text))
        words = words.lstrip(" ") if ends_in_space else words
        if words:
            folded.append((words, style))
            ends_in_space = words.endswith(" ")
    while folded and not folded[-1][0].rstrip(" "):
        folded.pop()
    if folded:
        folded[-1] = (folded[-1][0].rstrip(" "), folded[-1][1])
    return folded


def _merge(runs: list[Run]) -> list[Run]:
    merged: list[tuple[list[str], TextStyle]] = []  # lists: to add to a string again and again takes quadratic time
    for text, style in runs:
        if merged and (merged[-1][1] == style or not text.strip()):
            merged[-1][0].append(text)
        else:
            merged.append(([text], style))
    return [("".join(texts), style) for texts, style in merged]


def _tag(text: str, style: TextStyle) -> str:
    # Spaces and breaks at the ends are written outside of the tags.
    words = text.strip(" \n")
    if not words:
        return text
    head, _, tail = text.partition(words)
    written = escape_text(words)
    for is_set, name in ((style.is_underlined, "u"), (style.is_italic, "i"), (style.is_bold, "b")):
        written = f"<{name}>{written}</{name}>" if is_set else written
    classes = name_classes(style.color, style.background)
    return head + (f"<c.{'.'.join(classes)}>{written}</c>" if classes else written) + tail


def name_classes(color: str, background: str) -> list[str]:
    """Return the classes for a color on a background; white and black are the default and need none."""
    ground = background if background not in {"black", ""} else ""
    # Black without a background of its own would be black on black.
    front = color if color and color != "white" and (color != "black" or ground) else ""
    return [*([front] if front else []), *([f"bg_{ground}"] if ground else [])]
