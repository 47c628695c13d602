"""What a fragmented MP4 file holds, read from its own boxes (ISO 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

NOT_SYNC = 0x10000


@dataclass(frozen=True)
class Head:
    """The initialization section: units a second, codec (RFC 6381), picture size, default length of a sample."""

    timescale: int
    codec: str
    size: tuple[int, int]
    default_duration: int
    default_flags: int
    shift: int
    """By so many units the edit list lets the programme begin later than its first sample."""


@dataclass(frozen=True)
class Fragment:
    """One segment: first decoding time, units long, samples, whether it begins with a key frame."""

    begins_at: int
    duration: int
    samples: int
    is_independent: bool
    ends_at: int
    """The last moment of presentation."""


def walk(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Name, first byte of the content, end of each box; raises `ValueError` for one that does not fit."""
    end = len(data) if end is None else end
    while start < end:
        if end - start < 8:
            raise ValueError(f"{end - start} bytes left over")
        size, name = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            raise ValueError(f"box {name!r} of {size} bytes does not fit")
        yield name.decode("latin-1"), start + 8, start + size
        start += size


def find(data: bytes, path: str, span: tuple[int, int] | None = None) -> tuple[int, int]:
    """The content of the first box at a path such as `moov/trak`; raises `ValueError` where there is none."""
    here = span or (0, len(data))
    for wanted in path.split("/"):
        here = next(((first, end) for name, first, end in walk(data, *here) if name == wanted), (0, 0))
        if here == (0, 0):
            raise ValueError(f"no {path}")
    return here


def read_head(data: bytes) -> Head:
    """Read the initialization section; raises `ValueError`."""
    tracks = [span for span in walk(data, *find(data, "moov")) if span[0] == "trak"]
    if len(tracks) != 1:
        raise ValueError(f"{len(tracks)} tracks in one file")
    track = tracks[0][1:]
    timescale = _word(data, find(data, "mdia/mdhd", track)[0] + 12)
    entry = find(data, "mdia/minf/stbl/stsd", track)[0] + 8
    trex = find(data, "moov/mvex/trex")[0]
    codec, size = _read_entry(data, entry)
    return Head(timescale, codec, size, _word(data, trex + 12), _word(data, trex + 20), _read_shift(data, track))


def _read_entry(data: bytes, start: int) -> tuple[str, tuple[int, int]]:
    kind = data[start + 4 : start + 8].decode("latin-1")
    end = start + _word(data, start)
    if kind == "avc1":
        width, height = struct.unpack_from(">HH", data, start + 32)
        place = find(data, "avcC", (start + 86, end))[0]
        return "avc1." + data[place + 1 : place + 4].hex(), (width, height)
    if kind == "mp4a":
        first, last = find(data, "esds", (start + 36, end))
        return f"mp4a.40.{_read_object_type(data[first:last])}", (0, 0)
    raise ValueError(f"samples of kind {kind}")


def _read_object_type(record: bytes) -> int:
    """The kind of AAC: in the first bits of the decoder's own description, behind its length."""
    place = record.index(0x05, record.index(0x04) + 13)
    size = next(at for at in range(place + 1, place + 5) if not record[at] & 0x80)
    return record[size + 1] >> 3


def _read_shift(data: bytes, track: tuple[int, int]) -> int:
    try:
        start = find(data, "edts/elst", track)[0]
    except ValueError:
        return 0
    return int(struct.unpack_from(">i", data, start + 12)[0])


def read_fragment(data: bytes, head: Head) -> Fragment:
    """Read one segment: any number of fragments, each `moof` with its `mdat`; raises `ValueError`."""
    parts = []
    names = [name for name, _first, _end in walk(data)]
    if "moof" not in names or names.count("moof") != names.count("mdat") or names[-1] != "mdat":
        raise ValueError(f"a segment of {names}")
    for name, first, end in walk(data):
        if name == "moof":
            parts.append(_read_part(data, find(data, "traf", (first, end)), head))
    return Fragment(
        begins_at=parts[0].begins_at,
        duration=sum(part.duration for part in parts),
        samples=sum(part.samples for part in parts),
        is_independent=parts[0].is_independent,
        ends_at=max(part.ends_at for part in parts),
    )


def _read_part(data: bytes, traf: tuple[int, int], head: Head) -> Fragment:
    start = find(data, "tfdt", traf)[0]
    begins_at = struct.unpack_from(">Q" if data[start] else ">I", data, start + 4)[0]
    duration, flags = _read_defaults(data, find(data, "tfhd", traf)[0], head)
    run = find(data, "trun", traf)[0]
    options, count = _word(data, run) & 0xFFFFFF, _word(data, run + 4)
    place = run + 8 + 4 * bool(options & 0x1)
    first_flags = _word(data, place) if options & 0x4 else None
    place += 4 * bool(options & 0x4)
    total = ends_at = 0
    for number in range(count):
        own: dict[int, int] = {}
        for bit in (0x100, 0x200, 0x400, 0x800):
            if options & bit:
                own[bit] = _word(data, place)
                place += 4
        if number == 0 and first_flags is None:
            first_flags = own.get(0x400, flags)
        shown = total + struct.unpack(">i", struct.pack(">I", own.get(0x800, 0)))[0]
        total += own.get(0x100, duration)
        ends_at = max(ends_at, shown + own.get(0x100, duration))
    return Fragment(begins_at, total, count, not (first_flags or 0) & NOT_SYNC, begins_at + ends_at)


def _read_defaults(data: bytes, start: int, head: Head) -> tuple[int, int]:
    options, place = _word(data, start) & 0xFFFFFF, start + 8
    found = {0x8: head.default_duration, 0x20: head.default_flags}
    for bit, size in ((0x1, 8), (0x2, 4), (0x8, 4), (0x10, 4), (0x20, 4)):
        if options & bit:
            if bit in found:
                found[bit] = _word(data, place)
            place += size
    return found[0x8], found[0x20]


def _word(data: bytes, place: int) -> int:
    return int(struct.unpack_from(">I", data, place)[0])
