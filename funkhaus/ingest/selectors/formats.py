"""File formats that ingest reads, for whoever takes files in. Endings in lower case with their dot."""

from __future__ import annotations

from typing import Final

from funkhaus.ingest.probe.formats import MEDIA_FORMATS

MEDIA_ENDINGS: Final = frozenset(f".{ending}" for known in MEDIA_FORMATS.values() for ending in known.endings)
MEDIA_NAMES: Final = ", ".join(known.name for known in MEDIA_FORMATS.values())
