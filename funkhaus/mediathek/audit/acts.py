"""What can be done to a video's media file, by the names under which Wagtail's log keeps it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PREFIX: Final = "mediathek."


class Act(StrEnum):
    """An act that leaves a row in the log; the row's data hold what was before and what is after.

    A file is named by `file` (the name that it came with), `key` (its folder), `version` and `language`.
    """

    FILE_IN = "mediathek.file_in"
    """A new video was made of a file: `after`."""
    FILE_REPLACE = "mediathek.file_replace"
    """Somebody gave another file: `before`, `after`, `waits`, `dropped` (one that waited for the same place)."""
    FILE_SUCCEED = "mediathek.file_succeed"
    """The file that waited took its place by itself: `before`, `after`. The row's user is who had asked for it."""
    FILE_DROP = "mediathek.file_drop"
    """The file that waited was given up: `before`, `after` (what plays on)."""
    VERSION_IN = "mediathek.version_in"
    """A draft's file became a version: `before` (the one that made room), `after`, `draft` (its title and id)."""
    VERSION_OUT = "mediathek.version_out"
    """A version was taken away: `before`."""
    TEXT_IN = "mediathek.text_in"
    """Text tracks were added or replaced: `on` (a file), `tracks` (kind, language, `before`, `after`: file names)."""
    TEXT_EDIT = "mediathek.text_edit"
    """The cues of a text track were edited: `on`, `tracks`."""
    TEXT_OUT = "mediathek.text_out"
    """A text track was taken away: `on`, `tracks`."""
    POSTER = "mediathek.poster"
    """A frame was chosen for the poster: `on`, `before`, `after` in ms (None: the house's own choice)."""
    WARNINGS_ACCEPT = "mediathek.warnings_accept"
    """Warnings were accepted: `on`, `warnings` (pairs of code and facts)."""
    JOB_CANCEL = "mediathek.job_cancel"
    """The preparation was ended: `on`, `job`."""
    JOB_PRIORITY = "mediathek.job_priority"
    """The preparation became more or less urgent: `on`, `job`, `before`, `after` (values of `JobPriority`)."""
    JOB_RETRY = "mediathek.job_retry"
    """The preparation begins again: `on`, `job` (the new one)."""
    WISH = "mediathek.wish"
    """The video is to be published as soon as its media file may be."""
    WISH_BACK = "mediathek.wish_back"
    """The video is not to be published by itself any more."""
