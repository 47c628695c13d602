"""Program of closed captions: `caption_program.py FILE FORMATS INDEX START_S` prints those of a picture stream as SCC.

It runs in the sandbox, like the probe's. Captions (CEA-608, first field) lie beside each frame: in H.264 as SEI
messages, in MPEG-2 as user data, both with the same head (ATSC A/53 part 4, 6.2.3). So nothing is decoded. START_S is
the file's moment that becomes zero. SCC is a text format that ffmpeg reads: a moment, and pairs of bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import av
from av.error import FFmpegError

HEAD = b"\xb5\x00\x31GA94\x03"  # ITU-T T.35: United States, ATSC; user_identifier, user_data_type_code of captions
FRAME_MS = 33  # ffmpeg's reader of SCC counts frames of so many milliseconds
MOST_PAIRS = 500_000  # of ten hours of talk; the answer stays small


def find_pairs(packet: bytes) -> Iterator[bytes]:
    """Yield the pairs of bytes of the first field in a packet, without those that only fill up."""
    place = packet.find(HEAD)
    if place < 0:
        return
    body = packet[place + len(HEAD) : place + len(HEAD) + 2 + 3 * 31 + 40].replace(b"\x00\x00\x03", b"\x00\x00")
    count = body[0] & 31 if body else 0
    for at in range(2, 2 + 3 * count, 3):
        triple = body[at : at + 3]
        is_first_field = len(triple) == 3 and triple[0] & 7 == 4  # cc_valid, cc_type 0
        if is_first_field and (triple[1] & 127 or triple[2] & 127):
            yield triple[1:]


def read_captions(path: str, options: dict[str, str], index: int) -> list[tuple[float, bytes]]:
    """Return moment and pair of each caption's code, in the order in which the frames are shown."""
    found: list[tuple[float, bytes]] = []
    with suppress(FFmpegError), av.open(path, options=options, metadata_errors="replace") as container:
        stream: Any = container.streams[index]
        for packet in container.demux(stream):
            if packet.pts is not None and len(found) < MOST_PAIRS:
                moment_s = float(packet.pts * packet.time_base)
                found += [(moment_s, pair) for pair in find_pairs(bytes(packet))]
    return sorted(found, key=lambda one: one[0])  # stable: pairs of one frame keep their order


def write_scc(pairs: list[tuple[float, bytes]], start_s: float) -> str:
    """Return the captions as SCC."""
    lines = ["Scenarist_SCC V1.0", ""]
    for moment_s, pair in pairs:
        ms = max(0, round(1000 * (moment_s - start_s)))
        clock = f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}:{ms % 1000 // FRAME_MS:02d}"
        lines += [f"{clock}\t{pair.hex()}", ""]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    av.logging.set_level(None)
    allowed = {"protocol_whitelist": "file", "format_whitelist": sys.argv[2]}
    sys.stdout.write(write_scc(read_captions(sys.argv[1], allowed, int(sys.argv[3])), float(sys.argv[4])))
