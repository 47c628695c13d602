"""What a player needs for its first picture, read from the playlists: it can ask for all of it at once."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

_STREAM = re.compile(r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+)(?:[^\n]*RESOLUTION=(\d+)x(\d+))?[^\n]*\n(\S+)")
_SOUND = re.compile(r'#EXT-X-MEDIA:TYPE=AUDIO,[^\n]*DEFAULT=YES[^\n]*URI="([^"]+)"')
_HEAD = re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@0"')
_SEGMENT = re.compile(r"#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)")
_MOST_RUNGS = 8

Piece = tuple[int, int]  # the first byte, and the one behind the last


@dataclass(frozen=True)
class Beginning:
    """One size of the picture with the default sound: bits per second, pixels, each file with what is asked of it.

    Files as paths below the asset's folder. Of media the pieces that hold the head and the segment to begin with; of a
    playlist, which is wanted whole, nothing.
    """

    bandwidth: int
    pixels: int
    files: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True)
class _Rung:
    """A media playlist: its file, where its head ends; of each segment the second of its end, its bytes."""

    file: str
    head: int
    ends_s: array[float]
    starts: array[int]
    ends: array[int]

    def list_pieces(self, at_s: float) -> tuple[Piece, ...]:
        """The head, and the segment that plays at `at_s` where there is one already."""
        index = bisect_right(self.ends_s, at_s)
        return (0, self.head), *zip(self.starts[index : index + 1], self.ends[index : index + 1], strict=True)


def list_beginnings(folder: Path, master: str, at_s: float = 0) -> tuple[Beginning, ...]:
    """Every size, the smallest first; nothing where the playlists are not there, or say it otherwise."""
    try:
        streams, sound = _read_master(folder / master, _changed_at(folder / master))
        also = _list_files(folder, sound, at_s) if sound else ()
        return tuple(
            Beginning(rate, pixels, (*_list_files(folder, playlist, at_s), *also)) for rate, pixels, playlist in streams
        )
    except OSError:
        return ()


def _list_files(folder: Path, playlist: str, at_s: float) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """The playlist, and the file that it names with the pieces that are wanted."""
    rung = _read_rung(folder / playlist, _changed_at(folder / playlist))
    if rung is None:
        return ((playlist, ()),)
    return (playlist, ()), (str(Path(playlist).with_name(rung.file)), rung.list_pieces(at_s))


def _changed_at(file: Path) -> int:
    return file.stat().st_mtime_ns


@lru_cache(maxsize=512)
def _read_master(file: Path, _changed_at: int) -> tuple[tuple[tuple[int, int, str], ...], str | None]:
    text = file.read_text(encoding="utf-8")
    sound = _SOUND.search(text)
    found = _STREAM.findall(text)[:_MOST_RUNGS]
    streams = tuple((int(rate), int(width or 0) * int(height or 0), name) for rate, width, height, name in found)
    return streams, sound[1] if sound else None


@lru_cache(maxsize=512)
def _read_rung(file: Path, _changed_at: int) -> _Rung | None:
    """None where head and segments are not of one file: then nothing of it is asked for early."""
    text = file.read_text(encoding="utf-8")
    head = _HEAD.search(text)
    segments = _SEGMENT.findall(text)
    if head is None or {name for *_facts, name in segments} != {head[1]}:
        return None
    starts = array("q", (int(first) for _length, _size, first, _name in segments))
    ends = array("q", (int(first) + int(size) for _length, size, first, _name in segments))
    ends_s = array("d", accumulate(float(length) for length, *_rest in segments))
    return _Rung(head[1], int(head[2]), ends_s, starts, ends)
