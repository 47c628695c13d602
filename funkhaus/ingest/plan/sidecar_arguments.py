"""Argument lists for ffmpeg that make the sidecars: poster, cover, storyboard, waveform. Pure."""

from __future__ import annotations

from pathlib import Path

from funkhaus.ingest.package.layout import POSTER_WIDTHS, SHEET, list_poster_files
from funkhaus.ingest.plan.ffmpeg_arguments import PREFIX, read_own, read_source
from funkhaus.ingest.plan.storyboard import COLUMNS, ROWS, Tiles
from funkhaus.ingest.plan.waveform import RATE

COVER_SIDE = 1280  # pixels: as large as the picture of a player gets on most screens
# A JPEG says nothing of its colors: everybody reads it as BT.601 in full range (JFIF 1.02), and ours are BT.709.
JPEG = "in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=full,format=yuvj420p"
# One file under exactly this name: `image2` would number them (-update 1), and ends after the first (-frames:v 1).
_ONE_FILE = ("-f", "image2", "-update", "1")


def draw_poster(source: Path, at_s: float, target: Path, *, is_chosen: bool) -> list[str]:
    """Return the arguments that draw one frame: that at `at_s` where it was chosen, else a typical one from there on.

    A cut to black is rarely typical. The narrow copies stand beside `target`.
    """
    args = [*PREFIX]
    args += ["-ss", f"{at_s:.3f}"]  # in front of -i: it seeks by the index and decodes from the key frame before
    args += [*read_own(source), "-an"]  # nothing but the picture, whatever the file holds
    # `thumbnail` takes the frame nearest to the mean of 24, which is about a second.
    return [*args, *_write_posters(("" if is_chosen else "thumbnail=24,") + f"scale={JPEG}", "0:v:0", target)]


def draw_cover(source: Path, index: int, target: Path) -> list[str]:
    """Return the arguments that take a sound file's cover picture, at most `COVER_SIDE` pixels a side."""
    args = [*PREFIX, *read_source(source)]
    # Into the square, never enlarged, in its own shape; covers are JPEG or PNG, so full range it stays.
    size = f"scale='min({COVER_SIDE},iw)':'min({COVER_SIDE},ih)':force_original_aspect_ratio=decrease,format=yuvj420p"
    return [*args, *_write_posters(size, f"0:{index}", target)]


def _write_posters(filters: str, stream: str, target: Path) -> list[str]:
    """Return the arguments that draw the picture once and write it in every width, the whole last."""
    widths = [*POSTER_WIDTHS, 0]
    chain = f"[{stream}]{filters},split={len(widths)}" + "".join(f"[p{width}]" for width in widths)
    # Never enlarged; the height follows (-2: in its proportion, even).
    chain += "".join(f";[p{width}]scale='min({width},iw)':-2[n{width}]" for width in POSTER_WIDTHS)
    args = ["-filter_complex", chain]
    for width, name in zip(widths, list_poster_files(target.name), strict=True):
        args += ["-map", f"[n{width}]" if width else "[p0]"]
        args += ["-map_metadata", "-1"]  # pictures of phones hold the place where they were taken
        args += ["-frames:v", "1"]
        args += ["-q:v", "4"]  # of 2 (best) to 31: no blocks are seen
        args += [*_ONE_FILE, str(target.with_name(name))]
    return args


def draw_storyboard(source: Path, tiles: Tiles, folder: Path) -> list[str]:
    """Return the arguments that draw sheets of tiles, `storyboard-001.jpg` and so on, from the key frames."""
    args = [*PREFIX]
    # Key frames alone are decoded: measured, 0.15 CPU-seconds a minute instead of 8.6 for the whole source.
    args += ["-skip_frame", "nokey"]
    args += [*read_own(source), "-an"]  # nothing but the picture
    # The last picture stands a little, so that a film of one key frame has a picture too; round=near takes the nearest
    # key frame for each moment.
    steps = f"tpad=stop_mode=clone:stop_duration={tiles.every_s},fps=1/{tiles.every_s}:start_time=0:round=near"
    steps += f",scale={tiles.width}:{tiles.height}:{JPEG}"
    args += ["-vf", f"{steps},tile={COLUMNS}x{ROWS}"]
    args += ["-frames:v", str(tiles.sheets)]  # the picture that stands may not begin a sheet of its own
    args += ["-q:v", "5"]  # a little coarser than the poster: the tiles are small
    return [*args, "-f", "image2", str(folder / SHEET)]


def draw_waveform(source: Path, target: Path) -> list[str]:
    """Return the arguments that write the sound as 16-bit little-endian samples, one channel at `waveform.RATE`."""
    args = [*PREFIX, *read_own(source)]
    args += ["-map", "0:a:0"]  # the one sound of the file
    args += ["-ac", "1", "-ar", str(RATE)]  # one curve is drawn, from few samples
    return [*args, "-f", "s16le", str(target)]  # bare samples, which `array` reads without a decoder
