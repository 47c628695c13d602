"""Names of the acts on a video, its media file above all, as Wagtail's log stores them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PREFIX: Final = "mediathek."


class Act(StrEnum):
    """An act that writes a row in the log; the row's data contain the state before and after.

    A file is named by `file` (its original name), `key` (its folder), `version` and `language`.
    """

    FILE_IN = "mediathek.file_in"
    """A video was created from a file: `after`."""
    FILE_REPLACE = "mediathek.file_replace"
    """Another file was given: `before`, `after`, `waits`, `dropped` (an earlier one that waited)."""
    FILE_SUCCEED = "mediathek.file_succeed"
    """The waiting file was installed automatically: `before`, `after`. The row's user is the one who gave it."""
    FILE_DROP = "mediathek.file_drop"
    """The waiting file was dropped: `before`, `after` (the one that stays)."""
    VERSION_IN = "mediathek.version_in"
    """A draft's file became a version: `before` (the replaced one), `after`, `draft` (its title and id)."""
    VERSION_OUT = "mediathek.version_out"
    """A version was removed: `before`."""
    TEXT_IN = "mediathek.text_in"
    """Text tracks were added or replaced: `on` (a file), `tracks` (kind, language, `before`, `after`: file names)."""
    TEXT_EDIT = "mediathek.text_edit"
    """The cues of a text track were edited: `on`, `tracks`."""
    TEXT_OUT = "mediathek.text_out"
    """A text track was removed: `on`, `tracks`."""
    POSTER = "mediathek.poster"
    """A frame was chosen for the poster: `on`, `before`, `after` in ms (None: the default)."""
    WARNINGS_ACCEPT = "mediathek.warnings_accept"
    """Warnings were accepted: `on`, `warnings` (pairs of code and facts)."""
    JOB_CANCEL = "mediathek.job_cancel"
    """The preparation was cancelled: `on`, `job`."""
    JOB_PRIORITY = "mediathek.job_priority"
    """The priority of the preparation was changed: `on`, `job`, `before`, `after` (values of `JobPriority`)."""
    JOB_RETRY = "mediathek.job_retry"
    """The preparation was restarted: `on`, `job` (the new one)."""
    RATING = "mediathek.rating"
    """Youth protection decided: `before`, `after` (values of `PROTECTION` by name), `note`. It holds at once."""
    WINDOWS = "mediathek.windows"
    """A publication, or a changed rule (`rule`: its name), changed when it may be played: `before`, `after` (windows
    as `playable.windows` writes them), `windows_of` (the key of the published revision)."""
    WISH = "mediathek.wish"
    """Publication was requested for as soon as the media file allows it."""
    WISH_BACK = "mediathek.wish_back"
    """The request to publish was withdrawn."""
    TAKE_DOWN = "mediathek.take_down"
    """The video was taken down at once: `reason`, `live` (whether it was public)."""
    RELEASE = "mediathek.release"
    """The take-down was undone: `live` (whether the video is public now)."""
