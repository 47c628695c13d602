"""Scan of packets: finds where streams really end, and whether the picture can be copied. Part of the probe's program.

Containers state wrong lengths and frame rates; packets rarely do.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import av
from av.error import FFmpegError

from funkhaus.ingest.probe.clock_jumps import Runs
from funkhaus.ingest.probe.formats import MEDIA_FORMATS
from funkhaus.ingest.probe.h264 import find_units, read_nal_length

SCAN_S = 4.0  # seconds of wall clock for a scan: an editor waits for the answer
LONG_SCAN_S = 30.0  # the same where only a whole scan tells the length: half of the probe's time, some ten gigabytes
JOINT_S = 0.5  # before a joint, that packets of one stream lie behind those of another in the file
MOST_ERRORS = 1000  # damaged packets of a stream that are counted
JOINED_S = 0.04  # between the last frame before a jump of the clock and the first behind it: some frame
CLOSE_S = 0.005  # frames nearer to each other than that are not both meant to be seen
TAIL_S = 20.0  # seconds before the stated end that are scanned in a file too long for a whole scan
_IDR, _SPS = 5, 7  # NAL unit types, ITU-T H.264 table 7-1

Facts = dict[str, Any]


@dataclass
class Scan:
    """The facts of a scan, by stream index; `damaged` has the moments of damaged packets.

    `is_whole`: it reached the end of the file.
    """

    spans: dict[int, Facts] = field(default_factory=dict)
    runs: dict[int, Runs] = field(default_factory=dict)
    damaged: dict[int, list[float]] = field(default_factory=dict)
    is_whole: bool = True
    failures: int = 0

    @property
    def errors(self) -> int:
        """Return the number of damaged packets, and one where reading broke off."""
        return self.failures + sum(len(moments) for moments in self.damaged.values())


class _Keys:
    """The timing of a picture stream: key frames, steps, bits from key frame to key frame."""

    def __init__(self, stream: Any) -> None:
        context = stream.codec_context
        self.is_h264 = context is not None and context.name == "h264"
        self.nal_length = read_nal_length(context.extradata) if self.is_h264 else 0
        self.moments: list[float] = []
        self.keys: list[float] = []
        self.rates: list[float] = []
        self.is_clean = self.nal_length > 0  # with start codes (annex B) the parameters may change in the stream
        self._bits, self._bytes = 0, 0
        self._offset = 0.0

    def see(self, moment: float, packet: Any, *, is_jump: bool) -> None:
        """Take in a packet; packets come in the order of decoding. `is_jump`: the clock jumps before it."""
        if is_jump and self.moments:
            self._offset = max(self.moments) - moment + JOINED_S
        moment += self._offset
        if packet.is_keyframe:
            if self.keys and moment > self.keys[-1]:
                self.rates.append(self._bits / (moment - self.keys[-1]))
            self.keys.append(moment)
            self._bits = 0
            if self.is_h264:
                units = find_units(bytes(packet), self.nal_length)
                # A segment must be decodable alone: no reference back (IDR), no new sequence parameters (SPS).
                self.is_clean = self.is_clean and _IDR in units and _SPS not in units
        elif not self.keys:
            self.is_clean = False
        self.is_clean = self.is_clean and not packet.is_corrupt and not packet.is_discard
        self._bits += 8 * packet.size
        self._bytes += packet.size
        if not packet.is_discard:
            self.moments.append(moment)

    def tell(self, end_s: float) -> Facts:
        """Return the sums; times in seconds, rates in bits a second."""
        moments = sorted(set(self.moments))
        steps = [after - before for before, after in pairwise(moments)]
        gaps = [after - before for before, after in pairwise(self.keys)]
        gaps += [end_s - self.keys[-1]] if self.keys else []
        length_s = end_s - moments[0] if moments else 0.0
        return {
            "is_clean": self.is_clean and gaps == [gap for gap in gaps if gap > 0],
            "moments": 1 + sum(step >= CLOSE_S for step in steps),
            "moments_s": moments[-1] - moments[0] if moments else 0.0,
            "keys": len(self.keys),
            "longest_gap_s": max(gaps, default=0.0),
            "shortest_step_s": min(steps, default=0.0),
            "longest_step_s": max(steps, default=0.0),
            "usual_step_s": median([step for step in steps if step >= CLOSE_S] or [0.0]),
            "average_bits_per_s": round(8 * self._bytes / length_s) if length_s > 0 else 0,
            "peak_bits_per_s": round(max(self.rates, default=0.0)),
        }


def scan_packets(container: Any, streams: list[Any], path: Path, options: dict[str, str]) -> Scan:
    """Scan to the end, or for `SCAN_S` seconds and then only the last stretch.

    What has no clock, or one that may jump, is scanned for `LONG_SCAN_S` seconds: only a whole scan tells its length.
    """
    scan = Scan()
    if not streams:
        return scan
    keys = {stream.index: _Keys(stream) for stream in streams if stream.type == "video"}
    known = MEDIA_FORMATS.get(container.format.name)
    is_seekable = known is None or known.is_seekable
    has_loose_clock = known is not None and known.has_loose_clock
    scan.runs = {stream.index: Runs() for stream in streams} if has_loose_clock else {}
    patience_s = LONG_SCAN_S if has_loose_clock or not is_seekable else SCAN_S
    _walk(container.demux(*streams), scan, keys, time.monotonic() + patience_s)
    for index, span in scan.spans.items():
        if scan.is_whole and scan.damaged.get(index):  # a recording is cut anywhere, so its last packet is often half
            last = scan.runs[index].spans[-1][1] if index in scan.runs else span.get("end_s", 0.0)
            scan.damaged[index] = [moment for moment in scan.damaged[index] if abs(last - moment) > JOINT_S]
        if index in keys and scan.is_whole and "end_s" in span:
            span.update(keys[index].tell(span["end_s"]))
        if index in scan.runs and scan.is_whole:
            span["runs"] = scan.runs[index].spans
    if not scan.is_whole and is_seekable:
        _look_at_end(scan, path, options, [stream.index for stream in streams])
    elif not scan.is_whole:
        _estimate_end(scan, path.stat().st_size)
    return scan


def _walk(packets: Any, scan: Scan, keys: dict[int, _Keys], until: float) -> None:
    while time.monotonic() < until:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except FFmpegError:
            scan.failures += 1
            return
        moment = packet.pts if packet.pts is not None else packet.dts
        if moment is not None and packet.size:
            _take(scan, keys, packet, float(moment * packet.time_base))
    scan.is_whole = False


def _take(scan: Scan, keys: dict[int, _Keys], packet: Any, first: float) -> None:
    index = packet.stream.index
    span = scan.spans.setdefault(index, {"packets": 0, "bytes": 0})
    damaged = scan.damaged.setdefault(index, [])
    is_jump = index in scan.runs and _follow(scan.runs[index], first, packet)
    if is_jump:  # where parts were joined, the counters of packets jump too: the last ones are taken for damaged
        before_s = scan.runs[index].spans[-2][1] - JOINT_S
        damaged[:] = [moment for moment in damaged if moment < before_s]
    if packet.is_corrupt and len(damaged) < MOST_ERRORS:
        damaged.append(first)
    if not packet.is_discard:  # what an edit list leaves out is decoded, but not shown
        _widen(span, first, packet)
    if index in keys:
        keys[index].see(first, packet, is_jump=is_jump)


def _follow(runs: Runs, first: float, packet: Any) -> bool:
    decoded = first if packet.dts is None else float(packet.dts * packet.time_base)
    return runs.see(decoded, first, first + _length_s(packet))


def _length_s(packet: Any) -> float:
    return float((packet.duration or 0) * packet.time_base)


def _widen(span: Facts, first: float, packet: Any) -> None:
    last = first + _length_s(packet)
    span["packets"] += 1
    span["bytes"] += packet.size
    span["first_s"] = min(span.get("first_s", first), first)
    span["last_start_s"] = max(span.get("last_start_s", first), first)
    span["end_s"] = max(span.get("end_s", last), last)


def _look_at_end(scan: Scan, path: Path, options: dict[str, str], indexes: list[int]) -> None:
    """Find where the streams of a long file end, from the packets of its last stretch: `tail_end_s`."""
    with suppress(FFmpegError), av.open(str(path), options=options, metadata_errors="replace") as container:
        if not container.duration:
            return
        start = (container.start_time or 0) + container.duration - int(TAIL_S * av.time_base)
        container.seek(max(0, start), backward=True)
        tail = Scan()
        with suppress(FFmpegError):
            _walk(container.demux(*indexes), tail, {}, time.monotonic() + SCAN_S)
        for index, span in tail.spans.items():
            if "end_s" in span:  # an edit list may leave every packet out
                scan.spans.setdefault(index, {"packets": 0, "bytes": 0})["tail_end_s"] = span["end_s"]


def _estimate_end(scan: Scan, size: int) -> None:
    """Estimate where the one stream of a file of `size` bytes ends, from the bytes and seconds seen: `tail_end_s`."""
    for span in scan.spans.values():
        span["tail_end_s"] = span["first_s"] + (span["end_s"] - span["first_s"]) * size / span["bytes"]
