"""What stands beside the ladder, and what is said when the result is less than the source."""

from __future__ import annotations

import array
import io
import itertools
import json
import re
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.ingest.encode import verification
from funkhaus.ingest.encode.verification import sum_black
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.plan import storyboard, waveform
from funkhaus.ingest.signals import asset_moved
from funkhaus.ingest.tests.clips import make_clip, make_media, make_tone
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.worker import Worker


@given(st.floats(0.1, 90_000), st.integers(16, 4096), st.integers(16, 4096))
def test_a_storyboard_covers_a_film_without_a_gap(duration_s: float, width: int, height: int) -> None:
    tiles = storyboard.plan_tiles(duration_s, (width, height))
    assert max(tiles.width, tiles.height) <= 160
    assert tiles.count <= storyboard.MOST_TILES + 1
    text = storyboard.write_storyboard(tiles, duration_s)
    cues = re.findall(r"(\S+) --> (\S+)\nstoryboard-(\d+)\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)", text)
    assert len(cues) == tiles.count
    assert cues[0][0] == "00:00:00.000"
    assert all(before[1] == after[0] for before, after in itertools.pairwise(cues))
    assert int(cues[-1][2]) == tiles.sheets
    assert len({cue[2:5] for cue in cues}) == len(cues), "no picture stands for two moments"


@given(st.lists(st.integers(-32768, 32767), max_size=5000))
def test_a_waveform_holds_every_peak(samples: list[int]) -> None:
    text = waveform.write_waveform(io.BytesIO(array.array("h", samples).tobytes()), len(samples))
    found = json.loads(text)
    step = found["samples_per_pixel"]
    assert found["length"] == -(-len(samples) // step)
    blocks = [samples[start : start + step] for start in range(0, len(samples), step)]
    assert found["data"] == [value >> 8 for block in blocks for value in (min(block), max(block))]


def test_black_is_summed_up_to_the_end() -> None:
    notes = "frame:0\nlavfi.black_start=0\nframe:9\nlavfi.black_end=2.5\nframe:20\nlavfi.black_start=4\n"
    assert sum_black(notes, 10) == 8.5
    assert sum_black("", 10) == 0


@pytest.mark.media
def test_the_tiles_show_their_moments(work: Take, tmp_path: Path) -> None:
    """A film that grows brighter from second to second."""
    look = "geq=lum='16+8*floor(T)':cb=128:cr=128"
    source = make_clip(tmp_path / "dawn.mp4", seconds=24, sound=False, words=("-vf", look, "-g", "25"))
    asset = work(source)
    assert (asset.state, asset.storyboard) == (AssetState.READY, "storyboard.vtt")
    text = (asset.folder / asset.storyboard).read_text()
    boxes = re.findall(r"#xywh=(\d+),(\d+),(\d+),(\d+)", text)
    assert len(boxes) == 5
    with av.open(str(asset.folder / "storyboard-001.jpg")) as sheet:
        frame = next(sheet.decode(video=0))
    plane = frame.planes[0]
    seen = []
    for left, top, width, height in (map(int, box) for box in boxes):
        spot = (top + height // 2) * plane.line_size + left + width // 2
        seen.append(memoryview(plane)[spot])
    expected = [round((16 + 8 * second - 16) * 255 / 219) for second in (0, 5, 10, 15, 20)]
    assert seen == pytest.approx(expected, abs=22), "within two seconds, since key frames come every two"


@pytest.mark.media
def test_a_sound_has_a_shape_and_its_cover_is_the_poster(work: Take, tmp_path: Path) -> None:
    cover = make_media(tmp_path / "cover.png", "-f", "lavfi", "-i", "color=red:size=64x48", "-frames:v", "1")
    tone = make_tone(tmp_path / "tone.flac", seconds=4, words=("-af", "volume='if(lt(t,2),0,1)':eval=frame"))
    words = (
        "-i",
        str(tone),
        "-i",
        str(cover),
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-disposition:v",
        "attached_pic",
    )
    asset = work(make_media(tmp_path / "song.flac", *words))
    assert (asset.state, asset.has_video, asset.poster) == (AssetState.READY, False, "poster.jpg")
    with av.open(str(asset.folder / "poster.jpg")) as picture:
        frame = next(picture.decode(video=0))
        assert (frame.width, frame.height) == (64, 48)
    assert size_of(asset.folder / "poster-480.jpg") == (64, 48), "nothing is enlarged"
    found = json.loads((asset.folder / asset.waveform).read_text())
    tops = found["data"][1::2]
    assert max(tops[: len(tops) // 2 - 2]) == 0
    assert min(tops[len(tops) // 2 + 2 : -2]) > 3


def size_of(path: Path) -> tuple[int, int]:
    with av.open(str(path)) as picture:
        frame = next(picture.decode(video=0))
        return frame.width, frame.height


@pytest.mark.media
def test_the_poster_comes_in_the_widths_of_cards(work: Take, tmp_path: Path) -> None:
    asset = work(make_clip(tmp_path / "wide.mp4", seconds=2, size="1280x720", sound=False))
    sizes = {name: size_of(asset.folder / name) for name in ("poster.jpg", "poster-480.jpg", "poster-960.jpg")}
    assert sizes == {"poster.jpg": (1280, 720), "poster-480.jpg": (480, 270), "poster-960.jpg": (960, 540)}


@pytest.mark.media
def test_the_poster_has_the_colors_of_the_film(work: Take, tmp_path: Path) -> None:
    words = ("-f", "lavfi", "-i", "color=0xB4281E:size=1280x720:rate=25:duration=1,format=gbrp", "-c:v", "libx264rgb")
    asset = work(make_media(tmp_path / "red.mkv", *words))
    raw = make_media(
        tmp_path / "poster.rgb", "-i", str(asset.folder / "poster.jpg"), "-pix_fmt", "rgb24", "-f", "rawvideo"
    )
    middle = raw.read_bytes()[3 * (360 * 1280 + 640) :][:3]
    assert tuple(middle) == pytest.approx((180, 40, 30), abs=8)


@pytest.mark.media
def test_an_editors_choice_of_the_poster_is_kept(take_in: Take, work: Take, tmp_path: Path) -> None:

    look = "geq=lum='if(lt(T,3),200,40)':cb=128:cr=128"
    asset = take_in(make_clip(tmp_path / "two.mp4", seconds=6, sound=False, words=("-vf", look)))
    Asset.objects.filter(pk=asset.pk).update(poster_at_ms=4000)
    Worker().run_next()
    with av.open(str(asset.folder / "poster.jpg")) as picture:
        frame = next(picture.decode(video=0))
    assert memoryview(frame.planes[0])[1000] < 80


@pytest.mark.media
def test_a_result_that_is_less_is_told(work: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are planted between the making and the check: black, silent and short.

    Whoever waits to publish is told of the first size only when they are known.
    """
    told: list[tuple[bool, set[str]]] = []

    def listen(asset_id: int, **_signal: object) -> None:
        seen = Asset.objects.get(pk=asset_id)
        told.append((seen.is_checked, {code for code, _facts in seen.findings}))

    bright = make_clip(tmp_path / "bright.mp4", seconds=6)

    def spoil(attempt: object, **_more: object) -> None:
        for rendition in attempt.asset.renditions.all():  # type: ignore[attr-defined]
            media = (attempt.asset.folder / rendition.playlist).with_suffix(".mp4")  # type: ignore[attr-defined]
            bad = ("-f", "lavfi", "-i", "color=black:size=320x180:rate=25:duration=3", "-c:v", "libx264", "-t", "3")
            mute = ("-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo", "-t", "3", "-c:a", "aac")
            make_media(media, *(bad if rendition.kind == "video" else mute), "-f", "mp4")

    monkeypatch.setattr("funkhaus.ingest.encode.pipeline.take_text", spoil)
    asset_moved.connect(listen)
    try:
        asset = work(bright)
    finally:
        asset_moved.disconnect(listen)
    faults = {"picture_black", "sound_silent", "duration_differs"}
    assert asset.state == AssetState.READY
    assert {code for code, _facts in asset.findings} == faults
    assert asset.is_held
    assert [is_checked for is_checked, _codes in told] == [False] * (len(told) - 2) + [True, True]
    assert len(told) >= 3, "it played before"
    assert told[-2][1] == faults
    assert verification.BLACK_SHARE < 1
