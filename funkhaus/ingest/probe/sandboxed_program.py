"""Program of the probe: `sandboxed_program.py FILE FORMATS` reads a media file and prints its facts as JSON.

It runs in the sandbox, since every file is hostile until parsed. It imports no Django, opens no file but the one named,
and decides nothing: `plan.ladder` does, from the facts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from funkhaus.ingest.probe.mp4_boxes import is_encrypted, is_picture
from funkhaus.ingest.probe.packets import scan_packets
from funkhaus.ingest.probe.programmes import MOST_BYTES, Member, is_scrambled, read_programmes
from funkhaus.ingest.probe.sample_frames import look_at_stream

MAX_STREAMS = 100  # a broadcast file has up to 32 mono tracks besides picture, time code and subtitles
MAX_SOUNDS = 32  # further ones are not read; the ladder takes fewer anyway
LARGEST_DECODED = 16_384  # pixels a side: larger pictures are refused without decoding a frame
MOST_TEXTS, MOST_CHAPTERS = 40, 1000  # more than any programme has; the answer stays small

Facts = dict[str, Any]
_DISPOSITION = av.stream.Disposition


def read_file(path: Path, options: dict[str, str]) -> Facts:
    """Return the facts of the file, or `{"error": code}`, where needed with the facts of that reason."""
    if path.stat().st_size == 0:
        return {"error": "empty"}
    disguise = find_disguise(path)
    if disguise:
        return {"error": disguise}
    try:
        with av.open(str(path), options=options, metadata_errors="replace") as container:
            count = len(container.streams)
            if count > MAX_STREAMS:
                return {"error": "too_many_streams", "facts": {"count": count, "most": MAX_STREAMS}}
            start = _read_start(path) if container.format.name == "mpegts" else b""
            if is_scrambled(start) or (_has_mp4_head(path) and is_encrypted(path)):
                return {"error": "encrypted"}
            members = read_programmes(start)
            return {
                "format": container.format.name,
                "size": path.stat().st_size,
                "claimed_s": container.duration / av.time_base if container.duration else None,
                "start_s": (container.start_time or 0) / av.time_base,
                "texts": [*_read_texts(container, members), *_read_pages(container, members)][:MOST_TEXTS],
                "chapters": _read_chapters(container),
                "streams": _read_streams(container, path, options),
                "programmes": _number_streams(container, members),
                "covers": [stream.index for stream in container.streams if _is_cover(stream)],
            }
    except FFmpegError:
        return {"error": "no_index" if _has_mp4_head(path) else "not_media"}


def find_disguise(path: Path) -> str | None:
    """Return the reason code for content that is no media file, by its first bytes; None for everything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()  # a byte order mark may come first
    if text.startswith((b"#extm3u", b"ffconcat", b"[playlist]", b"<smil", b"<mpd")) or b"<mpd" in text[:600]:
        return "playlist"
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<svg")):
        return "web_page"
    if head.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BM")) or is_picture(head):
        return "picture"
    is_text = all(byte >= 32 or byte in b"\t\r\n\f" for byte in head) and not head.startswith(b"\xff")
    return "text" if is_text else None


def _has_mp4_head(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}


def _read_start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _number_streams(container: Any, members: Mapping[int, Member]) -> list[list[int]]:
    """Return index and programme of each stream that belongs to one; ffmpeg's id of a stream is its PID."""
    return [[stream.index, members[stream.id].programme] for stream in container.streams if stream.id in members]


def _read_pages(container: Any, members: Mapping[int, Member]) -> list[Facts]:
    """Return a text stream for each page of teletext with subtitles; the stream itself carries a whole magazine."""
    usual = {"codec": "dvb_teletext", "is_bitmap": False, "title": "", "is_forced": False, "is_description": False}
    return [
        usual | {"index": stream.index, "page": page.number, "language": page.language, "is_for_deaf": page.is_for_deaf}
        for stream in container.streams
        for page in (members[stream.id].pages if stream.id in members else ())
    ]


def _is_cover(stream: Any) -> bool:
    return stream.type == "video" and bool(int(stream.disposition) & int(_DISPOSITION.attached_pic))


def _read_streams(container: Any, path: Path, options: dict[str, str]) -> list[Facts]:
    sounds = [stream for stream in container.streams if stream.type == "audio"][:MAX_SOUNDS]
    pictures = [stream for stream in container.streams if stream.type == "video" and not _is_cover(stream)]
    chosen = [*pictures, *sounds]
    scan = scan_packets(container, chosen, path, options)
    found = []
    for stream in chosen:
        span = scan.spans.get(stream.index, {})
        is_too_large = stream.type == "video" and max(_stored_size(stream)) > LARGEST_DECODED
        look = _name_size(stream) if is_too_large else look_at_stream(path, options, stream.index, span)
        found.append({**_describe(stream), "is_scanned": scan.is_whole, "read_errors": scan.errors, **span, **look})
    return found


def _read_texts(container: Any, members: Mapping[int, Member]) -> list[Facts]:
    """Return the text streams; `is_bitmap` marks codecs that are pictures of text (ffmpeg's codec properties)."""
    found = []
    for stream in container.streams:
        codec = stream.codec_context.codec if stream.codec_context else None
        if stream.type != "subtitle" or (stream.id in members and members[stream.id].pages):
            continue
        disposition = int(stream.disposition)
        found.append(
            {
                "index": stream.index,
                "codec": stream.codec_context.name if codec else "unknown",
                "is_bitmap": bool(codec and codec.bitmap_sub),
                "language": stream.language or "",
                "title": str(stream.metadata.get("title", ""))[:80],  # the length of `TextTrack.label`
                "is_forced": bool(disposition & int(av.stream.Disposition.forced)),
                "is_for_deaf": bool(disposition & int(av.stream.Disposition.hearing_impaired))
                or bool(disposition & int(av.stream.Disposition.captions)),
                "is_description": bool(disposition & int(av.stream.Disposition.descriptions)),
            }
        )
    return found


def _read_chapters(container: Any) -> list[Facts]:
    """Return the chapters; times in seconds from the start of the file."""
    return [
        {
            "start_s": max(0.0, float(chapter["start"] * chapter["time_base"])),
            "end_s": float(chapter["end"] * chapter["time_base"]),
            "title": str(chapter["metadata"].get("title", ""))[:200],
        }
        for chapter in container.chapters()[:MOST_CHAPTERS]
    ]


def _describe(stream: Any) -> Facts:
    flags = int(stream.disposition)
    is_described = flags & int(_DISPOSITION.visual_impaired) or flags & int(_DISPOSITION.descriptions)
    return {
        "index": stream.index,
        "type": stream.type,
        "codec": stream.codec_context.name if stream.codec_context else "unknown",
        "claimed_s": float(stream.duration * stream.time_base) if stream.duration else None,
        "language": stream.language or "",
        "title": str(stream.metadata.get("title") or stream.metadata.get("handler_name") or "")[:200],
        "is_default": bool(flags & int(_DISPOSITION.default)),
        "is_description": bool(is_described),
        "declared_rate": float(stream.average_rate or 0) if stream.type == "video" else 0.0,
    }


def _stored_size(stream: Any) -> tuple[int, int]:
    return (stream.codec_context.width, stream.codec_context.height) if stream.codec_context else (0, 0)


def _name_size(stream: Any) -> Facts:
    width, height = _stored_size(stream)
    return {"is_decodable": True, "width": width, "height": height}


if __name__ == "__main__":
    av.logging.set_level(None)  # the libraries' messages would go to the worker's log, with names of files
    json.dump(read_file(Path(sys.argv[1]), {"protocol_whitelist": "file", "format_whitelist": sys.argv[2]}), sys.stdout)
