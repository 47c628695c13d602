"""Styles and regions of TTML: computes color, emphasis and position of text (W3C TTML2, sections 10 and 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from funkhaus.ingest.text.subtitles.positions import place
from funkhaus.ingest.text.subtitles.styles import TextStyle, read_color
from funkhaus.ingest.text.subtitles.ttml.xml_tree import Element

# Inherited attributes. TTML does not inherit a background, but text is shown on that of the boxes around it.
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
_CHAIN = 20  # styles that one element or style refers to, and styles that refer to styles: more is an attack
# What is read of an element; the rest is not kept, or thousands of attributes would be copied from style to style.
_READ = {*INHERITED, "tts:direction", "tts:display", "tts:displayAlign", "tts:extent", "tts:origin"}

Values = dict[str, str]


@dataclass
class Sheet:
    """The styles and regions of a document by their ids, and the sizes to which lengths relate."""

    styles: dict[str, Values] = field(default_factory=dict)
    regions: dict[str, Values] = field(default_factory=dict)
    initial: Values = field(default_factory=dict)
    pixels: tuple[float, float] | None = None
    cells: tuple[float, float] = (32.0, 15.0)  # columns and rows, the default of ttp:cellResolution

    def compute(self, element: Element, inherited: Mapping[str, str]) -> Values:
        """Return the computed values of an element: its parent's, overridden by its styles', then by its own."""
        return {**inherited, **self.specify(element)}

    def specify(self, element: Element) -> Values:
        """Return the specified values of an element: its styles', overridden by its own attributes."""
        values: Values = {}
        for one in _list_references(element):
            values |= self.styles.get(one, {})
        return values | _own_values(element)

    def place(self, values: Mapping[str, str], region: str) -> str:
        """Return the WebVTT settings for text with these values in a region."""
        box = self.regions.get(region, {})
        left, top = self._pair(box.get("tts:origin", ""), (0.0, 0.0))
        width, height = self._pair(box.get("tts:extent", ""), (100.0 - left, 100.0 - top))
        align = {"left": "left", "start": "left", "right": "right", "end": "right"}.get(
            # TTML's default is the start of a line; where the document has no region, players center text.
            values.get("tts:textAlign", "start" if box else "center"),
            "center",
        )
        if values.get("tts:direction") == "rtl" and values.get("tts:textAlign") in {"start", "end"}:
            align = {"left": "right", "right": "left"}[align]
        edge = box.get("tts:displayAlign", "before" if box else "after")
        if edge == "after":
            bottom = top + height
            # Lines grow upwards from the lower edge; two of them take about a tenth of the picture.
            upper = None if bottom >= 80 else max(0.0, bottom - 10)  # percent; so low, it is WebVTT's default
        else:
            upper = top + height / 2 - 5 if edge == "center" else top  # half of two lines above the middle
            upper = None if upper >= 75 else upper
        # Five percent at the sides stay free, as the safe area of EBU R 95 does.
        return place(top=upper, align=align, left=max(left, 5.0), width=min(width, 90.0))

    def _pair(self, text: str, default: tuple[float, float]) -> tuple[float, float]:
        """Return two lengths in percent of the picture."""
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
    """Return the style of text with these values."""
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
    """Return the styles and regions in the head."""
    sheet = Sheet()
    sheet.cells = _read_size(root.attributes.get("ttp:cellResolution", "32 15"), r"(\d+) +(\d+)") or sheet.cells
    sheet.pixels = _read_size(root.attributes.get("tts:extent", ""), r"(\d+)(?:\.\d+)?px +(\d+)(?:\.\d+)?px")
    raw = {one.attributes.get("xml:id", ""): one for one in _list_in_head(root, "styling", "style")}
    for one in _list_in_head(root, "styling", "initial"):
        sheet.initial |= _own_values(one)
    for key in raw:
        _follow(key, raw, sheet.styles, ())
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


def _follow(key: str, raw: Mapping[str, Element], done: dict[str, Values], trail: tuple[str, ...]) -> Values:
    """Store a style in `done` with the values of the styles it refers to, each computed once; return it.

    `trail` has the styles that led here: a circle ends where it begins, and a chain after `_CHAIN` steps.
    """
    if key in done or len(trail) == _CHAIN:
        return done.get(key) or _own_values(raw[key])
    values: Values = {}
    for one in _list_references(raw[key]):
        if one in raw and one != key and one not in trail:
            values |= _follow(one, raw, done, (*trail, key))
    done[key] = values | _own_values(raw[key])
    return done[key]


def _list_references(element: Element) -> list[str]:
    return element.attributes.get("style", "").split(maxsplit=_CHAIN)[:_CHAIN]


def _own_values(element: Element) -> Values:
    return {key: value.strip() for key, value in element.attributes.items() if key in _READ}


def _read_size(text: str, pattern: str) -> tuple[float, float] | None:
    found = re.fullmatch(pattern, text.strip(), re.ASCII)
    if found is None or len(text) > 30:
        return None
    width, height = float(found[1]), float(found[2])
    return (width, height) if width and height else None
