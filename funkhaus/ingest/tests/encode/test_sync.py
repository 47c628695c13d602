"""Sound stays with its picture, whatever the clock of the file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.plan import ffmpeg_arguments, sound_filters
from funkhaus.ingest.plan.sound_tracks import SoundTrack
from funkhaus.ingest.reasons.findings import GRAVE
from funkhaus.ingest.tests.clips import make_media
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.tests.flashes import find_beeps, find_flashes, make_flashes, measure_apart

pytestmark = pytest.mark.media
MOST_S = 0.04


def codes(asset: Asset) -> list[str]:
    return [code for code, _facts in asset.findings]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("late-sound.ts", ("-af", "atrim=start=0.14")),
        ("late-sound.mpg", ("-af", "atrim=start=0.7")),
        ("late-picture.ts", ("-vf", "trim=start=0.44")),
        ("late-sound.ogv", ("-af", "atrim=start=0.3")),
        ("late-sound.mkv", ("-af", "atrim=start=0.3")),
    ],
)
def test_picture_and_sound_that_begin_apart_stay_together(
    work: Take, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    asset = work(make_flashes(tmp_path / name, *words))
    assert (asset.state, codes(asset)) == (AssetState.READY, []), asset.error
    assert measure_apart(asset) == pytest.approx([0, 0], abs=MOST_S)
    movie = asset.folder / "video.mp4"
    assert find_flashes(movie) == pytest.approx(find_beeps(movie), abs=MOST_S)


@pytest.mark.parametrize("hours", [1, 0, 20], ids=["jumps", "begins anew", "jumps far"])
def test_a_recording_that_was_joined_plays_to_its_end_in_step(work: Take, tmp_path: Path, hours: int) -> None:
    """The clock of the second part is an hour later, begins anew, or goes on after the overflow at 26.5 hours."""
    first = make_flashes(tmp_path / "one.ts", "-af", "atrim=start=0.14")
    second = make_flashes(tmp_path / "two.ts", "-af", "atrim=start=0.3", "-output_ts_offset", str(3600 * hours))
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    asset = work(joined)
    assert (asset.state, codes(asset)) == (AssetState.READY, ["clock_joined"]), asset.error
    assert asset.duration_ms == pytest.approx(6000, abs=150)
    assert measure_apart(asset) == pytest.approx([0, 0, 0, 0], abs=MOST_S)
    assert (asset.folder / "poster.jpg").exists()


def test_a_hole_in_the_sound_alone_is_silence_and_no_jump_of_the_clock(work: Take, tmp_path: Path) -> None:
    hole = "aselect='not(between(t,1.5,13.5))'"
    asset = work(make_flashes(tmp_path / "hole.ts", "-af", hole, seconds=16))
    assert "clock_joined" not in codes(asset)
    assert "sound_gaps" in codes(asset), "what is missing is told"
    rung = asset.renditions.filter(kind="video").first()
    assert rung is not None
    beeps = find_beeps((asset.folder / asset.renditions.get(name="sound").playlist).with_suffix(".mp4"))
    assert beeps == pytest.approx([1, 14, 15], abs=MOST_S)


@pytest.mark.parametrize(
    ("change", "offset_ms"), [("adelay=140:all=1", 140), ("atrim=start=0.14,asetpts=N/SR/TB", -140)]
)
def test_a_result_whose_sound_parts_from_its_picture_is_held_with_the_cause(
    work: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, offset_ms: int
) -> None:
    def mix(sound: SoundTrack, zero_s: float | None, *, joins_gaps: bool = False) -> str:
        made = sound_filters.mix(sound, zero_s, joins_gaps=joins_gaps)
        return made if joins_gaps else f"{made},{change}"

    monkeypatch.setattr(ffmpeg_arguments, "mix", mix)
    asset = work(make_flashes(tmp_path / "spoilt.mp4", seconds=4))
    assert asset.is_held
    assert codes(asset) == ["sync_lost"]
    assert asset.findings[0][1]["offset"] == pytest.approx(offset_ms, abs=30)


def test_a_cut_by_an_edit_list_is_no_gap_and_a_gap_is_one(work: Take, tmp_path: Path) -> None:
    whole = make_flashes(tmp_path / "whole.mp4", "-g", "100", seconds=5)
    cut = work(make_media(tmp_path / "cut.mp4", "-ss", "1.5", "-i", str(whole), "-c", "copy"))
    assert (cut.state, codes(cut)) == (AssetState.READY, [])
    assert cut.duration_ms == pytest.approx(3500, abs=60)
    assert measure_apart(cut) == pytest.approx([0, 0, 0], abs=MOST_S)
    gap = make_media(tmp_path / "gap.mkv", "-i", str(whole), "-c", "copy", "-bsf:a", "noise=drop='between(n,60,140)'")
    assert "sound_gaps" in codes(work(gap))
    assert {"sound_gaps"} <= GRAVE
