"""The viewer: who asks, as far as a decision needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from funkhaus.kernel.territory import Territory


class ViewerKind(Enum):
    """How a viewer is known to us."""

    ANONYMOUS = "anonymous"
    ADULT_PROFILE = "adult_profile"
    KIDS_PROFILE = "kids_profile"
    EDITOR = "editor"


@dataclass(frozen=True)
class Viewer:
    """Facts about the asking person, complete for every decision; never an id, never a name.

    `released_age` is the age in years that a check has proven, 0 when none was made.
    `has_entered_pin` says whether the adult PIN came with this request.
    """

    kind: ViewerKind = ViewerKind.ANONYMOUS
    released_age: int = 0
    has_entered_pin: bool = False
    territory: Territory | None = None


ANONYMOUS = Viewer()
