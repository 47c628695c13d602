"""Upright, in shape, at every moment: turned phones, wide pixels, fields, and sound that stays with its picture."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import av
import pytest

from funkhaus.ingest.tests.clips import make_clip, make_media
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.tests.patches import RGB, encode_own, read_color, read_frame

pytestmark = pytest.mark.media

CORNERS: tuple[RGB, ...] = ((180, 40, 30), (40, 160, 50), (40, 60, 170), (200, 200, 200))  # clockwise from the left top
SPOTS = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-pix_fmt", "yuv420p")
TAGGED = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=colorspace=bt709:color_primaries=bt709"


def draw_corners(path: Path, size: tuple[int, int]) -> list[str]:
    """A raw picture of four quarters; the words with which ffmpeg reads it for one second."""
    width, height = size
    halves = [bytes(one) * (width // 2) + bytes(other) * (width // 2) for one, other in (CORNERS[:2], CORNERS[:1:-1])]
    path.write_bytes(halves[0] * (height // 2) + halves[1] * (height // 2))
    raw = ("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}", "-framerate", "25")
    return ["-stream_loop", "24", *raw, "-i", str(path)]


@pytest.mark.parametrize("pixels", ["1/1", "2/1"])
@pytest.mark.parametrize(("turn", "first"), [(0, 0), (90, 1), (180, 2), (270, 3)])
def test_a_turned_picture_stands_upright_in_its_shape(tmp_path: Path, turn: int, first: int, pixels: str) -> None:
    """Turned counterclockwise, the corner that was at the right top comes to the left top."""
    stored = (320, 180) if pixels == "1/1" else (160, 180)
    look = f"{TAGGED},setsar={pixels}"
    flat = make_media(tmp_path / "flat.mp4", *draw_corners(tmp_path / "raw", stored), "-vf", look, *X264)
    source = make_media(tmp_path / "t.mp4", "-display_rotation", str(turn), "-i", str(flat), "-c", "copy")
    _plan, made = encode_own(source, tmp_path / "made")
    frame = read_frame(made)
    assert (frame.width, frame.height) == ((320, 180) if turn % 180 == 0 else (180, 320))
    expected = [CORNERS[(first + place) % 4] for place in range(4)]
    for spot, color in zip(SPOTS, expected, strict=True):
        assert read_color(frame, *spot) == pytest.approx(color, abs=10)


@pytest.mark.parametrize("order", ["tff", "bff"])
def test_every_field_becomes_a_frame_in_the_right_order(tmp_path: Path, order: str) -> None:
    """A bar moves steadily to the right: were the fields swapped, it would jump back at every other frame."""
    bar = "color=black:size=352x288:rate=50:duration=2[b];color=white:size=40x288:rate=50:duration=2[w]"
    graph = f"{bar};[b][w]overlay=x='8+t*120':y=0,noise=alls=6:allf=t"
    weave = f"{graph},tinterlace=interleave_{'top' if order == 'tff' else 'bottom'},setfield={order},format=yuv420p"
    flags = ("-c:v", "mpeg2video", "-b:v", "8M", "-flags", "+ilme+ildct", "-top", "1" if order == "tff" else "0")
    source = make_media(tmp_path / "fields.ts", "-f", "lavfi", "-i", weave, *(flags[:-2]))
    plan, made = encode_own(source, tmp_path / "made")
    assert plan.field_order in {order, "auto"}
    assert plan.frame_rate == 50
    with av.open(str(made)) as container:
        places = [find_edge(frame) for frame in container.decode(video=0)]
    steps = [after - before for before, after in itertools.pairwise(places)]
    assert 90 <= len(places) <= 102
    assert min(steps) >= 0
    assert max(steps) <= 6


def find_edge(frame: Any) -> int:
    """Where the bar begins in the middle line."""
    plane = frame.planes[0]
    line = bytes(plane)[(frame.height // 2) * plane.line_size :][: frame.width]
    return next((place for place, value in enumerate(line) if value > 120), 0)


@pytest.mark.parametrize("name", ["sync.mp4", "sync.mkv", "sync.ts"])
def test_sound_stays_with_its_picture(work: Take, tmp_path: Path, name: str) -> None:
    """A flash and a beep at the same moment are at the same moment in what players get."""
    flash = "color=black:size=320x180:rate=25:duration=6,geq=lum='if(between(T,3,3.2),235,16)':cb=128:cr=128"
    beep = "sine=frequency=1000:sample_rate=48000:duration=6,volume='between(t,3,3.2)':eval=frame"
    inputs = ("-f", "lavfi", "-i", flash, "-f", "lavfi", "-i", beep)
    asset = work(make_media(tmp_path / name, *inputs, *X264, "-bf", "2", "-c:a", "aac"))
    picture, sound = (
        (asset.folder / asset.renditions.get(kind=kind).playlist).with_suffix(".mp4") for kind in ("video", "audio")
    )
    assert find_flash(picture) == pytest.approx(find_beep(sound), abs=0.045)
    movie = asset.folder / "video.mp4"
    assert find_flash(movie) == pytest.approx(find_beep(movie), abs=0.045)


def find_flash(path: Path) -> float:
    container: Any
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return next(float(frame.pts * frame.time_base) for frame in frames if memoryview(frame.planes[0])[5000] > 128)


def find_beep(path: Path) -> float:
    container: Any
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            samples = memoryview(frame.planes[0]).cast("f")[: frame.samples]
            first = next((place for place, value in enumerate(samples) if abs(value) > 0.02), None)
            if first is not None:
                return float(frame.pts * frame.time_base) + first / frame.sample_rate
    raise AssertionError("no beep")


def test_a_picture_that_ends_early_stands_until_the_sound_ends(work: Take, tmp_path: Path) -> None:
    short = make_clip(tmp_path / "short.mp4", seconds=2, sound=False)
    words = ("-i", str(short), "-f", "lavfi", "-i", "sine=frequency=440:duration=5", "-c:v", "copy", "-c:a", "aac")
    asset = work(make_media(tmp_path / "both.mp4", *words))
    assert [code for code, _facts in asset.findings] == ["picture_ends_early"]
    with av.open(str(asset.folder / "video.mp4")) as container:
        assert sum(1 for _frame in container.decode(video=0)) == pytest.approx(125, abs=2)
