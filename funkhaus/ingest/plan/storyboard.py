"""Storyboard: sheets of small pictures for the seek bar, and the WebVTT file that locates them. Pure.

Each cue names its tile with a spatial media fragment (W3C Media Fragments URI 1.0, section 4.2.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from funkhaus.ingest.package.layout import SHEET

COLUMNS, ROWS = 5, 5  # tiles of a sheet: about two minutes of a film in one request
WIDTH = 160  # pixels of a tile's longer side: enough to recognize a scene above the bar
SHORTEST_EVERY_S, MOST_TILES = 5, 400  # about one for each segment; 16 sheets at most, however long the film


@dataclass(frozen=True)
class Tiles:
    """The layout of the pictures: one every `every_s` seconds, each of `width` x `height` pixels."""

    every_s: int
    width: int
    height: int
    count: int

    @property
    def sheets(self) -> int:
        """Return the number of sheets."""
        return math.ceil(self.count / (COLUMNS * ROWS))


def plan_tiles(duration_s: float, size: tuple[int, int]) -> Tiles:
    """Return the layout: a picture every five seconds, fewer in long films; portrait pictures keep their shape."""
    every_s = max(SHORTEST_EVERY_S, math.ceil(duration_s / MOST_TILES))
    width, height = size
    scale = WIDTH / max(width, height)
    even = [max(2, 2 * round(side * scale / 2)) for side in (width, height)]
    # The filter rounds to the nearest moment, so a last span of less than half has no picture.
    return Tiles(every_s, even[0], even[1], max(1, math.ceil(duration_s / every_s - 0.5)))


def write_storyboard(tiles: Tiles, duration_s: float) -> str:
    """Return the WebVTT file with one cue for each tile."""
    lines = ["WEBVTT", ""]
    for number in range(tiles.count):
        sheet, place = divmod(number, COLUMNS * ROWS)
        row, column = divmod(place, COLUMNS)
        end_s = duration_s if number == tiles.count - 1 else (number + 1) * tiles.every_s
        box = f"{column * tiles.width},{row * tiles.height},{tiles.width},{tiles.height}"
        lines += [f"{_clock(number * tiles.every_s)} --> {_clock(end_s)}"]
        lines += [f"{SHEET % (sheet + 1)}#xywh={box}", ""]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d}.{millis % 1000:03d}"
