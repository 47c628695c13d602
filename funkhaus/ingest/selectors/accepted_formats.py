"""File formats that ingest reads, for whoever takes files in. Endings in lower case with their dot."""

from __future__ import annotations

from typing import Final

from funkhaus.ingest.probe.formats import MEDIA_FORMATS
from funkhaus.ingest.text.subtitles.formats import SUBTITLE_FORMATS, SUBTITLE_NAMES

__all__ = ["COMPANION_ENDINGS", "MEDIA_ENDINGS", "MEDIA_NAMES", "SUBTITLE_ENDINGS", "SUBTITLE_NAMES"]

MEDIA_ENDINGS: Final = frozenset(f".{ending}" for known in MEDIA_FORMATS.values() for ending in known.endings)
MEDIA_NAMES: Final = ", ".join(known.name for known in MEDIA_FORMATS.values())
SUBTITLE_ENDINGS: Final = frozenset(f".{ending}" for known in SUBTITLE_FORMATS for ending in known.endings)
# What is taken for subtitles when it lies beside a film.
COMPANION_ENDINGS: Final = frozenset(
    f".{ending}" for known in SUBTITLE_FORMATS if known.is_subtitles for ending in known.endings
)
