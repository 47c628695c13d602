"""The worker: takes jobs one after another and does them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, connection
from django.utils import timezone

from funkhaus.ingest import conf, outcomes
from funkhaus.ingest.attempt import Attempt
from funkhaus.ingest.errors import CancelAsked, JobLost, RefusedInput, ShuttingDown, WorkFailed
from funkhaus.ingest.models import Asset, Job, JobState
from funkhaus.ingest.persistence import insist
from funkhaus.ingest.pipeline import process_asset
from funkhaus.ingest.queue import Hold, claim_job, is_gone, name_worker
from funkhaus.ingest.sweeping import sweep_abandoned

logger = logging.getLogger(__name__)


class Worker:
    """Does jobs until it is stopped."""

    def __init__(self) -> None:
        self.name = name_worker()
        self.shutdown = threading.Event()

    def stop(self) -> None:
        """End soon: what runs is given back to the queue."""
        self.shutdown.set()

    def run(self, *, once: bool) -> None:
        """Work until stopped; `once`: until nothing is due."""
        sweep_abandoned()
        while not self.shutdown.is_set():
            if not self.run_next() and once:
                return

    def run_next(self, *, job_id: int | None = None, is_patient: bool = True) -> bool:
        """Do the next due job (or the named one); False when there was none, after a short wait."""
        hold = claim_job(self.name, job_id=job_id)
        if hold is None:
            if is_patient:
                self.shutdown.wait(conf.POLL_S)
            return False
        hold.shutdown = self.shutdown
        self._do(hold)
        return True

    def _do(self, hold: Hold) -> None:
        asset = insist(lambda: Asset.objects.get(pk=hold.asset_id))
        logger.info("job %s starts: %s (attempt %s)", hold.job_id, asset.original_name, hold.attempt)
        started = time.monotonic()
        try:
            with _beating(hold):
                outcome = attempt_job(hold, asset)
        except JobLost:
            outcome = "lost to another worker"
        logger.info("job %s ends after %.1f s: %s", hold.job_id, time.monotonic() - started, outcome)


def attempt_job(hold: Hold, asset: Asset) -> str:
    """Make one attempt and store how it ended; return that in words for the log."""
    attempt = Attempt(hold, asset)
    if hold.attempt > conf.MAX_ATTEMPTS:
        attempt.close()
        outcomes.mark_failed(hold, WorkFailed("interrupted", attempts=hold.attempt - 1))
        return "given up"
    end: Callable[[], str]
    try:
        hold.check()
        attempt.open()
        process_asset(attempt)
        end = lambda: _done(hold)  # noqa: E731 (one of several endings, all run after the tidying)
    except RefusedInput as refusal:
        end = _ending(f"refused: {refusal.code}", outcomes.mark_refused, hold, refusal)
    except CancelAsked:
        end = _ending("cancelled", outcomes.mark_cancelled, hold)
    except ShuttingDown:
        end = _ending("given back", outcomes.give_back, hold)
    except WorkFailed as failure:
        end = _ending(f"failed: {failure.code}", outcomes.mark_failed, hold, failure)
    except JobLost:
        attempt.close()
        raise
    except Exception as error:
        logger.exception("job %s: unexpected", hold.job_id)
        unexpected = WorkFailed("unexpected", is_passing=True, detail=type(error).__name__)
        end = _ending("failed: unexpected", outcomes.mark_failed, hold, unexpected)
    insist(attempt.close)
    return end()


def _done(hold: Hold) -> str:
    outcomes.mark_done(hold)
    return "done"


def _ending(words: str, store: Callable[..., object], *facts: object) -> Callable[[], str]:
    def end() -> str:
        store(*facts)
        return words

    return end


def is_any_working() -> bool:
    """True where a worker is seen alive at some job."""
    fresh = timezone.now() - timedelta(seconds=conf.LOST_AFTER_S)
    running = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__gte=fresh)
    return any(not is_gone(job.worker) for job in running)


@contextmanager
def _beating(hold: Hold) -> Iterator[None]:
    """Keep the job's heart beating in a thread of its own: the work may be busy for long."""
    finished = threading.Event()

    def beat() -> None:
        try:
            while not finished.wait(conf.HEARTBEAT_S):
                try:
                    hold.beat()
                except OperationalError as error:
                    logger.warning("heartbeat of job %s missed: %s", hold.job_id, error)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heart of job {hold.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()
