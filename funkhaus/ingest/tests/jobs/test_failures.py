"""What breaks around a file: told, nothing left lying, and another try succeeds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from funkhaus.ingest.encode import encoder_run
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.package.atomic_files import copy_file
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.process.sandbox import limit_command
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.selectors import get_progress
from funkhaus.ingest.services import SubtitleFile, cancel_job, register_asset, retry_asset
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.worker import Worker

pytestmark = pytest.mark.media


def finish(asset: Asset) -> None:
    retry_asset(asset_id=asset.pk)
    Worker().run_next()
    asset.refresh_from_db()
    assert (asset.state, asset.error) == (AssetState.READY, "")


def list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_without_ffmpeg_the_operator_is_asked_for_and_a_later_try_succeeds(
    take_in: Take, clip: Path, settings: Any
) -> None:
    asset = take_in(clip)
    settings.FFMPEG = "/nowhere/ffmpeg"
    Worker().run_next()
    progress = get_progress(asset.pk)
    assert (progress.state, progress.can_retry) == (AssetState.FAILED, True)
    assert "funkhaus check" in progress.error, "which names the path"
    assert "/nowhere" not in progress.error, "editors learn no folder of the server"
    assert list_files(asset.folder) == []
    settings.FFMPEG = ""
    finish(asset)


def test_a_disk_that_fills_up_is_told_leaves_nothing_and_a_later_try_succeeds(
    take_in: Take, clip: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The encoder really hits a wall: the limit of the size of a file stands in for the end of the disk."""

    def run_short(words: list[str], *, duration_s: float, file_size: int, on_tick: object) -> int:
        return run_ffmpeg(words, duration_s=duration_s, file_size=20_000, on_tick=on_tick)  # type: ignore[arg-type]

    asset = take_in(clip)
    monkeypatch.setattr(encoder_run, "run_ffmpeg", run_short)
    Worker().run_next()
    asset.refresh_from_db()
    job = Job.objects.get()
    assert (job.state, job.log[-1]["facts"]["cause"]) == (JobState.QUEUED, "disk_full"), "it comes again by itself"
    assert list_files(asset.folder) == []
    assert list_files(Path(settings.WORK_ROOT)) == []
    assert asset.original_path.exists(), "the source is kept"
    monkeypatch.undo()
    Job.objects.update(not_before=None)
    finish(asset)


def test_too_little_room_is_told_before_anything_is_made(
    take_in: Take, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take_in(clip)
    monkeypatch.setattr("funkhaus.ingest.constants.DISK_RESERVE_BYTES", 10**18)
    Worker().run_next()
    asset.refresh_from_db()
    assert asset.error_code == "disk_full"
    with pytest.raises(WorkFailed):
        register_asset(source=clip, original_name="x", move=False, user_id=None)
    assert Asset.objects.count() == 1


def test_a_copy_that_hits_the_end_of_the_disk_leaves_no_part(tmp_path: Path, clip: Path) -> None:
    target = tmp_path / "target"
    code = "import sys; from pathlib import Path; from funkhaus.ingest.package.atomic_files import copy_file; "
    code += "copy_file(Path(sys.argv[1]), Path(sys.argv[2]))"
    root = str(Path(__file__).resolve().parents[4])
    command = limit_command(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); {code}", str(clip), str(target)],
        cpu_s=30,
        memory=2_000_000_000,
        file_size=10_000,
        reads=[root, clip],
        writes=[tmp_path],
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "disk_full" in done.stderr or "disk" in done.stderr
    assert list(tmp_path.iterdir()) == []
    copy_file(clip, target)
    assert target.stat().st_size == clip.stat().st_size


def test_what_plays_already_stays_playable_when_the_rest_fails(
    take_in: Take, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise WorkFailed("disk_full")

    asset = take_in(clip)
    monkeypatch.setattr("funkhaus.ingest.encode.pipeline._make_rest", fail)
    Worker().run_next()
    progress = get_progress(asset.pk)
    assert (progress.state, progress.can_retry, progress.is_settled) == (AssetState.PLAYABLE, True, True)
    assert progress.error
    first = asset.renditions.get(name="360p")
    assert (asset.folder / "master.m3u8").exists()
    monkeypatch.undo()
    finish(asset)
    assert asset.renditions.get(name="360p").playlist == first.playlist, "a finished step is not done again"


def test_a_running_encode_is_cancelled_within_seconds(take_in: Take, tmp_path: Path) -> None:
    asset = take_in(make_clip(tmp_path / "long.mp4", size="1280x720", seconds=20))
    job = Job.objects.get()
    canceller = threading.Timer(0.0, _cancel_when_running, args=[job.pk, asset.folder])
    canceller.start()
    started = time.monotonic()
    Worker().run_next()
    canceller.join()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert time.monotonic() - started < 12
    assert not [path for path in list_files(asset.folder) if path.suffix == ".mp4"] or asset.renditions.exists()


def _cancel_when_running(job_id: int, folder: Path) -> None:
    """As another process would. The tests' database in memory locks whole tables, and the worker out of them, too:
    so the files are looked at until the encoder writes, and the database is asked once."""
    patience = time.monotonic() + 60
    while not any(path.suffix == ".mp4" for path in list_files(folder)) and time.monotonic() < patience:
        time.sleep(0.05)
    retry(lambda: cancel_job(job_id=job_id))
    connection.close()


@pytest.mark.parametrize(
    ("subtitle", "code"),
    [
        (SubtitleFile(Path("/nowhere.vtt")), "missing"),
        (SubtitleFile(Path("/nowhere.vtt"), language="../x"), "subtitle_language"),
        (SubtitleFile(Path("/nowhere.vtt"), kind="poem"), "subtitle_kind"),
    ],
)
def test_subtitles_that_cannot_be_read_store_nothing(
    transactional_db: None, clip: Path, settings: Any, subtitle: SubtitleFile, code: str
) -> None:
    with pytest.raises(RefusedInput) as caught:
        register_asset(source=clip, original_name="x", move=False, user_id=None, subtitles=[subtitle])
    assert caught.value.code == code
    assert not Asset.objects.exists()
    assert list_files(Path(settings.ORIGINAL_ROOT)) == []


def test_a_moved_file_comes_back_when_it_cannot_be_registered(
    transactional_db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_fields: object) -> None:
        raise RuntimeError("no database")

    source = tmp_path / "upload"
    source.write_bytes(b"bytes")
    monkeypatch.setattr(Asset.objects, "create", fail)
    with pytest.raises(RuntimeError):
        register_asset(source=source, original_name="x", move=True, user_id=None)
    assert source.read_bytes() == b"bytes"
    assert list_files(Path(settings.ORIGINAL_ROOT)) == []


def test_a_moved_file_is_not_copied(transactional_db: None, tmp_path: Path) -> None:
    source = tmp_path / "upload"
    source.write_bytes(b"bytes")
    asset = register_asset(source=source, original_name="Urlaub.mov", move=True, user_id=None)
    assert not source.exists()
    assert asset.original_path.read_bytes() == b"bytes"
    assert "Urlaub" not in asset.original
