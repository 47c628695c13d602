"""What a player needs for its first picture, read from the playlists: it can ask for all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from funkhaus.ingest.selectors.playlists import get_master, get_media_index

_MOST_STREAMS = 8
ByteRange = tuple[int, int]  # the first byte, and the one behind the last


@dataclass(frozen=True)
class StartupStream:
    """One size of the picture with the default sound: bits per second, pixels, each file with what is asked of it.

    Files as paths below the asset's folder. Of media the byte ranges that hold the head and the segment to begin with;
    of a playlist, which is wanted whole, nothing.
    """

    bandwidth: int
    pixels: int
    files: tuple[tuple[str, tuple[ByteRange, ...]], ...]


def list_startup_ranges(folder: Path, master: str, at_s: float = 0) -> tuple[StartupStream, ...]:
    """Return every size, the smallest first; nothing where the playlists are not there, or say it otherwise.

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
    """The playlist, and the file that it names with the ranges that are wanted."""
    index = get_media_index(folder / playlist)
    if index is None:
        return ((playlist, ()),)
    return (playlist, ()), (str(Path(playlist).with_name(index.file)), index.list_ranges(at_s))
