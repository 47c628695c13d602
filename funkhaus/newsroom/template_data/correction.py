"""The view of a correction, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CorrectionNote:
    """A correction as templates print it. `anchor` is its id in every page that shows it."""

    anchor: str
    was_wrong: str
    is_right: str
    is_serious: bool
    at: datetime
