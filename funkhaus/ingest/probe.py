"""Read what a media file contains and print it as JSON: `probe.py FILE FORMATS`.

A program of its own, run under limits, since every file is hostile until parsed. It imports no Django, opens no
other file than the one named, and decides nothing: `rules` does, by the facts.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

SCAN_S = 4.0
FRAMES = 8  # enough to see interlacing behind a progressive first frame
MOST_TEXTS, MOST_CHAPTERS = 40, 1000
PACKETS = 400  # give up decoding a stream after so many without a frame

Facts = dict[str, Any]


def read_file(path: Path, options: dict[str, str]) -> Facts:
    """Return the facts of the file, or `{"error": code}`."""
    if path.stat().st_size == 0:
        return {"error": "empty"}
    disguise = find_disguise(path)
    if disguise:
        return {"error": disguise}
    try:
        with av.open(str(path), options=options, metadata_errors="replace") as container:
            return {
                "format": container.format.name,
                "claimed_s": container.duration / av.time_base if container.duration else None,
                "start_s": (container.start_time or 0) / av.time_base,
                "texts": _read_texts(container),
                "chapters": _read_chapters(container),
                "streams": _read_streams(container, path, options),
            }
    except FFmpegError:
        return {"error": "no_index" if _has_mp4_head(path) else "not_media"}


def find_disguise(path: Path) -> str | None:
    """Name what the first bytes show the file to be when it is no media file."""
    with path.open("rb") as file:
        head = file.read(4096)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"#extm3u", b"ffconcat", b"[playlist]", b"<smil", b"<mpd")) or b"<mpd" in text[:600]:
        return "playlist"
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<svg")):
        return "web_page"
    if head.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BM")):
        return "picture"
    is_text = all(byte >= 32 or byte in b"\t\r\n\f" for byte in head) and not head.startswith(b"\xff")
    return "text" if is_text else None


def _has_mp4_head(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}


def _read_streams(container: Any, path: Path, options: dict[str, str]) -> list[Facts]:
    chosen = [
        stream
        for stream in container.streams
        if stream.type in {"video", "audio"} and not int(stream.disposition) & int(av.stream.Disposition.attached_pic)
    ]
    spans, is_scanned, read_errors = _scan(container, chosen)
    found = []
    for stream in chosen:
        facts = _decode_first(path, options, stream.index)
        span = spans.get(stream.index, {})
        found.append(
            {
                "index": stream.index,
                "type": stream.type,
                "codec": stream.codec_context.name if stream.codec_context else "unknown",
                "claimed_s": float(stream.duration * stream.time_base) if stream.duration else None,
                "language": stream.language or "",
                "is_default": bool(int(stream.disposition) & int(av.stream.Disposition.default)),
                "is_description": bool(int(stream.disposition) & int(av.stream.Disposition.visual_impaired)),
                "is_scanned": is_scanned,
                "read_errors": read_errors,
                "declared_rate": float(stream.average_rate or 0) if stream.type == "video" else 0.0,
                **span,
                **facts,
            }
        )
    return found


def _read_texts(container: Any) -> list[Facts]:
    """The text streams; `is_bitmap` as ffmpeg's own list has it: those need eyes to be read."""
    found = []
    for stream in container.streams:
        codec = stream.codec_context.codec if stream.codec_context else None
        if stream.type != "subtitle":
            continue
        disposition = int(stream.disposition)
        found.append(
            {
                "index": stream.index,
                "codec": stream.codec_context.name if codec else "unknown",
                "is_bitmap": bool(codec and codec.bitmap_sub),
                "language": stream.language or "",
                "title": str(stream.metadata.get("title", ""))[:80],
                "is_forced": bool(disposition & int(av.stream.Disposition.forced)),
                "is_for_deaf": bool(disposition & int(av.stream.Disposition.hearing_impaired))
                or bool(disposition & int(av.stream.Disposition.captions)),
                "is_description": bool(disposition & int(av.stream.Disposition.descriptions)),
            }
        )
    return found[:MOST_TEXTS]


def _read_chapters(container: Any) -> list[Facts]:
    """Titled chapters, seconds from the start of the file."""
    return [
        {
            "start_s": max(0.0, float(chapter["start"] * chapter["time_base"])),
            "end_s": float(chapter["end"] * chapter["time_base"]),
            "title": str(chapter["metadata"].get("title", ""))[:200],
        }
        for chapter in container.chapters()[:MOST_CHAPTERS]
    ]


def _scan(container: Any, streams: list[Any]) -> tuple[dict[int, Facts], bool, int]:
    """Walk over the packets, for containers lie about their length; stop after `SCAN_S` seconds."""
    spans: dict[int, Facts] = {}
    if not streams:
        return spans, True, 0
    end, errors = time.monotonic() + SCAN_S, 0
    packets = container.demux(*streams)
    while time.monotonic() < end:
        try:
            packet = next(packets)
        except StopIteration:
            return spans, True, errors
        except FFmpegError:
            return spans, True, errors + 1
        moment = packet.pts if packet.pts is not None else packet.dts
        if moment is None or packet.size == 0:
            continue
        errors += bool(packet.is_corrupt)
        _widen(spans.setdefault(packet.stream.index, {"packets": 0}), moment, packet)
    return spans, False, errors


def _widen(span: Facts, moment: int, packet: Any) -> None:
    first = float(moment * packet.time_base)
    last = float((moment + (packet.duration or 0)) * packet.time_base)
    span["packets"] += 1
    span["first_s"] = min(span.get("first_s", first), first)
    span["last_start_s"] = max(span.get("last_start_s", first), first)
    span["end_s"] = max(span.get("end_s", last), last)


def _decode_first(path: Path, options: dict[str, str], index: int) -> Facts:
    """Decode the first frames of one stream in a container opened anew, as a player would."""
    with av.open(str(path), options=options, metadata_errors="replace") as container:
        stream: Any = container.streams[index]
        if stream.codec_context is None:
            return {"is_decodable": False}
        frames: list[Any] = []
        for count, packet in enumerate(container.demux(stream)):
            with suppress(FFmpegError):  # a broken start is common in recordings
                frames.extend(packet.decode())
            if len(frames) >= FRAMES or count >= PACKETS:
                break
        if not frames:
            return {"is_decodable": False}
        return _video_facts(stream, frames) if stream.type == "video" else _audio_facts(frames[0])


def _video_facts(stream: Any, frames: list[Any]) -> Facts:
    frame = frames[0]
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return {
        "is_decodable": True,
        "width": frame.width,
        "height": frame.height,
        "sample_aspect": float(aspect) if aspect else 1.0,
        "rotation": int(frame.rotation),
        "is_interlaced": any(frame.interlaced_frame for frame in frames),
        "pixel_format": frame.format.name,
        "transfer": int(stream.codec_context.color_trc),
        "has_closed_captions": any(side.type.name == "A53_CC" for frame in frames for side in frame.side_data),
    }


def _audio_facts(frame: Any) -> Facts:
    return {"is_decodable": True, "channels": frame.layout.nb_channels, "sample_rate": frame.sample_rate}


if __name__ == "__main__":
    av.logging.set_level(None)
    json.dump(read_file(Path(sys.argv[1]), {"protocol_whitelist": "file", "format_whitelist": sys.argv[2]}), sys.stdout)
