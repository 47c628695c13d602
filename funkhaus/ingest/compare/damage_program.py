"""Program of the damage check: `damage_program.py FILE FORMATS INDEX…` decodes streams and tells where it complains.

It runs in the sandbox, like the probe's, and only for files of which ffmpeg complained: its lines do not say where.
It prints for each stream the number of `packets`, the one that gave the `first_frame`, the `last_s` moment, and
`troubles`, pairs of a packet's number and its moment. Each packet is decoded alone, in one thread, so that complaints
are its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import av
from av.error import FFmpegError

MOST_TROUBLES = 200

Facts = dict[str, Any]


def find_troubles(path: str, options: dict[str, str], indexes: Sequence[int]) -> list[Facts]:
    """Return the facts of each stream."""
    found: dict[int, Facts] = {
        index: {"packets": 0, "first_frame": None, "last_s": 0.0, "troubles": []} for index in indexes
    }
    with av.open(path, options=options, metadata_errors="replace") as container:
        streams: list[Any] = [container.streams[index] for index in indexes]
        for stream in streams:
            stream.thread_type = "NONE"
        packets = container.demux(*streams)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, FFmpegError):
                return list(found.values())
            _decode(found[packet.stream.index], packet)


def _decode(facts: Facts, packet: Any) -> None:
    number, moment = facts["packets"], packet.pts if packet.pts is not None else packet.dts
    if packet.size:
        facts["packets"] += 1
        facts["last_s"] = float(moment * packet.time_base) if moment is not None else facts["last_s"]
    frames: list[Any] = []
    with av.logging.Capture(local=False) as complaints:
        try:
            frames = packet.decode()
        except FFmpegError:
            complaints.append((av.logging.ERROR, "", ""))
    if frames and facts["first_frame"] is None:
        facts["first_frame"] = number
    is_bad = bool(complaints) or packet.is_corrupt or any(frame.is_corrupt for frame in frames)
    if is_bad and len(facts["troubles"]) < MOST_TROUBLES:
        facts["troubles"].append([number, facts["last_s"]])


if __name__ == "__main__":
    av.logging.set_level(av.logging.ERROR)
    av.logging.set_skip_repeated(False)  # else the same complaint about another packet is not heard
    allowed = {"protocol_whitelist": "file", "format_whitelist": sys.argv[2]}
    json.dump(find_troubles(sys.argv[1], allowed, [int(index) for index in sys.argv[3:]]), sys.stdout)
