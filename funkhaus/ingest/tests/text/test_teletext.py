"""Subtitles of teletext become a text track; the rest of its magazine does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.conftest import Take
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


def test_a_magazine_without_subtitles_is_told_and_left(work: Take, tmp_path: Path) -> None:
    asset = work(make_recording(tmp_path, kind=1))
    assert not asset.text_tracks.exists()
    assert [code for code, _facts in asset.findings] == ["text_pictures"]
