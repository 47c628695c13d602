"""Readers of HLS playlists (RFC 8216): those of ffmpeg while it works, and those that `playlists` wrote. Pure.

They read what these two write and are no parsers for other playlists: in a stream's line, BANDWIDTH comes first.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil

STUB_S = 0.5  # a last segment up to this is merged: the surplus of sound over picture is a few AAC frames of 0.02 s
ByteRange = tuple[int, int]  # the first byte, and the one behind the last
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]*)",BYTERANGE="(\d+)@(\d+)"')
_SEGMENT = re.compile(r"#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)")
_STREAM = re.compile(r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+)(?:[^\n]*RESOLUTION=(\d+)x(\d+))?[^\n]*\n(\S+)")
_SOUND = re.compile(r'#EXT-X-MEDIA:TYPE=AUDIO,[^\n]*DEFAULT=YES[^\n]*URI="([^"]+)"')


@dataclass(frozen=True)
class Segment:
    """A span of the media file: duration in seconds, length and offset in bytes."""

    duration_s: float
    length: int
    offset: int


@dataclass(frozen=True)
class MediaPlaylist:
    """A media playlist: initialization section, segments so far, and whether it is complete."""

    head: Segment
    segments: tuple[Segment, ...]
    is_complete: bool

    @property
    def duration_s(self) -> float:
        """Return the sum of all segments in seconds."""
        return sum(segment.duration_s for segment in self.segments)

    @property
    def average_bits_per_s(self) -> int:
        """Return the average bit rate over all segments."""
        return ceil(8 * sum(segment.length for segment in self.segments) / self.duration_s)

    def join_stub(self, longest_s: int) -> MediaPlaylist:
        """Return the playlist with a very short last segment merged into the one before it.

        Sound ends a little after the picture; some players wait in vain for a segment that holds only one of them.
        """
        if len(self.segments) < 2:
            return self
        *rest, before, last = self.segments
        joined = Segment(before.duration_s + last.duration_s, before.length + last.length, before.offset)
        is_stub = last.duration_s <= STUB_S and before.offset + before.length == last.offset
        return replace(self, segments=(*rest, joined)) if is_stub and round(joined.duration_s) <= longest_s else self

    def target_s(self, longest_s: int) -> int:
        """Return the target duration of a playlist whose segments are to last `longest_s` at the most."""
        return max([longest_s, *(round(part.duration_s) for part in self.segments)])

    def peak_bits_per_s(self, longest_s: int) -> int:
        """Return the peak bit rate as RFC 8216, 4.1 defines it.

        It is the largest rate of consecutive segments that last between 0.5 and 1.5 target durations together.
        """
        target_s, rates = self.target_s(longest_s), [8 * sum(part.length for part in self.segments) / self.duration_s]
        for place in range(len(self.segments)):
            seconds, size = 0.0, 0
            for part in self.segments[place:]:
                seconds, size = seconds + part.duration_s, size + part.length
                if seconds > 1.5 * target_s:
                    break
                rates += [8 * size / seconds] if seconds >= 0.5 * target_s else []
        return ceil(max(rates))


@dataclass(frozen=True)
class MediaIndex:
    """The byte offset of each segment of a rendition; arrays keep it small, since hundreds of long ones are cached.

    `file` is the name of the media beside the playlist, `head` the byte behind its initialization section. Of each
    segment: the second at which it ends, its first byte, the byte behind its last.
    """

    file: str
    head: int
    ends_s: array[float]
    starts: array[int]
    ends: array[int]

    def list_ranges(self, at_s: float) -> tuple[ByteRange, ...]:
        """Return the bytes of the head, and of the segment that plays at `at_s` where there is one already."""
        place = bisect_right(self.ends_s, at_s)
        return (0, self.head), *zip(self.starts[place : place + 1], self.ends[place : place + 1], strict=True)


@dataclass(frozen=True)
class Stream:
    """One size of the picture in a master playlist, or the sound where there is nothing else; `pixels` 0: not told."""

    bits_per_s: int
    pixels: int
    uri: str


@dataclass(frozen=True)
class MasterPlaylist:
    """The streams in the order of the playlist, and the playlist of the default sound, None without a group."""

    streams: tuple[Stream, ...]
    sound: str | None


def read_media(text: str, *, file_size: int = sys.maxsize) -> MediaPlaylist | None:
    """Read ffmpeg's playlist as far as its bytes are in the file; return None while there is no segment.

    `file_size` is that of the media file in bytes. ffmpeg rewrites the playlist in place, so it may be read half
    written: incomplete entries count as absent.
    """
    head = _MAP.search(text)
    if head is None:
        return None
    found = [Segment(float(seconds), int(length), int(offset)) for seconds, length, offset, _ in _SEGMENT.findall(text)]
    segments = tuple(part for part in found if part.offset + part.length <= file_size and part.duration_s > 0)
    if not segments:
        return None
    is_complete = "#EXT-X-ENDLIST" in text and len(segments) == len(found)
    return MediaPlaylist(Segment(0, int(head[2]), int(head[3])), segments, is_complete)


def index_media(text: str) -> MediaIndex | None:
    """Read a media playlist as an index; return None unless it is of one file that its initialization begins."""
    head = _MAP.search(text)
    segments = _SEGMENT.findall(text)
    if head is None or head[3] != "0" or {file for *_, file in segments} != {head[1]}:
        return None
    starts = array("q", (int(first) for _seconds, _length, first, _file in segments))
    ends = array("q", (int(first) + int(length) for _seconds, length, first, _file in segments))
    ends_s = array("d", accumulate(float(seconds) for seconds, *_ in segments))
    return MediaIndex(head[1], int(head[2]), ends_s, starts, ends)


def read_master(text: str) -> MasterPlaylist:
    """Read a master playlist."""
    sound = _SOUND.search(text)
    streams = tuple(
        Stream(int(rate), int(width or 0) * int(height or 0), uri) for rate, width, height, uri in _STREAM.findall(text)
    )
    return MasterPlaylist(streams, sound[1] if sound else None)
