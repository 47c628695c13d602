"""What an attempt removes before and after its work, while others store texts for the same media file."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.jobs.attempt import clear_leftovers
from funkhaus.ingest.models import Asset, Job, Rendition, TextTrack, TextTrackKind
from funkhaus.ingest.package.asset_playlists import publish_master
from funkhaus.ingest.package.atomic_files import write_text
from funkhaus.ingest.package.layout import MASTER
from funkhaus.ingest.services import SubtitleFile, add_subtitles
from funkhaus.ingest.text import text_tracks

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    """A job whose asset has one finished size."""
    asset = Asset.objects.create(original_name="film.mp4", duration_ms=2000)
    Rendition.objects.create(asset=asset, name="360p", kind="video", playlist="r1/360p.m3u8", is_complete=True)
    return Job.objects.create(asset=asset)


def test_a_text_that_is_stored_while_a_job_begins_keeps_its_file(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job sees the file and not yet its row: the text was lost, and the job failed again and again."""
    (tmp_path / "heute.vtt").write_text(VTT)

    def write_and_clear(path: Path, text: str) -> None:
        write_text(path, text)
        clear_leftovers(job.asset, job.pk)

    monkeypatch.setattr(text_tracks, "write_text", write_and_clear)
    add_subtitles(asset_id=job.asset.pk, subtitles=[SubtitleFile(tmp_path / "heute.vtt", language="de")])
    track = TextTrack.objects.get()
    assert (track.asset.folder / track.file_name).read_text().startswith("WEBVTT")


def test_what_a_dead_attempt_has_left_goes(job: Job) -> None:
    folder = job.asset.folder
    (folder / "r2").mkdir(parents=True)
    Rendition.objects.all().delete()
    for name in ("r2/720p.mp4", "r2/720p.m3u8", "r2/.part-1", "master.m3u8", "storyboard.vtt"):
        (folder / name).write_text("left")
    clear_leftovers(job.asset, job.pk)
    assert list(folder.iterdir()) == []


def test_a_text_whose_file_is_gone_costs_no_film(job: Job, caplog: pytest.LogCaptureFixture) -> None:
    asset = job.asset
    asset.folder.mkdir(parents=True)
    TextTrack.objects.create(asset=asset, kind=TextTrackKind.CAPTIONS, language="de", file_name="gone.vtt")
    publish_master(asset)
    assert "TYPE=SUBTITLES" not in (asset.folder / MASTER).read_text()
    assert "its file is gone" in caplog.text
