"""Who holds a job: one at a time, and only as long as the heart beats."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone

from funkhaus.ingest import constants
from funkhaus.ingest.jobs import outcomes
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.jobs.liveness import Observer, is_gone, name_worker
from funkhaus.ingest.jobs.queue import claim_job, list_waiting
from funkhaus.ingest.models import Asset, AssetState, Job, JobPriority, JobStage, JobState
from funkhaus.ingest.reasons.errors import JobLost, WorkFailed
from funkhaus.ingest.selectors import get_progress
from funkhaus.ingest.services import cancel_job, retry_asset
from funkhaus.ingest.worker import Worker

ELSEWHERE = "other-machine/boot/1:1:1:abc"


@pytest.fixture
def job(transactional_db: None) -> Job:
    asset = Asset.objects.create(original_name="film.mp4", original="missing")
    return Job.objects.create(asset=asset)


def make_job(priority: int = 0) -> Job:
    return Job.objects.create(asset=Asset.objects.create(original_name="x"), priority=priority)


class Clock:
    """A monotonic clock that goes when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def watch_and_claim(clock: Clock, observer: Observer, seconds: float) -> Lease | None:
    """Let the time go by second by second, as an idle worker does; return what could be claimed on the way."""
    for _second in range(round(seconds)):
        clock.seconds += 1
        if lease := claim_job(ELSEWHERE, observer=observer):
            return lease
    return None


def test_a_job_is_taken_once(job: Job) -> None:
    first = claim_job(name_worker())
    assert first is not None
    assert first.job_id == job.pk
    assert claim_job(ELSEWHERE) is None


def test_urgent_work_comes_first_then_the_oldest(job: Job) -> None:
    later, urgent = make_job(), make_job(priority=5)
    holds = [claim_job(ELSEWHERE) for _ in range(3)]
    assert [lease.job_id for lease in holds if lease] == [urgent.pk, job.pk, later.pk]


def test_a_job_whose_worker_is_silent_is_taken_over_and_the_old_one_may_write_no_more(job: Job) -> None:
    old = claim_job(ELSEWHERE)
    assert old is not None
    observer = Observer(clock := Clock())
    assert watch_and_claim(clock, observer, constants.LOST_AFTER_S - 1) is None
    new = watch_and_claim(clock, observer, 3)
    assert new is not None
    assert new.attempt == 2
    with pytest.raises(JobLost):
        old.write(asset={"state": AssetState.READY})
    assert Asset.objects.get().state == AssetState.QUEUED
    old.beat()
    with pytest.raises(JobLost):
        old.check()


def test_a_dead_worker_of_this_machine_is_known_at_once(job: Job) -> None:
    place, _process, started, chance = name_worker().split(":")
    dead = f"{place}:999999999:{started}:{chance}"
    assert is_gone(dead)
    assert not is_gone(name_worker())
    assert not is_gone(ELSEWHERE)
    assert claim_job(dead) is not None
    assert claim_job(name_worker()) is not None


def test_a_process_number_that_was_given_anew_is_not_the_old_worker() -> None:
    place, process, _started, chance = name_worker().split(":")
    assert is_gone(f"{place}:{process}:1:{chance}")


def test_a_passing_failure_waits_longer_each_time_and_then_is_final(job: Job) -> None:
    failure = WorkFailed("ffmpeg_killed", is_passing=True, signal=9)
    pauses = []
    for _attempt in range(constants.MAX_ATTEMPTS):
        lease = claim_job(ELSEWHERE)
        assert lease is not None
        comes_again = outcomes.mark_failed(lease, failure)
        job.refresh_from_db()
        pauses.append(job.not_before - timezone.now() if job.not_before else None)
        assert comes_again == (job.state == JobState.QUEUED)
        assert claim_job(ELSEWHERE) is None
        Job.objects.update(not_before=None)
    waits = [pause.total_seconds() for pause in pauses if pause]
    assert waits == sorted(waits)
    assert len(waits) == constants.MAX_ATTEMPTS - 1
    progress = get_progress(job.asset_id)
    assert (progress.state, progress.can_retry, progress.is_settled) == (AssetState.FAILED, True, True)
    assert "9" in progress.error


def test_a_job_that_kills_every_worker_is_given_up(job: Job) -> None:
    Job.objects.update(state=JobState.RUNNING, worker=ELSEWHERE, attempts=constants.MAX_ATTEMPTS)
    place, _process, started, chance = name_worker().split(":")
    Job.objects.update(worker=f"{place}:999999999:{started}:{chance}")
    assert Worker().run_next()
    assert get_progress(job.asset_id).error
    assert Asset.objects.get().error_code == "interrupted"


def test_a_missing_source_is_told_and_can_be_retried(job: Job) -> None:
    Worker().run_next()
    assert Asset.objects.get().error_code == "original_missing"
    again = retry_asset(asset_id=job.asset_id)
    assert again.pk != job.pk
    assert retry_asset(asset_id=job.asset_id).pk == again.pk, "asked twice, queued once"
    progress = get_progress(job.asset_id)
    assert (progress.state, progress.error, progress.is_settled) == (AssetState.QUEUED, "", False)


def test_a_waiting_job_is_cancelled_at_once(job: Job) -> None:
    cancel_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, [entry["code"] for entry in job.log]) == (JobState.CANCELLED, ["cancelled"])
    assert get_progress(job.asset_id).can_retry
    assert claim_job(ELSEWHERE) is None
    cancel_job(job_id=job.pk)  # twice is no error


def test_a_running_job_hears_of_its_cancellation_with_the_next_beat(job: Job) -> None:
    lease = claim_job(ELSEWHERE)
    assert lease is not None
    cancel_job(job_id=job.pk)
    lease.beat()
    assert lease.is_cancelled.is_set()


def test_a_worker_that_ends_gives_its_job_back_without_counting_it(job: Job) -> None:
    lease = claim_job(ELSEWHERE)
    assert lease is not None
    outcomes.give_back(lease, "given_back")
    again = claim_job(ELSEWHERE)
    assert again is not None
    assert again.attempt == 1


def test_a_locked_database_is_waited_for(transactional_db: None) -> None:
    answers = iter([OperationalError("database is locked"), OperationalError("database is locked"), None])

    def act() -> str:
        answer = next(answers)
        if answer is not None:
            raise answer
        return "done"

    assert retry(act) == "done"
    with pytest.raises(OperationalError):
        retry(_always_locked, patience_s=0.0)


def _always_locked() -> None:
    raise OperationalError("database is locked")


def test_an_unexpected_error_ends_the_attempt_and_not_the_worker(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(_attempt: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr("funkhaus.ingest.worker.process_asset", explode)
    assert Worker().run_next()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert "ValueError" in job.error
    assert job.not_before is not None


@pytest.mark.parametrize("jump", [timedelta(hours=-30), timedelta(hours=30)], ids=["back", "ahead"])
def test_a_clock_that_jumps_takes_no_job_from_a_living_worker_and_leaves_none_with_a_dead_one(
    job: Job, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    old = claim_job(ELSEWHERE)
    assert old is not None
    observer = Observer(clock := Clock())
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + jump)
    for _beat in range(20):
        assert watch_and_claim(clock, observer, 3) is None, "it lives"
        now += timedelta(seconds=3)
        old.beat()
    now -= 2 * jump
    assert watch_and_claim(clock, observer, constants.LOST_AFTER_S + 2) is not None, "it is dead"


def test_a_pause_ends_although_the_clock_was_set_back_by_years(job: Job) -> None:
    Job.objects.update(not_before=timezone.now() + timedelta(seconds=constants.BACKOFF_S[-1] - 1))
    assert claim_job(ELSEWHERE) is None
    Job.objects.update(not_before=timezone.now() + timedelta(days=1000))
    assert claim_job(ELSEWHERE) is not None


def test_an_observer_that_slept_takes_nothing_from_anybody(job: Job) -> None:
    assert claim_job(ELSEWHERE) is not None
    observer = Observer(clock := Clock())
    assert claim_job(ELSEWHERE, observer=observer) is None
    clock.seconds += 3600
    assert claim_job(ELSEWHERE, observer=observer) is None, "a laptop that was closed, a database that was away"


def test_what_makes_something_playable_comes_before_what_makes_it_better(job: Job) -> None:
    Job.objects.update(stage=JobStage.REST)
    clip, urgent, bulk = make_job(), make_job(JobPriority.NEWS), make_job(JobPriority.BULK)
    assert [found.pk for found in list_waiting()] == [urgent.pk, clip.pk, job.pk, bulk.pk]
    assert [found.pk for found in list_waiting(above=(0, False))] == [urgent.pk, clip.pk]
    assert [found.pk for found in list_waiting(above=(0, True))] == [urgent.pk]
    assert claim_job(ELSEWHERE, above=(JobPriority.NEWS, True)) is None
