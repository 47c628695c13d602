"""A picture that fits is used as it is, and players may change between it and the rungs at any segment."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.package.playlist_reading import read_media
from funkhaus.ingest.plan.stream_copy import may_copy
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.source_facts import Fields, Rhythm, VideoFacts, read_facts
from funkhaus.ingest.tests.clips import make_clip, make_media
from funkhaus.ingest.tests.conftest import Take
from tests.hls.measuring import check_folder

STEADY = Rhythm(True, 5, 2.0, 0.04, 0.04, 3_000_000, 4_000_000)
FIT = VideoFacts(0, "h264", 1280, 720, 25.0, 10.0, matrix=1, profile="High", level=31, rhythm=STEADY)
TAGGED = ("-vf", "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv")
STEPS = (*TAGGED, "-x264-params", "keyint=88:min-keyint=20:scenecut=0:bframes=2:force-cfr=1", "-preset", "veryfast")


def test_what_fits_is_used() -> None:
    assert may_copy(FIT, Fraction(25))


@pytest.mark.parametrize(
    "change",
    [
        {"codec": "hevc"},
        {"profile": "High 10"},
        {"level": 51},
        {"pixel_format": "yuv422p"},
        {"pixel_format": "yuvj420p"},
        {"is_full_range": True},
        {"matrix": 5},
        {"transfer": 18},
        {"rotation": 90},
        {"sample_aspect": 64 / 45},
        {"fields": Fields(is_flagged=True)},
        {"width": 2560, "height": 1440},
        {"start_s": 0.5},
        {"rhythm": None},
        {"rhythm": replace(STEADY, is_clean=False)},
        {"rhythm": replace(STEADY, longest_gap_s=8.0)},
        {"rhythm": replace(STEADY, keys=100)},
        {"rhythm": replace(STEADY, longest_step_s=0.08)},
        {"rhythm": replace(STEADY, shortest_step_s=0.02)},
        {"rhythm": replace(STEADY, average_bits_per_s=8_000_000)},
        {"rhythm": replace(STEADY, peak_bits_per_s=12_000_000)},
    ],
)
def test_what_is_doubtful_is_encoded(change: dict[str, Any]) -> None:
    assert not may_copy(replace(FIT, **change), Fraction(25))


def read_segments(path: Path) -> list[float]:
    """Where the segments of a playlist begin and the last one ends, in seconds."""
    playlist = read_media(path.read_text(), file_size=path.with_suffix(".mp4").stat().st_size)
    assert playlist is not None
    places, moment = [0.0], 0.0
    for segment in playlist.segments:
        moment += segment.duration_s
        places.append(moment)
    return places


def read_moments(path: Path) -> list[float]:
    """When the frames of a file are shown, in seconds; every one is decoded."""
    container: Any
    with av.open(str(path)) as container:
        return [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]


@pytest.mark.media
def test_the_source_is_the_top_rung_and_all_rungs_cut_where_it_does(work: Take, tmp_path: Path) -> None:
    source = make_clip(tmp_path / "fits.mp4", size="1280x720", seconds=11, words=STEPS)
    asset = work(source)
    assert (asset.state, asset.error, asset.warnings) == (AssetState.READY, "", [])
    rungs = {one.name: one for one in asset.renditions.filter(kind="video")}
    assert {name: one.is_copy for name, one in rungs.items()} == {"360p": False, "540p": False, "720p": True}
    copied = asset.folder / rungs["720p"].playlist
    for name in ("360p", "540p"):
        made = asset.folder / rungs[name].playlist
        assert read_segments(made) == pytest.approx(read_segments(copied), abs=0.02)
        moments = read_moments(made.with_suffix(".mp4"))
        assert moments == pytest.approx(read_moments(copied.with_suffix(".mp4")), abs=0.02)
    with av.open(str(source)) as before, av.open(str(copied.with_suffix(".mp4"))) as after:
        pictures = [bytes(packet) for packet in before.demux(video=0) if packet.size]
        assert [bytes(packet) for packet in after.demux(video=0) if packet.size] == pictures
    assert check_folder(asset.folder) == [], "the playlists are right, held against the media"


@pytest.mark.media
@pytest.mark.parametrize(
    "words",
    [
        (*TAGGED, "-x264-params", "keyint=50:open-gop=1:bframes=3:b-adapt=0:scenecut=0"),
        (*TAGGED, "-x264-params", "keyint=5:min-keyint=5"),
        (*TAGGED, "-x264-params", "keyint=300:scenecut=0"),
        (*TAGGED, "-qp", "1", "-x264-params", "keyint=50"),
    ],
    ids=["open groups", "all key frames", "few key frames", "too many bits"],
)  # fmt: skip
def test_streams_that_only_look_fit_are_seen(tmp_path: Path, words: tuple[str, ...]) -> None:
    source = make_clip(tmp_path / "looks.mp4", size="1280x720", seconds=9, sound=False, words=words)
    facts = read_facts(analyze_file(source))
    assert not may_copy(facts.videos[0], Fraction(25))


@pytest.mark.media
def test_a_stream_that_changes_its_size_on_the_way_is_not_used(tmp_path: Path) -> None:
    parts = [
        make_clip(tmp_path / f"{place}.ts", size=size, seconds=3, sound=False, words=STEPS)
        for place, size in enumerate(("1280x720", "1024x720"))
    ]
    joined = tmp_path / "both.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    source = make_media(
        tmp_path / "both.mp4", "-i", str(joined), "-c", "copy", "-bsf:v", "filter_units=pass_types=1-31"
    )
    assert not may_copy(read_facts(analyze_file(source)).videos[0], Fraction(25))
