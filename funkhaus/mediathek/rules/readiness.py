"""Rules of publication and replacement by the state of media files. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class FileState:
    """The state of a media file for these rules.

    `plays`: a player can play something. `is_checked`: the playable part was decoded completely and compared with the
    source. `is_ready`: all sizes are encoded. `has_ended`: its encoding is over, with or without success. `needs_look`:
    it has grave warnings that no editor has accepted.
    """

    plays: bool
    is_checked: bool
    is_ready: bool
    has_ended: bool
    needs_look: bool


class Publication(Enum):
    """Decisions on a request to publish."""

    NOW = "now"
    WHEN_CHECKED = "when_checked"
    NEEDS_LOOK = "needs_look"
    FAILED = "failed"
    TAKEN_DOWN = "taken_down"


class Succession(Enum):
    """Decisions on a media file that is to replace another."""

    NOW = "now"
    BEING_PREPARED = "being_prepared"
    NEEDS_LOOK = "needs_look"
    FAILED = "failed"


def decide_publication(file: FileState | None, *, is_public: bool = False, is_taken_down: bool = False) -> Publication:
    """Decide for a video with this media file; one without a file may be published and announces it.

    An edit of a public video (`is_public`) may be published at any time: its file was accepted before. What was taken
    down (`is_taken_down`) has to be released first.
    """
    if is_taken_down:
        return Publication.TAKEN_DOWN
    if file is None or is_public:
        return Publication.NOW
    if file.plays and file.is_checked:
        return Publication.NEEDS_LOOK if file.needs_look else Publication.NOW
    return Publication.FAILED if file.has_ended else Publication.WHEN_CHECKED


def decide_succession(old: FileState | None, new: FileState) -> Succession:
    """Decide whether `new` replaces `old`.

    While the old one plays, it stays until the new one is ready in all sizes, so that no viewer gets a smaller picture.
    Where nothing plays, the first size is enough, once it is checked.
    """
    is_enough = new.is_ready if old is not None and old.plays else new.plays and new.is_checked
    if is_enough:
        return Succession.NEEDS_LOOK if new.needs_look else Succession.NOW
    return Succession.FAILED if new.has_ended else Succession.BEING_PREPARED
