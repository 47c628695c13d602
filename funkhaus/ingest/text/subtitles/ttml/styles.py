"""Styles and regions of TTML: which color, emphasis and place a piece of text has (W3C TTML2, sections 10 and 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from funkhaus.ingest.text.subtitles.positions import place
from funkhaus.ingest.text.subtitles.styles import TextStyle, read_color
from funkhaus.ingest.text.subtitles.ttml.xml_tree import Element

# What passes on from a parent; a background does not, but text stands on that of the boxes around it.
INHERITED = (
    "tts:color",
    "tts:backgroundColor",
    "tts:fontStyle",
    "tts:fontWeight",
    "tts:textDecoration",
    "tts:textAlign",
    "tts:visibility",
)
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(%|px|c|rh|rw)", re.ASCII)
_CHAIN = 20  # styles that name styles

Values = dict[str, str]


@dataclass
class Sheet:
    """The styles and regions of a document by their ids, and what lengths are measured by."""

    styles: dict[str, Values] = field(default_factory=dict)
    regions: dict[str, Values] = field(default_factory=dict)
    initial: Values = field(default_factory=dict)
    pixels: tuple[float, float] | None = None
    cells: tuple[float, float] = (32.0, 15.0)

    def compute(self, element: Element, inherited: Mapping[str, str]) -> Values:
        """The values of an element: its parent's, its styles', its own."""
        return {**inherited, **self.specify(element)}

    def specify(self, element: Element) -> Values:
        """The values that an element has of itself: by its styles, then by its own attributes."""
        values: Values = {}
        for one in element.attributes.get("style", "").split():
            values |= self.styles.get(one, {})
        return values | _own_values(element)

    def place(self, values: Mapping[str, str], region: str) -> str:
        """The WebVTT settings for text with these values in a region."""
        box = self.regions.get(region, {})
        left, top = self._pair(box.get("tts:origin", ""), (0.0, 0.0))
        width, height = self._pair(box.get("tts:extent", ""), (100.0 - left, 100.0 - top))
        align = {"left": "left", "start": "left", "right": "right", "end": "right"}.get(
            # TTML begins at the start of a line; where nobody placed anything, the middle is what players take.
            values.get("tts:textAlign", "start" if box else "center"),
            "center",
        )
        if values.get("tts:direction") == "rtl" and values.get("tts:textAlign") in {"start", "end"}:
            align = {"left": "right", "right": "left"}[align]
        edge = box.get("tts:displayAlign", "before" if box else "after")
        if edge == "after":
            bottom = top + height
            # The words grow upwards from the lower edge; two lines take about a tenth of the picture.
            upper = None if bottom >= 80 else max(0.0, bottom - 10)
        else:
            upper = top + height / 2 - 5 if edge == "center" else top
            upper = None if upper >= 75 else upper
        return place(top=upper, align=align, left=max(left, 5.0), width=min(width, 90.0))

    def _pair(self, text: str, default: tuple[float, float]) -> tuple[float, float]:
        """Two lengths in percent of the picture."""
        found = _LENGTH.findall(text)
        if len(found) != 2:
            return default
        pixels = self.pixels or (1920.0, 1080.0)
        sizes = {"px": pixels, "c": self.cells}
        figures = []
        for axis, (number, unit) in enumerate(found):
            value = float(number)
            if unit in sizes:
                value = 100 * value / sizes[unit][axis]
            figures.append(max(0.0, min(100.0, value)))
        return figures[0], figures[1]


def read_look(values: Mapping[str, str]) -> TextStyle:
    """The look of text with these values."""
    decoration = values.get("tts:textDecoration", "").split()
    background = read_color(values.get("tts:backgroundColor", "transparent"))
    return TextStyle(
        color=read_color(values.get("tts:color", "white")) or "white",
        background=background or "black",
        is_bold=values.get("tts:fontWeight") == "bold",
        is_italic=values.get("tts:fontStyle") in {"italic", "oblique"},
        is_underlined="underline" in decoration and "noUnderline" not in decoration,
    )


def read_sheet(root: Element) -> Sheet:
    """Read styles and regions from the head."""
    sheet = Sheet()
    sheet.cells = _read_size(root.attributes.get("ttp:cellResolution", "32 15"), r"(\d+) +(\d+)") or sheet.cells
    sheet.pixels = _read_size(root.attributes.get("tts:extent", ""), r"(\d+)(?:\.\d+)?px +(\d+)(?:\.\d+)?px")
    raw = {one.attributes.get("xml:id", ""): one for one in _list_in_head(root, "styling", "style")}
    for one in _list_in_head(root, "styling", "initial"):
        sheet.initial |= _own_values(one)
    for key, element in raw.items():
        sheet.styles[key] = _follow(element, raw, _CHAIN)
    for region in _list_in_head(root, "layout", "region"):
        sheet.regions[region.attributes.get("xml:id", "")] = _read_region(region, sheet)
    return sheet


def _list_in_head(root: Element, group: str, name: str) -> list[Element]:
    heads = [child for child in root.elements if child.name == "head"]
    groups = [child for head in heads for child in head.elements if child.name == group]
    return [child for one in groups for child in one.elements if child.name == name]


def _read_region(region: Element, sheet: Sheet) -> Values:
    nested: Values = {}
    for child in region.elements:
        if child.name == "style":
            nested |= sheet.specify(child)
    return nested | sheet.specify(region)


def _follow(element: Element, raw: Mapping[str, Element], left: int) -> Values:
    """A style with what the styles that it names bring; a circle ends after some steps."""
    values: Values = {}
    for one in element.attributes.get("style", "").split()[:_CHAIN] if left else ():
        if one in raw:
            values |= _follow(raw[one], raw, left - 1)
    return values | _own_values(element)


def _own_values(element: Element) -> Values:
    return {key: value.strip() for key, value in element.attributes.items() if key.startswith(("tts:", "ebutts:"))}


def _read_size(text: str, pattern: str) -> tuple[float, float] | None:
    found = re.fullmatch(pattern, text.strip(), re.ASCII)
    if found is None or len(text) > 30:
        return None
    width, height = float(found[1]), float(found[2])
    return (width, height) if width and height else None
