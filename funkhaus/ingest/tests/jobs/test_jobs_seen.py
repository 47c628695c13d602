"""What can be seen of a job: estimate, log, the command, and the wait for room on the disk."""

from __future__ import annotations

import json
import subprocess
from collections import namedtuple
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.estimate import Estimate
from funkhaus.ingest.jobs.job_log import FIRST, LAST, append, describe_log
from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.models import Asset, AssetState, Job, JobPriority, JobState
from funkhaus.ingest.process import ffmpeg
from funkhaus.ingest.selectors import get_progress
from funkhaus.ingest.selectors.jobs import describe_remaining
from funkhaus.ingest.services import wait_for_asset
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.worker import Worker

Usage = namedtuple("Usage", "total used free")


def test_the_estimate_follows_the_speed_and_says_nothing_before_it_knows() -> None:
    estimate = Estimate()
    assert estimate.update("first", 0.0, 0.0) is None
    assert estimate.update("first", 0.01, 1.0) is None, "too early"
    for second in range(2, 20):
        remaining = estimate.update("first", second / 100, float(second))
    assert remaining == pytest.approx(81, abs=2)
    assert estimate.update("rest", 0.28, 20.0) is None, "another step goes at another speed"
    for second in range(21, 40):
        remaining = estimate.update("rest", 0.28 + (second - 20) / 1000, float(second))
    assert remaining == pytest.approx(701, rel=0.05)


def test_a_step_that_stands_still_promises_nothing() -> None:
    estimate = Estimate()
    assert [estimate.update("rest", 0.3, float(second)) for second in range(60)] == [None] * 60


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "noch weniger als eine Minute"),
        (50, "noch etwa 1 Minute"),
        (170, "noch etwa 3 Minuten"),
        (7000, "noch etwa 2 Stunden"),
    ],
)
def test_the_estimate_is_told_as_people_say_it(seconds: float, words: str) -> None:
    with translation.override("de"):
        assert describe_remaining(seconds) == words


def test_a_long_log_keeps_its_beginning_and_its_end() -> None:
    log: list[dict[str, Any]] = []
    for number in range(300):
        log = append(log, "started", {"attempt": number, "machine": "studio"})
    assert len(log) == FIRST + LAST
    assert [log[0]["facts"]["attempt"], log[-1]["facts"]["attempt"]] == [0, 299]
    for _again in range(5):
        log = append(log, "waits_for_space", {})
    assert [entry["code"] for entry in log[-2:]] == ["started", "waits_for_space"], "said once"


def test_each_reader_gets_the_log_in_their_language() -> None:
    log = append([], "tried_again", {"cause": "ffmpeg_killed", "cause_facts": {"signal": 9}, "seconds": "2"})
    with translation.override("de"):
        (line,) = describe_log(log)
        assert "Signal 9" in line.text
        assert "Neuer Versuch in 2 s" in line.text
    with translation.override("en"):
        assert "tried again in 2 s" in describe_log(log)[0].text


@pytest.mark.parametrize(
    ("code", "said", "error", "is_final"),
    [
        (-9, b"", "", False),
        (1, b"ModuleNotFoundError: No module named 'av'", "", False),
        (-24, b"", "too_demanding", True),
        (1, b"ValueError: odd bytes", "not_media", True),
    ],
)
def test_a_file_is_refused_for_its_own_faults_only(
    take_in: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: bytes, error: str, is_final: bool
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"bytes")
    asset = take_in(path)
    ended = subprocess.CompletedProcess([], code, stdout=b"", stderr=said)
    monkeypatch.setattr("funkhaus.ingest.probe.probe_run.subprocess.run", lambda *_words, **_options: ended)
    monkeypatch.setattr("funkhaus.ingest.probe.probe_run.limit_command", lambda *_words, **_options: [])
    Worker().run_next()
    asset.refresh_from_db()
    assert asset.error_code == error
    assert (Job.objects.get().state == JobState.FAILED) == is_final


def run(*words: str) -> str:
    said = StringIO()
    call_command("jobs", *words, stdout=said)
    return said.getvalue()


def test_the_command_lists_cancels_retries_and_hurries(transactional_db: None) -> None:
    asset = Asset.objects.create(original_name="film.mp4", original="missing")
    job = Job.objects.create(asset=asset)
    run("news", str(job.pk))
    job.refresh_from_db()
    assert job.priority == JobPriority.NEWS
    listed = json.loads(run("--json", "--log"))
    assert listed["counts"] == {"queued": 1, "running": 0}
    assert (listed["jobs"][0]["place"], len(listed["jobs"][0]["log"])) == (1, 1)
    assert "film.mp4" in run()
    run("cancel", str(job.pk))
    with pytest.raises(CommandError, match="nothing to change"):
        run("cancel", str(job.pk))
    run("retry", str(job.pk))
    assert Job.objects.latest("pk").state == JobState.QUEUED
    with pytest.raises(CommandError, match="no job 4711"):
        run("cancel", "4711")


@pytest.mark.media
def test_a_disk_that_fills_while_it_encodes_stops_in_order_and_it_goes_on_when_there_is_room(
    take_in: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    asset = take_in(make_clip(tmp_path / "film.mp4", size="1280x720", seconds=8))
    report, room = Lease.report, {"free": 10**12}

    def fill(self: Lease, step: str, progress: float) -> None:
        report(self, step, progress)
        if step == "rest":
            room["free"] = constants.DISK_RESERVE_BYTES - 1

    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(10**12, 0, room["free"]))
    monkeypatch.setattr(Lease, "report", fill)
    monkeypatch.setattr(ffmpeg, "LOOK_S", 0.05)
    worker = Worker()
    worker.run_next()
    monkeypatch.setattr(Lease, "report", report)
    job, first = Job.objects.get(), asset.renditions.get(name="360p")
    assert (job.state, job.log[-1]["code"]) == (JobState.QUEUED, "tried_again")
    assert list(Path(settings.WORK_ROOT).iterdir()) == [], "the room of what was half made is given back"
    Job.objects.update(not_before=None)
    worker.run_next()
    asset.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, job.step, job.attempts) == (JobState.QUEUED, "space", 1), "to look was no attempt"
    assert asset.state == AssetState.PLAYABLE, "what plays goes on playing"
    progress = get_progress(asset.pk)
    assert (progress.waits_for_room, progress.is_settled, progress.can_retry) == (True, False, False)
    assert wait_for_asset(asset_id=asset.pk).waits_for_room, "a command does not wait for days"
    room["free"] = 10**12
    Job.objects.update(not_before=None)
    worker.run_next()
    asset.refresh_from_db()
    assert (asset.state, asset.error) == (AssetState.READY, "")
    assert asset.renditions.get(name="360p").playlist == first.playlist, "a finished step is not done again"
