"""Rules on the size of an embedded player and the second it begins at. Pure."""

from __future__ import annotations

from funkhaus.kernel.timecode import read_timecode

# CSS pixels, except the ratio `WIDE`. `SIZES`: longer sides on offer; `LONGEST_SIDE`: bound of a consumer's limits.
WIDTH = 640
WIDE = (16, 9)
AUDIO_HEIGHT = 180
SIZES = (480, 640, 960)
LONGEST_SIDE = 4096


def read_start(text: str) -> int:
    """Return the seconds of `90`, `1:30` or `1:02:03`; 0 for anything else."""
    return read_timecode(text) or 0


def fit(
    shape: tuple[int, int] | None, *, longest: int = WIDTH, max_width: int | None = None, max_height: int | None = None
) -> tuple[int, int]:
    """Return width and height in pixels for a picture of this shape, within `max_width` × `max_height`.

    Its longer side has `longest` pixels where no limit is given, and always in a portrait picture, which would be
    higher than a screen otherwise.
    """
    width, height = shape if shape and min(shape) > 0 else WIDE
    scales = [limit / side for limit, side in ((max_width, width), (max_height, height)) if limit]
    if not scales or height > width:
        scales.append(longest / max(width, height))
    return max(1, round(width * min(scales))), max(1, round(height * min(scales)))


def read_limit(text: str | None) -> int | None:
    """Return a limit in pixels; None where none is given, or for anything but a number."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 6:
        return None
    return min(int(text), LONGEST_SIDE) or None
