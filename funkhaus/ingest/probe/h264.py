"""As much of H.264 byte streams as it takes to know whether a stream can be used as it is. Pure.

Source: ITU-T H.264 section 7.3.1 and annex B, ISO/IEC 14496-15 section 5.3.3 (avcC).
"""

from __future__ import annotations

import re

_START = re.compile(rb"\x00\x00\x01")


def read_nal_length(extradata: bytes | None) -> int:
    """Bytes of the length in front of each NAL unit, from the configuration record; 0 for start codes (annex B)."""
    if not extradata or len(extradata) < 7 or extradata[0] != 1:
        return 0
    return 1 + (extradata[4] & 3)


def find_units(packet: bytes, nal_length: int) -> set[int]:
    """The types of the NAL units in a packet; what does not add up ends the walk."""
    if not nal_length:
        return {packet[match.end()] & 31 for match in _START.finditer(packet) if match.end() < len(packet)}
    found, place = set(), 0
    while place + nal_length < len(packet):
        length = int.from_bytes(packet[place : place + nal_length], "big")
        found.add(packet[place + nal_length] & 31)
        place += nal_length + length
    return found
