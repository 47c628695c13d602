"""Decode a few frames of a stream, as a player would: what the picture really is. Part of the probe's program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

FRAMES = 8
PACKETS = 400  # give up on a stream after so many without a frame
LOOKS = (0.35, 0.7)  # where else to look, as shares of the length: the start is often black
FIELD_FRAMES, FEW_FIELD_FRAMES = 16, 5  # a look at interlacing needs motion; few where nothing speaks for it
FIELD_PIXELS = 1920 * 1088  # larger pictures are never interlaced

Facts = dict[str, Any]


def look_at_stream(path: Path, options: dict[str, str], index: int, span: Facts) -> Facts:
    """Decode the first frames of one stream, and of a picture some further on, in a container opened anew."""
    with av.open(str(path), options=options, metadata_errors="replace") as container:
        stream: Any = container.streams[index]
        if stream.codec_context is None:
            return {"is_decodable": False}
        if stream.type == "audio":
            frames = list(_decode(container, stream, 1))
            return _sound_facts(frames[0]) if frames else {"is_decodable": False}
        stream.thread_type = "AUTO"
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
        "is_full_range": 2 in {int(frame.color_range), int(context.color_range)} or frame.format.name[:4] == "yuvj",
        "has_closed_captions": any(side.type.name == "A53_CC" for frame in frames for side in frame.side_data),
        "profile": str(context.profile or ""),
        "level": int(getattr(context, "level", 0) or 0),
    }


def _known(*values: int) -> int:
    """The first that says something: 0 and 2 don't (ITU-T H.273)."""
    return next((int(value) for value in values if int(value) not in {0, 2}), 2)


def _look_further(container: Any, stream: Any, frames: list[Any], span: Facts) -> Facts:
    """Count the fields that don't belong together, and find the brightest of what was seen."""
    counts = {"tff": 0, "bff": 0, "progressive": 0}
    brightness = [_brightness(frame) for frame in frames]
    looks_for_fields = frames[0].width * frames[0].height <= FIELD_PIXELS
    many = FIELD_FRAMES if any(frame.interlaced_frame for frame in frames) else FEW_FIELD_FRAMES
    length_s = span.get("end_s", 0.0) - span.get("first_s", 0.0)
    if looks_for_fields and len(frames) >= FRAMES:
        _count_fields(stream, frames, counts)
    for share in LOOKS if length_s > 2 else ():
        moment = int((span["first_s"] + share * length_s) / stream.time_base)
        with suppress(FFmpegError):
            container.seek(moment, stream=stream, backward=True)
            stream.codec_context.flush_buffers()
            found = list(_decode(container, stream, many if looks_for_fields else 1))
            brightness += [_brightness(frame) for frame in found[:1]]
            if looks_for_fields:
                _count_fields(stream, found, counts)
    return {"fields": counts, "brightness": max(brightness)}


def _count_fields(stream: Any, frames: list[Any], counts: dict[str, int]) -> None:
    """Let the filter `idet` compare neighboring lines and frames."""
    if len(frames) < 3:
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
                last = dict(sink.pull().metadata)
    for name in counts:
        counts[name] += int(float(last.get(f"lavfi.idet.multiple.{name}", 0)))


def _brightness(frame: Any) -> int:
    """The mean of some samples of the first plane, 0 to 255: luma, or green, or whatever comes first."""
    plane = frame.planes[0]
    samples = bytes(plane)[:: max(1, plane.buffer_size // 4000) | 1]
    return sum(samples) // max(1, len(samples))


def _sound_facts(frame: Any) -> Facts:
    return {
        "is_decodable": True,
        "channels": frame.layout.nb_channels,
        "layout": frame.layout.name,
        "sample_rate": frame.sample_rate,
    }
