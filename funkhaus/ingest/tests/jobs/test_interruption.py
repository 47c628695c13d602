"""News first: a long film's encoder stands still while a more urgent job is done, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest import constants
from funkhaus.ingest.encode.encoder_run import Encode
from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.models import Asset, AssetState, Job, JobPriority, JobStage, JobState
from funkhaus.ingest.process import ffmpeg
from funkhaus.ingest.process.ffmpeg import bound_threads
from funkhaus.ingest.process.job_pace import Pace, choose_share, get_pace, keep_pace
from funkhaus.ingest.services import register_asset
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.worker import Worker

pytestmark = pytest.mark.media


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Names and steps of all encodes, in the order in which they end."""
    found: list[tuple[str, str]] = []
    run = Encode.run

    def note(self: Encode, **options: Any) -> None:
        run(self, **options)
        found.append((self.attempt.asset.original_name, self.step))

    monkeypatch.setattr(Encode, "run", note)
    monkeypatch.setattr(constants, "PATIENCE_S", 0.0)
    monkeypatch.setattr(ffmpeg, "LOOK_S", 0.1)
    return found


@pytest.fixture
def when_in_rest(monkeypatch: pytest.MonkeyPatch) -> Callable[[Asset, Callable[[], object]], None]:
    """Do something once, as soon as the asset's further sizes are being made."""

    def plan(asset: Asset, act: Callable[[], object]) -> None:
        report, waiting = Lease.report, [act]

        def look(self: Lease, step: str, progress: float) -> None:
            report(self, step, progress)
            if self.asset_id == asset.pk and step == "rest" and waiting:
                waiting.pop()()

        monkeypatch.setattr(Lease, "report", look)

    return plan


@pytest.mark.parametrize("priority", [JobPriority.NORMAL, JobPriority.NEWS])
def test_a_clip_that_comes_while_a_film_is_encoded_plays_first_and_the_film_goes_on(
    take_in: Take, clip: Path, tmp_path: Path, runs: list[tuple[str, str]], when_in_rest: Any, priority: JobPriority
) -> None:
    film = take_in(make_clip(tmp_path / "film.mp4", size="1280x720", seconds=16))
    urgent: dict[str, Any] = {"source": clip, "original_name": "clip.mp4", "move": False, "user_id": None}
    when_in_rest(film, lambda: register_asset(**urgent, priority=priority))
    worker = Worker()
    worker.run_next()
    film.refresh_from_db()
    job = Job.objects.get(asset=film)
    codes = [entry["code"] for entry in job.log]
    assert (film.state, job.attempts) == (AssetState.READY, 1)
    assert codes.index("paused") < codes.index("resumed") < codes.index("done")
    assert job.cpu_s > 0
    rest = Asset.objects.get(original_name="clip.mp4")
    assert runs.count(("film.mp4", "rest")) == 1, "nothing was done twice"
    assert runs.index(("clip.mp4", "first")) < runs.index(("film.mp4", "rest"))
    if priority == JobPriority.NEWS:
        assert rest.state == AssetState.READY
        assert runs.index(("clip.mp4", "rest")) < runs.index(("film.mp4", "rest"))
        return
    waiting = Job.objects.get(asset=rest)
    assert (rest.state, waiting.state, waiting.stage) == (AssetState.PLAYABLE, JobState.QUEUED, JobStage.REST)
    assert waiting.attempts == 0, "making way is no failed attempt"
    worker.run_next()
    rest.refresh_from_db()
    assert rest.state == AssetState.READY
    assert [name for name, _step in runs].count("clip.mp4") == 2


def test_the_interrupted_film_can_be_cancelled_meanwhile_and_the_clip_is_not_lost(
    take_in: Take,
    clip: Path,
    tmp_path: Path,
    runs: list[tuple[str, str]],
    when_in_rest: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    film = take_in(make_clip(tmp_path / "film.mp4", size="1280x720", seconds=16))

    def cut_in() -> None:
        Job.objects.filter(asset=film).update(is_cancel_asked=True)
        register_asset(source=clip, original_name="clip.mp4", move=False, user_id=None, priority=JobPriority.NEWS)

    monkeypatch.setattr(constants, "HEARTBEAT_S", 1.0)
    when_in_rest(film, cut_in)
    worker = Worker()
    worker.run_next()
    while worker.run_next(is_patient=False):
        pass
    assert Job.objects.get(asset=film).state == JobState.CANCELLED
    assert Asset.objects.get(original_name="clip.mp4").state == AssetState.READY


def test_encoders_that_share_a_machine_share_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.ingest.process.job_pace.count_cores", lambda: 8)
    monkeypatch.setattr("funkhaus.ingest.process.job_pace.count_visible", lambda: 8)
    assert [choose_share(running) for running in (0, 1, 2, 3, 20)] == [0, 0, 4, 2, 1]
    monkeypatch.setattr(
        "funkhaus.ingest.process.job_pace.count_cores", lambda: 2
    )  # a container's quota, which ffmpeg can't see
    assert choose_share(1) == 2
    words = ["-y", "-i", "a", "-i", "b", "-c", "copy", "out"]
    assert bound_threads(words) == words
    with keep_pace(Pace(share=3)):
        bound = bound_threads(words)
    assert bound[bound.index("-y") + 1 :] == [
        "-threads",
        "3",
        "-i",
        "a",
        "-i",
        "b",
        "-threads",
        "3",
        "-c",
        "copy",
        "out",
    ]


def test_what_makes_playable_stands_before_what_makes_better_for_the_system_too() -> None:
    outside = get_pace().nice
    with keep_pace(Pace(is_gentle=True)) as pace:
        assert 0 < outside < pace.nice
