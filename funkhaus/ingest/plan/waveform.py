"""The peaks of a sound as data, for drawing it. Pure.

The format is that of BBC audiowaveform, version 2 (its file `doc/DataFormat.md`): JSON with `version`, `channels`,
`sample_rate`, `samples_per_pixel`, `bits`, `length`, and `data`, a least and a largest value for each pixel.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections.abc import Iterator
from typing import BinaryIO

RATE = 8000
PIXELS_PER_S, MOST_PIXELS = 10, 4000


def choose_step(samples: int) -> int:
    """Samples for each pixel: ten pixels a second, at most `MOST_PIXELS` in all."""
    return max(RATE // PIXELS_PER_S, math.ceil(samples / MOST_PIXELS))


def write_waveform(file: BinaryIO, samples: int) -> str:
    """Read `samples` 16-bit little-endian samples and return the waveform as JSON."""
    step = choose_step(samples)
    data = [value for low, high in _find_peaks(file, step) for value in (low, high)]
    head = {"version": 2, "channels": 1, "sample_rate": RATE, "samples_per_pixel": step, "bits": 8}
    return json.dumps({**head, "length": len(data) // 2, "data": data}, separators=(",", ":"))


def _find_peaks(file: BinaryIO, step: int) -> Iterator[tuple[int, int]]:
    while block := file.read(2 * step):
        values = array("h", block[: len(block) // 2 * 2])
        if sys.byteorder == "big":
            values.byteswap()
        if values:
            yield min(values) >> 8, max(values) >> 8
