"""The viewer: the facts about a person that decisions depend on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from funkhaus.kernel.territory import Territory


class ViewerKind(Enum):
    """The ways in which a viewer is known to the portal."""

    ANONYMOUS = "anonymous"
    ADULT_PROFILE = "adult_profile"
    KIDS_PROFILE = "kids_profile"
    EDITOR = "editor"


@dataclass(frozen=True)
class Viewer:
    """The facts about the requesting person that decisions depend on; never an id, never a name.

    `released_age` is the age in years that a check has proven, 0 when none was made.
    `has_entered_pin` says whether the adult PIN came with this request.
    """

    kind: ViewerKind = ViewerKind.ANONYMOUS
    released_age: int = 0
    has_entered_pin: bool = False
    territory: Territory | None = None


ANONYMOUS = Viewer()
