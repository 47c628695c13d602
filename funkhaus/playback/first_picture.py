"""Reads from the playlists which files and byte ranges a player needs for its first picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from funkhaus.ingest.selectors.playlists import get_master, get_media_index

_MOST_STREAMS = 8
ByteRange = tuple[int, int]  # the first byte, and the one after the last


@dataclass(frozen=True)
class StartupStream:
    """One rendition with the default sound: bits per second, pixels, each file with its byte ranges.

    Files are paths below the asset's folder. Media have the ranges of the initialization section and of the segment to
    begin with; playlists, which are needed whole, have none.
    """

    bandwidth: int
    pixels: int
    files: tuple[tuple[str, tuple[ByteRange, ...]], ...]


def list_startup_ranges(folder: Path, master: str, at_s: float = 0) -> tuple[StartupStream, ...]:
    """Return every rendition, the smallest first; nothing where the playlists are missing or cannot be parsed.

    `master` is the name of the master playlist in `folder`, `at_s` the second to begin at.
    """
    try:
        playlist = get_master(folder / master)
        also = _list_files(folder, playlist.sound, at_s) if playlist.sound else ()
        return tuple(
            StartupStream(stream.bits_per_s, stream.pixels, (*_list_files(folder, stream.uri, at_s), *also))
            for stream in playlist.streams[:_MOST_STREAMS]
        )
    except OSError:
        return ()


def _list_files(folder: Path, playlist: str, at_s: float) -> tuple[tuple[str, tuple[ByteRange, ...]], ...]:
    """Return the playlist, and the media file that it names with the byte ranges needed."""
    index = get_media_index(folder / playlist)
    if index is None:
        return ((playlist, ()),)
    return (playlist, ()), (str(Path(playlist).with_name(index.file)), index.list_ranges(at_s))
