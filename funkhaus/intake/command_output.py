"""The answer of `funkhaus ingest`, local or remote, and its progress bar on a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass

BAR = 30  # characters: leaves room for percentage and label in a line of 80


@dataclass(frozen=True)
class IngestAnswer:
    """The result of one run, printed as one JSON object for scripts; `duration_s` is in seconds."""

    id: str | None
    state: str
    url: str | None
    duration_s: float | None
    warnings: list[str]
    error: str | None


def draw_bar(progress: float, label: str) -> None:
    """Draw a progress bar on a terminal; `progress` is from 0 to 1. Do nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        return
    filled = round(BAR * progress)
    sys.stderr.write(f"\r{'█' * filled}{'░' * (BAR - filled)} {progress:4.0%} {label}\x1b[K")
    sys.stderr.flush()


def clear_bar() -> None:
    """Remove the progress bar from the terminal."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
