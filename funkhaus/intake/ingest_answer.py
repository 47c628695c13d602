"""What `funkhaus ingest` says, here and over the wire, and its bar on a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass

BAR = 30


@dataclass(frozen=True)
class IngestAnswer:
    """What the command says, one JSON object for scripts."""

    id: str | None
    state: str
    url: str | None
    duration_s: float | None
    warnings: list[str]
    error: str | None


def draw_bar(progress: float, label: str) -> None:
    """Draw how far something is (0 to 1) on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        return
    filled = round(BAR * progress)
    sys.stderr.write(f"\r{'█' * filled}{'░' * (BAR - filled)} {progress:4.0%} {label}\x1b[K")
    sys.stderr.flush()


def clear_bar() -> None:
    """Take the bar away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
