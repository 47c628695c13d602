"""May a media file go before the public? Pure: facts of files come in, a verdict goes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class FileState:
    """A media file as these decisions see it.

    `plays`: a player gets something. `is_checked`: what plays was decoded whole and held against the source.
    `is_ready`: nothing more follows. `has_ended`: its preparation is over, well or not. `needs_look`: it has grave
    warnings that no editor has accepted.
    """

    plays: bool
    is_checked: bool
    is_ready: bool
    has_ended: bool
    needs_look: bool


class Publication(Enum):
    """What becomes of the wish to publish."""

    NOW = "now"
    WHEN_CHECKED = "when_checked"
    NEEDS_LOOK = "needs_look"
    FAILED = "failed"


class Succession(Enum):
    """What becomes of a file that waits to take another one's place."""

    NOW = "now"
    BEING_PREPARED = "being_prepared"
    NEEDS_LOOK = "needs_look"
    FAILED = "failed"


def decide_publication(file: FileState | None, *, is_public: bool = False) -> Publication:
    """Decide for a video with this media file; one without any may be published and says that it will come.

    Of what is public already (`is_public`) new words may appear at any time: the file was let through before.
    """
    if file is None or is_public:
        return Publication.NOW
    if file.plays and file.is_checked:
        return Publication.NEEDS_LOOK if file.needs_look else Publication.NOW
    return Publication.FAILED if file.has_ended else Publication.WHEN_CHECKED


def decide_succession(old: FileState | None, new: FileState) -> Succession:
    """Decide whether `new` takes the place of `old`.

    Where something plays already, it goes on until the new one is ready in all its sizes: nobody falls to a small
    picture. Where nothing plays, the first size is enough, once it is checked.
    """
    is_enough = new.is_ready if old is not None and old.plays else new.plays and new.is_checked
    if is_enough:
        return Succession.NEEDS_LOOK if new.needs_look else Succession.NOW
    return Succession.FAILED if new.has_ended else Succession.BEING_PREPARED
