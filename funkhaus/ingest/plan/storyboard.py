"""Small pictures along a film, for the bar that one drags: sheets of tiles and a WebVTT file that finds them. Pure.

Each cue names its tile with a spatial media fragment (W3C Media Fragments URI 1.0, section 4.2.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

COLUMNS, ROWS = 5, 5
WIDTH = 160
SHORTEST_EVERY_S, MOST_TILES = 5, 400


@dataclass(frozen=True)
class Tiles:
    """How the pictures lie: one every `every_s` seconds, each of `width` × `height` pixels."""

    every_s: int
    width: int
    height: int
    count: int

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return math.ceil(self.count / (COLUMNS * ROWS))


def plan_tiles(duration_s: float, size: tuple[int, int]) -> Tiles:
    """One picture every five seconds, fewer in what is long; portrait pictures keep their shape."""
    every_s = max(SHORTEST_EVERY_S, math.ceil(duration_s / MOST_TILES))
    width, height = size
    scale = WIDTH / max(width, height)
    even = [max(2, 2 * round(side * scale / 2)) for side in (width, height)]
    return Tiles(every_s, even[0], even[1], max(1, math.ceil(duration_s / every_s - 0.5)))


def write_storyboard(tiles: Tiles, duration_s: float) -> str:
    """Write the WebVTT file."""
    lines = ["WEBVTT", ""]
    for number in range(tiles.count):
        sheet, place = divmod(number, COLUMNS * ROWS)
        row, column = divmod(place, COLUMNS)
        end_s = duration_s if number == tiles.count - 1 else (number + 1) * tiles.every_s
        box = f"{column * tiles.width},{row * tiles.height},{tiles.width},{tiles.height}"
        lines += [f"{_clock(number * tiles.every_s)} --> {_clock(end_s)}"]
        lines += [f"storyboard-{sheet + 1:03d}.jpg#xywh={box}", ""]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d}.{millis % 1000:03d}"
