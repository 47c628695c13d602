"""Subtitles of teletext become a text track; the rest of its magazine does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.tests.flashes import make_flashes, measure_apart
from funkhaus.ingest.tests.teletext import add_teletext
from funkhaus.ingest.text.stored_text import get_cues

pytestmark = pytest.mark.media


def make_recording(folder: Path, *, kind: int) -> Path:
    film = make_clip(folder / "film.ts", seconds=4)
    zero_s = analyze_file(film)["start_s"]
    cues = [(zero_s + 1, "Guten Abend"), (zero_s + 2, ""), (zero_s + 2.5, "Gute Nacht"), (zero_s + 3, "")]
    return add_teletext(film, folder / "recording.ts", cues, kind=kind)


def test_a_page_of_subtitles_becomes_captions_in_time(work: Take, tmp_path: Path) -> None:
    asset = work(make_recording(tmp_path, kind=5))
    assert (asset.state, asset.findings) == (AssetState.READY, [])
    track = asset.text_tracks.get()
    assert (track.language, track.kind) == ("de", "captions")
    cues = get_cues(track)
    assert [("Guten Abend" in cues[0].text, "Gute Nacht" in cues[1].text)] == [(True, True)]
    assert [cue.start_ms for cue in cues] == pytest.approx([1000, 2500], abs=150)
    assert cues[0].end_ms == pytest.approx(2000, abs=150)


def test_a_page_older_than_the_first_picture_begins_with_it(work: Take, tmp_path: Path) -> None:
    """The file's clock starts with the page then, and the programme's zero is later all the same."""
    film = make_flashes(tmp_path / "film.ts", seconds=4)
    zero_s = analyze_file(film)["start_s"]
    cues = [(zero_s - 0.9, "Vorbei"), (zero_s - 0.6, "Noch da"), (zero_s + 1, "Guten Abend"), (zero_s + 2, "")]
    recording = add_teletext(film, tmp_path / "recording.ts", cues)
    assert analyze_file(recording)["start_s"] < zero_s - 0.5
    asset = work(recording)
    assert (asset.state, asset.findings) == (AssetState.READY, [])
    assert measure_apart(asset) == pytest.approx([0, 0, 0], abs=0.04)
    first, second = get_cues(asset.text_tracks.get())
    assert "Noch da" in first.text
    assert first.start_ms == 0
    assert "Guten Abend" in second.text
    assert second.start_ms == pytest.approx(1000, abs=150)


def test_a_magazine_without_subtitles_is_told_and_left(work: Take, tmp_path: Path) -> None:
    asset = work(make_recording(tmp_path, kind=1))
    assert not asset.text_tracks.exists()
    assert [code for code, _facts in asset.findings] == ["text_pictures"]
