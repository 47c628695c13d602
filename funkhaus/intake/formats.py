"""File endings that are taken, and what the file fields of forms offer to choose from (HTML's attribute `accept`)."""

from __future__ import annotations

from typing import Final

from funkhaus.ingest.selectors.formats import MEDIA_ENDINGS

MEDIA_ACCEPT: Final = ",".join(["video/*", "audio/*", *sorted(MEDIA_ENDINGS)])
SUBTITLE_SUFFIXES: Final = frozenset(
    [".vtt", ".srt", ".ass", ".ssa", ".stl", ".xml", ".ttml", ".dfxp", ".ebutt", ".txt"]
)
