"""Teletext in a transport stream, byte by byte (ETSI EN 300 706, EN 300 472, ISO/IEC 13818-1)."""

from __future__ import annotations

from pathlib import Path

PACKET, PMT, PID = 188, 0x1000, 0x300  # PMT: where ffmpeg puts the table of its first programme
TERMINATOR = 0xFF  # a page that nobody can ask for: its header ends the one before
# Hamming 8/4 by value, EN 300 706, 8.2.
HAMMING = bytes.fromhex("15 02 49 5e 64 73 38 2f d0 c7 8c 9b a1 b6 fd ea")
START_BOX, END_BOX, YELLOW = 0x0B, 0x0A, 0x03


def add_teletext(film: Path, target: Path, cues: list[tuple[float, str]], *, page: int = 150, kind: int = 5) -> Path:
    """Add teletext to ffmpeg's transport stream: from each moment (by its clock) on, the page has that text.

    Each packet lies where the stream's clock reference comes near its moment, as ffmpeg asks for.
    """
    data, waiting = film.read_bytes(), list(enumerate(cues))
    out = []
    for at in range(0, len(data), PACKET):
        packet = data[at : at + PACKET]
        is_table = (packet[1] & 0x1F) << 8 | packet[2] == PMT and packet[1] & 0x40
        out.append(_extend_table(packet, page, kind) if is_table else packet)
        reference_s = _read_reference(packet)
        while waiting and reference_s is not None and reference_s > waiting[0][1][0] - 0.1:
            place, (moment_s, text) = waiting.pop(0)
            out.append(_write_pes(moment_s, page, text, place))
    assert not waiting, "the recording ends before its text"
    target.write_bytes(b"".join(out))
    return target


def _read_reference(packet: bytes) -> float | None:
    """The PCR of a packet in seconds; None where it has none (ISO/IEC 13818-1, 2.4.3.4)."""
    has_field = packet[3] & 0x20 and packet[4] >= 7 and packet[5] & 0x10
    return (int.from_bytes(packet[6:10], "big") << 1 | packet[10] >> 7) / 90_000 if has_field else None


def _extend_table(packet: bytes, page: int, kind: int) -> bytes:
    length = int.from_bytes(packet[6:8], "big") & 0x0FFF
    descriptor = b"deu" + bytes([kind << 3 | page // 100, page // 10 % 10 << 4 | page % 10])
    entry = bytes([6, 0xE0 | PID >> 8, PID & 255, 0xF0, 7, 0x56, 5]) + descriptor  # stream_type 6: private data
    body = packet[5 : 8 + length - 4] + entry
    body = body[:1] + (0xB000 | length + len(entry)).to_bytes(2, "big") + body[3:]
    return (packet[:5] + body + _crc(body)).ljust(PACKET, b"\xff")


def _crc(data: bytes) -> bytes:
    """CRC-32 of MPEG: 0x04C11DB7, not reflected."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _bit in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value.to_bytes(4, "big")


def _write_pes(moment_s: float, page: int, text: str, place: int) -> bytes:
    """One PES packet in one transport packet: the page's header, a row of text, the header that ends it."""
    pts = round(moment_s * 90_000)
    stamp = [0x21 | pts >> 29 & 14, pts >> 22 & 255, pts >> 14 & 254 | 1, pts >> 7 & 255, pts << 1 & 254 | 1]
    head = b"\x00\x00\x01\xbd" + (PACKET - 4 - 6).to_bytes(2, "big") + bytes([0x84, 0x80, 36, *stamp]) + b"\xff" * 31
    row = (
        bytes([0x0D, YELLOW, START_BOX, START_BOX]) + text.encode("ascii") + bytes([END_BOX, END_BOX]) if text else b""
    )
    lines = [_header(page), _line(page // 100, 22, row.ljust(40)), _header(page // 100 * 100, TERMINATOR)]
    units = b"".join(bytes([3, 44, 0xE0 | 7 + number, 0xE4]) + _reverse(line) for number, line in enumerate(lines))
    link = bytes([0x47, 0x40 | PID >> 8, PID & 255, 0x10 | place & 15])
    return link + head + b"\x10" + units


def _header(page: int, digits: int | None = None) -> bytes:
    number = page // 10 % 10 << 4 | page % 10 if digits is None else digits
    # Page units and tens, subcodes with C4 (erase) and C6 (subtitle), C7 to C10, C11 to C14.
    control = bytes(HAMMING[value] for value in (number & 15, number >> 4, 0, 8, 0, 8, 0, 1))
    return _address(page // 100, 0) + control + _parity(b" " * 32)


def _line(magazine: int, row: int, text: bytes) -> bytes:
    return _address(magazine, row) + _parity(text)


def _address(magazine: int, row: int) -> bytes:
    return bytes([HAMMING[magazine & 7 | (row & 1) << 3], HAMMING[row >> 1]])


def _parity(text: bytes) -> bytes:
    return bytes(byte | (0 if byte.bit_count() % 2 else 0x80) for byte in text)


def _reverse(line: bytes) -> bytes:
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in line)
