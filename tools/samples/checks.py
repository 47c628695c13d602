"""Decode what the pipeline made, independently of it, and compare with the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

TOLERANCE_S = 0.2
RUNGS = (1080, 720, 540, 360)
_STREAM = re.compile(r"#EXT-X-STREAM-INF:(.*)\n(\S+)")
_AUDIO = re.compile(r'#EXT-X-MEDIA:TYPE=AUDIO,.*URI="([^"]+)"')
_SIZE = re.compile(r"RESOLUTION=(\d+)x(\d+)")


@dataclass(frozen=True)
class Decoded:
    """What really came out of a decoder: seconds from the first to the end of the last frame, and the size."""

    seconds: float
    width: int = 0
    height: int = 0


def decode(path: Path, kind: str) -> Decoded | None:
    """Decode every frame of the first stream of `kind` in a file or playlist; None where there is none."""
    options = {"allowed_extensions": "ALL", "extension_picky": "0"} if path.suffix == ".m3u8" else {}
    with av.open(str(path), options=options) as container:
        stream: Any = next((stream for stream in container.streams if stream.type == kind), None)
        if stream is None:
            return None
        stream.thread_type = "AUTO"
        first, last, size = None, 0.0, (0, 0)
        for frame in container.decode(stream):
            start = float(frame.pts * frame.time_base)
            first = start if first is None else first
            length = frame.samples / frame.sample_rate if kind == "audio" else float(1 / stream.average_rate)
            last = max(last, start + length)
            size = (frame.width, frame.height) if kind == "video" else size
    return None if first is None else Decoded(last - first, *size)


@dataclass(frozen=True)
class Expected:
    """What the result has to be: lengths of the picture (None: there is none) and of every sound, upright size."""

    video_s: float | None
    sounds_s: tuple[float, ...]
    size: tuple[int, int]


def find_faults(folder: Path, expected: Expected) -> Iterator[str]:
    """Name everything about the made files that is not as expected."""
    master = folder / "master.m3u8"
    if not master.exists():
        yield "no master.m3u8"
        return
    text = master.read_text(encoding="utf-8")
    yield from _check_pictures(folder, _STREAM.findall(text), expected)
    yield from _check_sound(folder, text, expected)
    yield from _check_movie(folder, expected)


def _check_pictures(folder: Path, streams: list[tuple[str, str]], expected: Expected) -> Iterator[str]:
    if expected.video_s is None:
        return
    short = min(expected.size)
    sides = {side for side in RUNGS if side <= short} or {short - short % 2}
    made_sides = {min(map(int, size)) for size in _SIZE.findall("\n".join(attributes for attributes, _ in streams))}
    if not sides <= made_sides <= sides | {short}:  # the source's own size is there too where it was copied
        yield f"rungs {sorted(made_sides)} instead of {sorted(sides)}"
    for attributes, uri in streams:
        claimed = _SIZE.search(attributes)
        made = decode(folder / uri, "video")
        if made is None or claimed is None:
            yield f"{uri}: no picture"
            continue
        if (made.width, made.height) != (int(claimed[1]), int(claimed[2])):
            yield f"{uri}: {made.width}x{made.height}, but the master says {claimed[1]}x{claimed[2]}"
        yield from _compare_shape(uri, made, expected)
        yield from _compare_length(uri, made.seconds, expected.video_s)


def _compare_shape(name: str, made: Decoded, expected: Expected) -> Iterator[str]:
    width, height = expected.size
    factor = min(made.width, made.height) / min(width, height)
    if factor > 1 or abs(made.width - width * factor) > 2 or abs(made.height - height * factor) > 2:
        yield f"{name}: {made.width}x{made.height} from {width}x{height}"


def _compare_length(name: str, made_s: float, expected_s: float) -> Iterator[str]:
    if abs(made_s - expected_s) > TOLERANCE_S:
        yield f"{name}: {made_s:.2f} s instead of {expected_s:.2f} s"


def _check_sound(folder: Path, master: str, expected: Expected) -> Iterator[str]:
    uris = _AUDIO.findall(master)
    if expected.video_s is None and not uris:
        uris = [uri for _, uri in _STREAM.findall(master)]
    if len(uris) != len(expected.sounds_s):
        yield f"{len(uris)} sounds instead of {len(expected.sounds_s)}"
        return
    for uri, length_s in zip(uris, expected.sounds_s, strict=True):
        made = decode(folder / uri, "audio")
        if made is None:
            yield f"{uri}: no sound"
        else:
            yield from _compare_length(uri, made.seconds, length_s)


def _check_movie(folder: Path, expected: Expected) -> Iterator[str]:
    main_s = expected.sounds_s[0] if expected.sounds_s else None
    parts = [("audio.m4a", "audio", main_s)]
    if expected.video_s is not None:
        parts += [("video.mp4", "video", expected.video_s), ("video.mp4", "audio", main_s)]
    for name, kind, length_s in parts:
        path = folder / name
        made = decode(path, kind) if path.exists() else None
        if made is None and length_s is not None:
            yield f"{name}: no {kind}"
        elif made is not None and length_s is None:
            yield f"{name}: {kind} where there is none"
        elif made is not None and length_s is not None:
            yield from _compare_length(f"{name} ({kind})", made.seconds, length_s)
    if expected.video_s is not None and not (folder / "poster.jpg").exists():
        yield "no poster"
