"""Program of the sync check: `sync_program.py REQUESTS` prints what is seen and heard in stretches of media files.

It runs in the sandbox, like the probe's. REQUESTS is JSON: a list of objects with `path`, `formats` (ffmpeg's names),
`video` and `audio` (indexes of streams, or null), `start_s` and `end_s` by the file's own clock. For each it prints
`frames`, pairs of a moment and `SIDE` x `SIDE` gray values in hexadecimal, upright, and `levels`, triples of a slot of
`SLOT_S`, the sum of its samples without sign, and their number. PyAV is used, not the ffmpeg that made the result.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import av
from av.error import FFmpegError

SIDE = 8  # pixels: enough to tell one frame from the next where anything moves
SLOT_S = 0.01
LEAD_S, LAG_S = 2.0, 1.5  # before the stretch to find a key frame; behind it, since streams are interleaved loosely
MOST_PACKETS = 20_000

Facts = dict[str, Any]


def read_stretch(request: Facts) -> Facts:
    """Return the frames and levels of one request; what cannot be decoded is left out."""
    options = {"protocol_whitelist": "file", "format_whitelist": request["formats"]}
    frames: list[tuple[float, str]] = []
    levels: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    with suppress(FFmpegError), av.open(request["path"], options=options, metadata_errors="replace") as container:
        for frame in _decode(container, request):
            moment_s = float(frame.pts * frame.time_base)
            if not request["start_s"] <= moment_s < request["end_s"]:
                continue
            if isinstance(frame, av.VideoFrame):
                frames.append((round(moment_s, 4), _draw(frame)))
            else:
                _add_levels(levels, frame, moment_s)
    return {"frames": sorted(frames), "levels": [[slot, *level] for slot, level in sorted(levels.items())]}


def _decode(container: Any, request: Facts) -> Iterator[Any]:
    streams = [container.streams[index] for index in (request["video"], request["audio"]) if index is not None]
    for stream in streams:
        stream.thread_type = "AUTO"
    start_s = (container.start_time or 0) / av.time_base
    if request["start_s"] - LEAD_S > start_s:
        with suppress(FFmpegError):
            container.seek(int((request["start_s"] - LEAD_S) * av.time_base), backward=True)
    open_streams = {stream.index for stream in streams}
    for count, packet in enumerate(container.demux(*streams)):
        moment = packet.dts if packet.dts is not None else packet.pts
        if moment is not None and float(moment * packet.time_base) > request["end_s"] + LAG_S:
            open_streams.discard(packet.stream.index)
        if not open_streams or count > MOST_PACKETS:
            return
        with suppress(FFmpegError):  # the first packets behind a seek are often cut
            yield from (frame for frame in packet.decode() if frame.pts is not None)


def _draw(frame: Any) -> str:
    small = frame.reformat(width=SIDE, height=SIDE, format="gray", interpolation="AREA")
    plane, data = small.planes[0], bytes(small.planes[0])
    rows = [data[at : at + SIDE] for at in range(0, SIDE * plane.line_size, plane.line_size)]
    for _quarter in range(round(frame.rotation / 90) % 4):  # counterclockwise
        rows = [bytes(row[place] for row in rows) for place in reversed(range(SIDE))]
    return b"".join(rows).hex()


def _add_levels(levels: dict[int, list[int]], frame: Any, moment_s: float) -> None:
    resampler = av.AudioResampler(format="s16", layout="mono")
    for one in resampler.resample(frame):
        samples = array("h", bytes(one.planes[0])[: 2 * one.samples])
        at, rate = 0, one.sample_rate
        while at < len(samples):
            slot = int((moment_s + at / rate) / SLOT_S + 1e-6)
            after = max(at + 1, min(len(samples), round(((slot + 1) * SLOT_S - moment_s) * rate)))
            levels[slot][0] += sum(map(abs, samples[at:after]))
            levels[slot][1] += after - at
            at = after


if __name__ == "__main__":
    av.logging.set_level(None)  # the libraries' messages would go to the worker's log, with names of files
    json.dump([read_stretch(request) for request in json.loads(sys.argv[1])], sys.stdout)
