"""Walk over the packets of a file: where its streams really end, and whether its picture could be used as it is.

Part of the probe's program. Containers lie about length and frame rate; packets rarely do.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from funkhaus.ingest.probe.h264 import find_units, read_nal_length

SCAN_S = 4.0
CLOSE_S = 0.005  # frames nearer to each other than that are not both meant to be seen
TAIL_S = 20.0  # how far before the claimed end a file is looked at that is too long to be walked over
_IDR, _SPS = 5, 7  # NAL unit types, ITU-T H.264 table 7-1

Facts = dict[str, Any]


@dataclass
class Scan:
    """What was seen, by stream index. `is_whole`: the walk came to the end."""

    spans: dict[int, Facts] = field(default_factory=dict)
    is_whole: bool = True
    errors: int = 0


class _Keys:
    """The rhythm of a picture stream: key frames, steps, bits from key frame to key frame."""

    def __init__(self, stream: Any) -> None:
        context = stream.codec_context
        self.is_h264 = context is not None and context.name == "h264"
        self.nal_length = read_nal_length(context.extradata) if self.is_h264 else 0
        self.moments: list[float] = []
        self.keys: list[float] = []
        self.rates: list[float] = []
        self.is_clean = self.nal_length > 0  # with start codes (annex B) the shape may change on the way
        self._bits, self._bytes = 0, 0

    def see(self, moment: float, packet: Any) -> None:
        """Take a packet in, in the order of decoding."""
        if packet.is_keyframe:
            if self.keys and moment > self.keys[-1]:
                self.rates.append(self._bits / (moment - self.keys[-1]))
            self.keys.append(moment)
            self._bits = 0
            if self.is_h264:
                units = find_units(bytes(packet), self.nal_length)
                # A stream that begins anew must not look back (IDR) and must not change its shape on the way.
                self.is_clean = self.is_clean and _IDR in units and _SPS not in units
        elif not self.keys:
            self.is_clean = False
        self.is_clean = self.is_clean and not packet.is_corrupt and not packet.is_discard
        self._bits += 8 * packet.size
        self._bytes += packet.size
        self.moments.append(moment)

    def tell(self, end_s: float) -> Facts:
        """Sum up; times in seconds, rates in bits a second."""
        moments = sorted(set(self.moments))
        steps = [after - before for before, after in pairwise(moments)]
        gaps = [after - before for before, after in pairwise(self.keys)]
        gaps += [end_s - self.keys[-1]] if self.keys else []
        length_s = end_s - moments[0] if moments else 0.0
        return {
            "is_clean": self.is_clean and gaps == [gap for gap in gaps if gap > 0],
            "moments": 1 + sum(step >= CLOSE_S for step in steps),
            "keys": len(self.keys),
            "longest_gap_s": max(gaps, default=0.0),
            "shortest_step_s": min(steps, default=0.0),
            "longest_step_s": max(steps, default=0.0),
            "average_bits_per_s": round(8 * self._bytes / length_s) if length_s > 0 else 0,
            "peak_bits_per_s": round(max(self.rates, default=0.0)),
        }


def scan_packets(container: Any, streams: list[Any], path: Path, options: dict[str, str]) -> Scan:
    """Walk to the end, or for `SCAN_S` seconds and then only over the last stretch."""
    scan = Scan()
    if not streams:
        return scan
    keys = {stream.index: _Keys(stream) for stream in streams if stream.type == "video"}
    _walk(container.demux(*streams), scan, keys, time.monotonic() + SCAN_S)
    for index, span in scan.spans.items():
        if index in keys and scan.is_whole:
            span.update(keys[index].tell(span["end_s"]))
    if not scan.is_whole:
        _look_at_end(scan, path, options, [stream.index for stream in streams])
    return scan


def _walk(packets: Any, scan: Scan, keys: dict[int, _Keys], until: float) -> None:
    while time.monotonic() < until:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except FFmpegError:
            scan.errors += 1
            return
        moment = packet.pts if packet.pts is not None else packet.dts
        if moment is None or packet.size == 0:
            continue
        scan.errors += bool(packet.is_corrupt)
        index = packet.stream.index
        first = _widen(scan.spans.setdefault(index, {"packets": 0, "bytes": 0}), moment, packet)
        if index in keys:
            keys[index].see(first, packet)
    scan.is_whole = False


def _widen(span: Facts, moment: int, packet: Any) -> float:
    first = float(moment * packet.time_base)
    last = float((moment + (packet.duration or 0)) * packet.time_base)
    span["packets"] += 1
    span["bytes"] += packet.size
    span["first_s"] = min(span.get("first_s", first), first)
    span["last_start_s"] = max(span.get("last_start_s", first), first)
    span["end_s"] = max(span.get("end_s", last), last)
    return first


def _look_at_end(scan: Scan, path: Path, options: dict[str, str], indexes: list[int]) -> None:
    """Where the streams of a long file end, by the packets of its last stretch: `tail_end_s`."""
    with suppress(FFmpegError), av.open(str(path), options=options, metadata_errors="replace") as container:
        if not container.duration:
            return
        start = (container.start_time or 0) + container.duration - int(TAIL_S * av.time_base)
        container.seek(max(0, start), backward=True)
        tail = Scan()
        with suppress(FFmpegError):
            _walk(container.demux(*indexes), tail, {}, time.monotonic() + SCAN_S)
        for index, span in tail.spans.items():
            scan.spans.setdefault(index, {"packets": 0, "bytes": 0})["tail_end_s"] = span["end_s"]
