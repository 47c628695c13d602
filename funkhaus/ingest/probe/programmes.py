"""Programmes of a transport stream: reads which streams belong together, and their pages of teletext. Pure.

Sources: ISO/IEC 13818-1, 2.4.4; ETSI EN 300 468, 6.2.43 (teletext descriptor).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PACKET, SYNC = 188, 0x47
SIZES = (188, 192, 204)  # plain; with a clock in front (M2TS, 4 bytes); with error correction behind (16 bytes)
MOST_BYTES = 4_000_000  # tables are repeated ten times a second: so much holds them at any rate of broadcasting
_PAT, _PMT = 0x00, 0x02  # table_id of the two tables, table 2-31
_TELETEXT, _SUBTITLES, _FOR_DEAF = 0x56, 0x02, 0x05  # descriptor_tag; teletext_type of EN 300 468, table 100


@dataclass(frozen=True)
class Page:
    """A page of teletext with subtitles; `language` as the table has it."""

    number: int
    language: str
    is_for_deaf: bool


@dataclass(frozen=True)
class Member:
    """A stream of a programme: the programme's number, and the pages of subtitles if it is teletext."""

    programme: int
    pages: tuple[Page, ...] = ()


def read_programmes(data: bytes) -> Mapping[int, Member]:
    """Return each stream of a programme by its PID; empty where no tables are found."""
    maps: dict[int, int] = {}  # PID of a programme's table: number of the programme
    found: dict[int, Member] = {}
    for pid, section in _list_sections(data):
        if pid == 0 and section[:1] == bytes([_PAT]):
            maps.update(_read_pat(section))
        elif pid in maps and section[:1] == bytes([_PMT]):
            number = int.from_bytes(section[3:5], "big")
            for stream, descriptors in _read_pmt(section):
                found.setdefault(stream, Member(number, tuple(_read_pages(descriptors))))
    return found


def is_scrambled(data: bytes) -> bool:
    """Tell whether most packets are encrypted, as those of pay television are (transport_scrambling_control)."""
    size, start = _find_packets(data)
    heads = [data[at + 1 : at + 4] for at in range(start, len(data) - PACKET + 1, size)] if size else []
    used = [head for head in heads if (head[0] & 0x1F, head[1]) != (0x1F, 0xFF)]  # without those that only fill up
    return sum(head[2] >= 0x40 for head in used) > len(used) / 2


def _list_sections(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield PID and section of each table; of several in one packet, the first."""
    size, start = _find_packets(data)
    begun: dict[int, bytes] = {}
    for at in range(start, len(data) - PACKET + 1, size) if size else ():
        packet = data[at : at + PACKET]
        pid, payload = (packet[1] & 0x1F) << 8 | packet[2], 4
        payload += 1 + packet[4] if packet[3] & 0x20 else 0  # behind the adaptation field
        if packet[0] != SYNC or not packet[3] & 0x10 or payload >= PACKET:
            continue
        if packet[1] & 0x40:  # payload_unit_start_indicator: a pointer_field leads to the section
            begun[pid] = packet[payload + 1 + packet[payload] :]
        elif pid in begun:
            begun[pid] += packet[payload:]
        section = begun.get(pid, b"")
        length = 3 + (int.from_bytes(section[1:3], "big") & 0x0FFF)
        if len(section) >= length > 12:
            yield pid, begun.pop(pid)[:length]


def _find_packets(data: bytes) -> tuple[int, int]:
    """Return the bytes from packet to packet and the first one's place; a size of 0 where there are none."""
    for size in SIZES:
        for start in range(min(size, len(data))):
            places = range(start, min(len(data), start + 5 * size), size)
            if len(places) > 1 and all(data[place] == SYNC for place in places):
                return size, start
    return 0, 0


def _read_pat(section: bytes) -> dict[int, int]:
    """Return the numbers of the programmes by the PID of their tables; number 0 is the network's own table."""
    entries = [section[at : at + 4] for at in range(8, len(section) - 4 - 3, 4)]  # a CRC of 4 bytes ends the section
    numbers = ((int.from_bytes(one[2:], "big") & 0x1FFF, int.from_bytes(one[:2], "big")) for one in entries)
    return {pid: number for pid, number in numbers if number}


def _read_pmt(section: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield PID and descriptors of each stream."""
    at = 12 + (int.from_bytes(section[10:12], "big") & 0x0FFF)
    while at + 5 <= len(section) - 4:
        length = int.from_bytes(section[at + 3 : at + 5], "big") & 0x0FFF
        yield int.from_bytes(section[at + 1 : at + 3], "big") & 0x1FFF, section[at + 5 : at + 5 + length]
        at += 5 + length


def _read_pages(descriptors: bytes) -> Iterator[Page]:
    at = 0
    while at + 2 <= len(descriptors):
        tag, length = descriptors[at], descriptors[at + 1]
        body = descriptors[at + 2 : at + 2 + length]
        for place in range(0, len(body) - 4, 5) if tag == _TELETEXT else ():
            kind, magazine, digits = body[place + 3] >> 3, body[place + 3] & 7 or 8, body[place + 4]
            if kind in {_SUBTITLES, _FOR_DEAF} and digits >> 4 < 10 and digits & 15 < 10:
                language = body[place : place + 3].decode("ascii", "replace")
                yield Page(100 * magazine + 10 * (digits >> 4) + (digits & 15), language, kind == _FOR_DEAF)
        at += 2 + length


def list_chosen(answer: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], int]:
    """Return the streams of one programme, and how many there are: that of the largest picture, else the first."""
    streams = answer["streams"]
    numbers = dict(answer.get("programmes", []))
    chosen, count = find_programme(answer)
    inside = [stream for stream in streams if chosen is None or numbers.get(stream["index"]) == chosen]
    return inside, count


def find_programme(answer: Mapping[str, Any]) -> tuple[int | None, int]:
    """Return the number of the programme that is taken, None where there is no choice, and how many there are."""
    streams = answer.get("streams", [])
    numbers = dict(answer.get("programmes", []))
    found = sorted({numbers[stream["index"]] for stream in streams if stream["index"] in numbers}) if numbers else []
    if len(found) < 2:
        return None, len(found)
    sizes = dict.fromkeys(found, 0)
    for stream in streams:
        if stream["type"] == "video" and stream["is_decodable"] and stream["index"] in numbers:
            size = stream.get("width", 0) * stream.get("height", 0)
            sizes[numbers[stream["index"]]] = max(sizes[numbers[stream["index"]]], size)
    return max(found, key=lambda number: (sizes[number], -number)), len(found)
