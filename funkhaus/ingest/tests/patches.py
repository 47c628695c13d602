"""Pictures of known colors, and what has become of them: read from the planes, with the formulas of BT.709."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import av

from funkhaus.ingest.plan import ffmpeg_arguments
from funkhaus.ingest.plan.ladder import Plan, plan_ladder
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.source_facts import read_facts
from funkhaus.ingest.process.ffmpeg import find_ffmpeg

RGB = tuple[int, int, int]
COLORS: tuple[RGB, ...] = ((180, 40, 30), (40, 160, 50), (40, 60, 170), (200, 200, 200), (30, 30, 30), (190, 170, 60))
SIDE = 64


def draw_patches(path: Path, size: tuple[int, int] = (SIDE * len(COLORS), 2 * SIDE)) -> list[str]:
    """Write a raw picture of the colors side by side; return the words with which ffmpeg reads it for one second."""
    width, height = size
    row = b"".join(bytes(COLORS[min(column * len(COLORS) // width, len(COLORS) - 1)]) for column in range(width))
    path.write_bytes(row * height)
    raw = ("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}", "-framerate", "25")
    return ["-stream_loop", "24", *raw, "-i", str(path)]


def encode_own(source: Path, folder: Path) -> tuple[Plan, Path]:
    """Encode the largest rung of a file as the pipeline does; return the plan and the made file."""
    plan = plan_ladder(read_facts(analyze_file(source)))
    assert isinstance(plan, Plan)
    folder.mkdir()
    rung = plan.rungs[-1]
    words = ffmpeg_arguments.encode_pictures(source, plan, [rung], into=folder, raw=folder)
    subprocess.run([find_ffmpeg(), *words], check=True, timeout=60, capture_output=True)
    return plan, folder / f"{rung.name}.mp4"


def read_frame(path: Path) -> Any:
    """The middle frame of the first picture stream."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    return frames[len(frames) // 2]


def read_color(frame: Any, x: float, y: float) -> RGB:
    """The color around a point (shares of width and height) of a frame in BT.709, 4:2:0, limited range."""
    luma, blue, red = (_mean(plane, x, y) for plane in frame.planes)
    bright = (luma - 16) / 219
    cb, cr = (blue - 128) / 224, (red - 128) / 224
    green = bright - 0.2126 / 0.7152 * 1.5748 * cr - 0.0722 / 0.7152 * 1.8556 * cb
    found = [max(0, min(255, round(255 * value))) for value in (bright + 1.5748 * cr, green, bright + 1.8556 * cb)]
    return found[0], found[1], found[2]


def _mean(plane: Any, x: float, y: float, reach: int = 3) -> float:
    data = memoryview(plane)
    left, top = int(x * plane.width) - reach, int(y * plane.height) - reach
    spots = [(top + row) * plane.line_size + left + column for row in range(2 * reach) for column in range(2 * reach)]
    return sum(data[spot] for spot in spots) / len(spots)


def measure_error(frame: Any) -> int:
    """The largest difference of any channel of any patch."""
    found = [read_color(frame, (place + 0.5) / len(COLORS), 0.5) for place in range(len(COLORS))]
    return max(abs(a - b) for one, other in zip(found, COLORS, strict=True) for a, b in zip(one, other, strict=True))
