"""Argument lists for ffmpeg that make what stands beside the ladder: poster, cover, storyboard, waveform. Pure."""

from __future__ import annotations

from pathlib import Path

from funkhaus.ingest.plan.ffmpeg_arguments import PREFIX, read_own, read_source
from funkhaus.ingest.plan.storyboard import COLUMNS, ROWS, Tiles
from funkhaus.ingest.plan.waveform import RATE

COVER_SIDE = 1280
# A JPEG says nothing of its colors: everybody reads it as BT.601 in full range (JFIF 1.02), and ours are BT.709.
JPEG = "in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=full,format=yuvj420p"


def draw_poster(source: Path, at_s: float, target: Path, *, is_chosen: bool) -> list[str]:
    """Take the picture at `at_s` where somebody chose it, else the most typical one of the second from there on.

    A cut to black is rarely typical.
    """
    look = ("" if is_chosen else "thumbnail=24,") + f"scale={JPEG}"
    return [
        *(*PREFIX, "-ss", f"{at_s:.3f}", *read_own(source), "-an", "-vf", look),
        *("-frames:v", "1", "-q:v", "4", "-f", "image2", "-update", "1", str(target)),
    ]


def draw_cover(source: Path, index: int, target: Path) -> list[str]:
    """Take the cover picture of a sound file, not larger than `COVER_SIDE` pixels a side."""
    size = f"scale='min({COVER_SIDE},iw)':'min({COVER_SIDE},ih)':force_original_aspect_ratio=decrease,format=yuvj420p"
    return [
        *(*PREFIX, *read_source(source), "-map", f"0:{index}", "-vf", size, "-frames:v", "1", "-q:v", "4"),
        *("-map_metadata", "-1", "-f", "image2", "-update", "1", str(target)),
    ]


def draw_storyboard(source: Path, tiles: Tiles, folder: Path) -> list[str]:
    """Draw sheets of small pictures, `storyboard-001.jpg` and so on, from the key frames of a small rendition."""
    # The last picture stands a little, so that a film of one key frame has a picture too.
    steps = f"tpad=stop_mode=clone:stop_duration={tiles.every_s},fps=1/{tiles.every_s}:start_time=0:round=near"
    steps += f",scale={tiles.width}:{tiles.height}:{JPEG}"
    return [
        *(*PREFIX, "-skip_frame", "nokey", *read_own(source), "-an"),
        *("-vf", f"{steps},tile={COLUMNS}x{ROWS}", "-frames:v", str(tiles.sheets), "-q:v", "5"),
        *("-f", "image2", str(folder / "storyboard-%03d.jpg")),
    ]


def draw_waveform(source: Path, target: Path) -> list[str]:
    """Write the sound as plain 16-bit samples, one channel, at the rate that the waveform is counted from."""
    return [*PREFIX, *read_own(source), "-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", str(target)]
