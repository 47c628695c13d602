"""Decoding of sample frames: finds out what a picture really is. Part of the probe's program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

FRAMES = 8  # from the start: some streams mark their colors or captions only after the first frames
PACKETS = 400  # without a frame after so many, a stream counts as not decodable
LOOKS = (0.35, 0.7)  # further samples, as shares of the length: the start is often black
FIELD_FRAMES, FEW_FIELD_FRAMES = 16, 5  # interlacing shows in motion only; few where no frame is marked as interlaced
FIELD_PIXELS = 1920 * 1088  # larger pictures are never interlaced

Facts = dict[str, Any]


def look_at_stream(path: Path, options: dict[str, str], index: int, span: Facts) -> Facts:
    """Return facts from the first frames of a stream, and of a picture from some further on.

    The container is opened anew, so that the scan of packets does not disturb it. A stream without a frame is marked as
    not decodable.
    """
    with av.open(str(path), options=options, metadata_errors="replace") as container:
        stream: Any = container.streams[index]
        if stream.codec_context is None:
            return {"is_decodable": False}
        if stream.type == "audio":
            frames = list(_decode(container, stream, 1))
            return _sound_facts(frames[0]) if frames else {"is_decodable": False}
        stream.thread_type = "AUTO"  # by frames and slices: PyAV's default of slices alone is slow for most files
        frames = list(_decode(container, stream, FRAMES))
        if not frames:
            return {"is_decodable": False}
        return {**_picture_facts(stream, frames), **_look_further(container, stream, frames, span)}


def _decode(container: Any, stream: Any, most: int) -> Iterator[Any]:
    found = 0
    for count, packet in enumerate(container.demux(stream)):
        frames = []
        with suppress(FFmpegError):  # a broken start is common in recordings
            frames = packet.decode()
        for frame in frames:
            found += 1
            yield frame
        if found >= most or count >= PACKETS:
            return


def _picture_facts(stream: Any, frames: list[Any]) -> Facts:
    frame, context = frames[0], stream.codec_context
    aspect = stream.sample_aspect_ratio or context.sample_aspect_ratio
    return {
        "is_decodable": True,
        "width": frame.width,
        "height": frame.height,
        "sample_aspect": float(aspect) if aspect else 1.0,
        "rotation": int(frame.rotation),
        "is_flagged_interlaced": any(frame.interlaced_frame for frame in frames),
        "pixel_format": frame.format.name,
        "bit_depth": max((part.bits for part in frame.format.components), default=8),
        "has_alpha": any(part.is_alpha for part in frame.format.components),
        "is_rgb": frame.format.is_rgb,
        "transfer": _known(frame.color_trc, context.color_trc),
        "primaries": _known(frame.color_primaries, context.color_primaries),
        "matrix": _known(frame.colorspace, context.colorspace),
        # 2: AVCOL_RANGE_JPEG of libavutil; yuvj…: pixel formats that mean full range by their name.
        "is_full_range": 2 in {int(frame.color_range), int(context.color_range)} or frame.format.name[:4] == "yuvj",
        "has_closed_captions": any(_has_captions(frame) for frame in frames),
        "profile": str(context.profile or ""),
        "level": int(getattr(context, "level", 0) or 0),  # not every codec's context has it in PyAV
    }


def _has_captions(frame: Any) -> bool:
    """Tell whether closed captions (ATSC A/53) come with the frame; PyAV knows no names for some of the newer data."""
    for side in frame.side_data:
        with suppress(ValueError):
            if side.type.name == "A53_CC":
                return True
    return False


def _known(*values: int) -> int:
    """Return the first code that says something; 0 (reserved) and 2 (unspecified) don't (ITU-T H.273)."""
    return next((int(value) for value in values if int(value) not in {0, 2}), 2)


def _look_further(container: Any, stream: Any, frames: list[Any], span: Facts) -> Facts:
    """Count interlaced frames by their field order, and find the brightest of the sample frames."""
    counts = {"tff": 0, "bff": 0, "progressive": 0}
    brightness = [_brightness(frame) for frame in frames]
    looks_for_fields = frames[0].width * frames[0].height <= FIELD_PIXELS
    many = FIELD_FRAMES if any(frame.interlaced_frame for frame in frames) else FEW_FIELD_FRAMES
    length_s = span.get("end_s", 0.0) - span.get("first_s", 0.0)
    if looks_for_fields and len(frames) >= FRAMES:
        _count_fields(stream, frames, counts)
    for share in LOOKS if length_s > 2 else ():  # seconds; of less, the first frames are a fair sample
        moment = int((span["first_s"] + share * length_s) / stream.time_base)
        with suppress(FFmpegError):
            container.seek(moment, stream=stream, backward=True)  # to the key frame before
            stream.codec_context.flush_buffers()  # else the decoder still gives out frames from before the seek
            found = list(_decode(container, stream, many if looks_for_fields else 1))
            brightness += [_brightness(frame) for frame in found[:1]]
            if looks_for_fields:
                _count_fields(stream, found, counts)
    return {"fields": counts, "brightness": max(brightness)}


def _count_fields(stream: Any, frames: list[Any], counts: dict[str, int]) -> None:
    """Add the counts of ffmpeg's filter `idet`, which compares neighboring lines and frames."""
    if len(frames) < 3:  # it compares each frame with its neighbors
        return
    graph = av.filter.Graph()
    source = graph.add_buffer(template=stream, format=frames[0].format.name)
    look, sink = graph.add("idet"), graph.add("buffersink")
    source.link_to(look)
    look.link_to(sink)
    last: dict[str, str] = {}
    with suppress(FFmpegError, ValueError):
        graph.configure()
        for frame in frames:
            source.push(frame)
            with suppress(FFmpegError):
                last = dict(sink.pull().metadata)  # counts so far; «multiple»: judged over several frames
    for name in counts:
        counts[name] += int(float(last.get(f"lavfi.idet.multiple.{name}", 0)))


def _brightness(frame: Any) -> int:
    """Return the mean of some samples of the first plane, 0 to 255: luma, or green in RGB."""
    plane = frame.planes[0]
    # Some 4,000 samples; the odd step does not fall on the same column of every row.
    samples = bytes(plane)[:: max(1, plane.buffer_size // 4000) | 1]
    return sum(samples) // max(1, len(samples))


def _sound_facts(frame: Any) -> Facts:
    return {
        "is_decodable": True,
        "channels": frame.layout.nb_channels,
        "layout": frame.layout.name,
        "sample_rate": frame.sample_rate,
    }
