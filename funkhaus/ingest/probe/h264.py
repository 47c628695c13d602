"""H.264 byte streams: reads the types of NAL units, to decide whether a stream can be copied. Pure.

Sources: ITU-T H.264, section 7.3.1 and annex B; ISO/IEC 14496-15, section 5.3.3 (avcC).
"""

from __future__ import annotations

import re

_START = re.compile(rb"\x00\x00\x01")  # start code prefix, annex B


def read_nal_length(extradata: bytes | None) -> int:
    """Return the bytes of the length in front of each NAL unit, from the avcC box; 0 for start codes (annex B)."""
    if not extradata or len(extradata) < 7 or extradata[0] != 1:  # version 1, and seven bytes at least
        return 0
    return 1 + (extradata[4] & 3)  # lengthSizeMinusOne: the lowest two bits


def find_units(packet: bytes, nal_length: int) -> set[int]:
    """Return the types of the NAL units in a packet; reading stops where the lengths do not add up."""
    if not nal_length:
        # nal_unit_type: the lowest five bits of a unit's first byte.
        return {packet[match.end()] & 31 for match in _START.finditer(packet) if match.end() < len(packet)}
    found, offset = set(), 0
    while offset + nal_length < len(packet):
        length = int.from_bytes(packet[offset : offset + nal_length], "big")
        found.add(packet[offset + nal_length] & 31)
        offset += nal_length + length
    return found
