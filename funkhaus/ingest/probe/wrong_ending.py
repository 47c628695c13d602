"""File names: finds files whose ending names another container, since somebody may have mixed files up. Pure."""

from __future__ import annotations

from pathlib import PurePath

from funkhaus.ingest.probe.formats import MEDIA_FORMATS

_ENDINGS = frozenset(ending for known in MEDIA_FORMATS.values() for ending in known.endings)


def find_true_kind(name: str, container: str) -> str:
    """Return the container's common name where the file's ending contradicts it, else an empty string."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    found = MEDIA_FORMATS.get(container)
    return found.name if found and ending in _ENDINGS and ending not in found.endings else ""
