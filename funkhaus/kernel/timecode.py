"""Moments inside a recording as people write them: `90`, `1:30`, `1:02:03`."""

from __future__ import annotations

import re
from typing import Final

LATEST_S: Final = 359_999  # seconds: 99:59:59
_CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,6})", re.ASCII)


def read_timecode(text: str) -> int | None:
    """Return the seconds of `90`, `1:30` or `1:02:03`, at most `LATEST_S`; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return min(hours * 3600 + minutes * 60 + seconds, LATEST_S)


def write_timecode(seconds: int) -> str:
    """Return seconds as `1:30` or `1:02:03`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
