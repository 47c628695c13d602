"""Reads of playlists on the disk: each is parsed once, and again when its file has changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from funkhaus.ingest.package.playlist_reading import MasterPlaylist, MediaIndex, index_media, read_master


def get_master(path: Path) -> MasterPlaylist:
    """Return the master playlist at `path`; raise `OSError` where there is none."""
    return _read_master(path, path.stat().st_mtime_ns)


def get_media_index(path: Path) -> MediaIndex | None:
    """Return the byte offsets of a rendition's segments, from its playlist at `path`, or None.

    None stands for a playlist that does not tell them. Raises `OSError` where there is no playlist.
    """
    return _read_index(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read_master(path: Path, _changed_at_ns: int) -> MasterPlaylist:
    return read_master(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _read_index(path: Path, _changed_at_ns: int) -> MediaIndex | None:
    return index_media(path.read_text(encoding="utf-8"))
