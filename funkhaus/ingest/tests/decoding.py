"""Decode what was made, with a decoder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av


@dataclass(frozen=True)
class Played:
    """Frames, seconds and size of a picture stream; samples and seconds of a sound stream."""

    frames: int
    seconds: float
    size: tuple[int, int] = (0, 0)


def play(path: Path, kind: str) -> Played | None:
    """Decode the first stream of `kind` to its end; None where there is none."""
    options = {"allowed_extensions": "ALL", "extension_picky": "0"} if path.suffix == ".m3u8" else {}
    with av.open(str(path), options=options) as container:
        stream: Any = next((one for one in container.streams if one.type == kind), None)
        if stream is None:
            return None
        frames = list(container.decode(stream))
        last = frames[-1]
        length = last.samples / last.sample_rate if kind == "audio" else float(1 / stream.average_rate)
        seconds = float((last.pts - frames[0].pts) * last.time_base) + length
        return Played(len(frames), seconds, (last.width, last.height) if kind == "video" else (0, 0))
