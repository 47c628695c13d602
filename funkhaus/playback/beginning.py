"""What a player needs for its first picture, read from the playlists: it can ask for all of it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_STREAM = re.compile(r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+)(?:[^\n]*RESOLUTION=(\d+)x(\d+))?[^\n]*\n(\S+)")
_SOUND = re.compile(r'#EXT-X-MEDIA:TYPE=AUDIO,[^\n]*DEFAULT=YES[^\n]*URI="([^"]+)"')
_RANGE = re.compile(r'BYTERANGE[:=]"?(\d+)@(\d+)')
_NAME = re.compile(r'#EXT-X-MAP:URI="([^"]+)"')
_MOST_RUNGS, _HEAD_BYTES = 8, 2048


@dataclass(frozen=True)
class Beginning:
    """One size of the picture with the default sound: bits per second, pixels, each file with what is asked of it.

    Files as paths below the asset's folder. Of media the two bytes before which the head and the first segment end,
    the one beginning where the other ends; of a playlist, which is wanted whole, nothing.
    """

    bandwidth: int
    pixels: int
    files: tuple[tuple[str, tuple[int, ...]], ...]


def list_beginnings(folder: Path, master: str) -> tuple[Beginning, ...]:
    """Every size, the smallest first; nothing where the playlists are not there, or say it otherwise."""
    try:
        return _read(folder, master, (folder / master).stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(maxsize=512)
def _read(folder: Path, master: str, _changed_at: int) -> tuple[Beginning, ...]:
    text = (folder / master).read_text(encoding="utf-8")
    sound = _SOUND.search(text)
    also = _list_files(folder, sound[1]) if sound else ()
    found = _STREAM.findall(text)[:_MOST_RUNGS]
    return tuple(
        Beginning(int(rate), int(width or 0) * int(height or 0), (*_list_files(folder, playlist), *also))
        for rate, width, height, playlist in found
    )


def _list_files(folder: Path, playlist: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The playlist, and the file that it names with its head and its first segment."""
    with (folder / playlist).open(encoding="utf-8") as file:
        text = file.read(_HEAD_BYTES)
    name = _NAME.search(text)
    ranges = [(int(start), int(start) + int(length)) for length, start in _RANGE.findall(text)[:2]]
    if name is None or len(ranges) < 2 or ranges[0] != (0, ranges[1][0]):
        return ((playlist, ()),)
    return (playlist, ()), (str(Path(playlist).with_name(name[1])), (ranges[0][1], ranges[1][1]))
