"""Worker: claims jobs one after another and processes them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from funkhaus.ingest import constants
from funkhaus.ingest.encode.pipeline import process_asset
from funkhaus.ingest.housekeeping import Housekeeper
from funkhaus.ingest.jobs import outcomes
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.jobs.heartbeat import beating
from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.jobs.liveness import Observer, name_place, name_worker
from funkhaus.ingest.jobs.queue import claim_job, list_waiting
from funkhaus.ingest.models import Asset, Job, JobStage, JobState
from funkhaus.ingest.process.job_pace import Pace, choose_share, is_nested, keep_pace
from funkhaus.ingest.reasons.errors import CancelAsked, JobLost, MadeWay, RefusedInput, ShuttingDown, WorkFailed

logger = logging.getLogger(__name__)


class Worker:
    """Processes one job at a time until it is stopped; a more urgent job may interrupt the current one."""

    def __init__(self) -> None:
        self.name = name_worker()
        self.shutdown = threading.Event()
        self._observer = Observer()
        self._pressing: dict[int, float] = {}  # urgent jobs: monotonic seconds when this worker first saw them wait

    def stop(self) -> None:
        """Ask the worker to end soon; a running job goes back to the queue."""
        self.shutdown.set()

    def run(self, *, once: bool) -> None:
        """Process jobs until the worker is stopped; with `once`, until none is due."""
        housekeeper = Housekeeper(self.shutdown)
        housekeeper.keep_house() if once else housekeeper.start()
        while not self.shutdown.is_set():
            if not self.run_next() and once:
                break
        if once:
            housekeeper.keep_house()
            housekeeper.release()

    def run_next(self, *, job_id: int | None = None, is_patient: bool = True) -> bool:
        """Process the next due job (or the named one); return False when there was none, after a short wait."""
        lease = claim_job(self.name, observer=self._observer, job_id=job_id)
        if lease is None:
            if is_patient:
                self.shutdown.wait(constants.POLL_S)
            return False
        self._do(lease)
        return True

    def _do(self, lease: Lease, outer: Lease | None = None) -> None:
        lease.shutdown = self.shutdown
        lease.must_make_way = lambda: self._must_make_way(lease, outer)
        asset = retry(lambda: Asset.objects.get(pk=lease.asset_id))
        logger.info("job %s starts: %s (attempt %s)", lease.job_id, asset.original_name, lease.attempt)
        started = time.monotonic()
        pace = Pace(lease.stage == JobStage.REST, self._choose_share(), lambda: self._find_urgent(lease))
        try:
            with keep_pace(pace), beating(lease):
                outcome = attempt_job(lease, asset)
        except JobLost:
            outcome = "lost to another worker"
        logger.info("job %s ends after %.1f s: %s", lease.job_id, time.monotonic() - started, outcome)

    def _choose_share(self) -> int:
        here = Job.objects.filter(state=JobState.RUNNING, worker__startswith=f"{name_place()}:").exclude(step="paused")
        return choose_share(retry(here.count))

    def _must_make_way(self, lease: Lease, outer: Lease | None) -> bool:
        """Tell whether a waiting job, or the one that was interrupted, is more urgent than the rest of this one."""
        if is_nested() and outer is not None and lease.rank <= outer.rank:
            return True
        return retry(list_waiting(above=lease.rank).exists)

    def _find_urgent(self, lease: Lease) -> Callable[[], None] | None:
        """Claim a more urgent job that no idle worker has taken, and return the call that processes it."""
        now = time.monotonic()
        # The first 20 in order are enough: one is claimed, and the rest is seen again a second later.
        seen = retry(lambda: list(list_waiting(above=lease.rank).values_list("pk", flat=True)[:20]))
        self._pressing = {pk: self._pressing.get(pk, now) for pk in seen}
        if all(now - since < constants.PATIENCE_S for since in self._pressing.values()):
            return None
        urgent = claim_job(self.name, observer=self._observer, above=lease.rank)
        if urgent is None:
            return None

        def serve() -> None:
            try:
                lease.pause()
            finally:  # the urgent job is claimed already, whatever became of this one
                self._do(urgent, outer=lease)
            lease.resume()

        return serve


def attempt_job(lease: Lease, asset: Asset) -> str:
    """Make one attempt at a job and store its outcome; return the outcome in words for the process's log."""
    attempt = Attempt(lease, asset)
    if lease.attempt > constants.MAX_ATTEMPTS:
        attempt.close()
        outcomes.mark_failed(lease, WorkFailed("interrupted", attempts=lease.attempt - 1))
        return "given up"
    end: Callable[[], str]
    try:
        lease.check()
        attempt.open()
        process_asset(attempt)
        end = _ending("done", outcomes.mark_done, lease)
    except RefusedInput as refusal:
        end = _ending(f"refused: {refusal.code}", outcomes.mark_refused, lease, refusal)
    except CancelAsked:
        end = _ending("cancelled", outcomes.mark_cancelled, lease)
    except (ShuttingDown, MadeWay) as stop:
        end = _ending(stop.code.replace("_", " "), outcomes.give_back, lease, stop.code)
    except WorkFailed as failure:
        end = _ending(f"failed: {failure.code}", outcomes.mark_failed, lease, failure)
    except JobLost:
        attempt.close()
        raise
    except Exception as error:
        logger.exception("job %s: unexpected", lease.job_id)
        unexpected = WorkFailed("unexpected", is_passing=True, detail=type(error).__name__)
        end = _ending("failed: unexpected", outcomes.mark_failed, lease, unexpected)
    retry(attempt.close)
    return end()


def _ending(words: str, store: Callable[..., object], *facts: object) -> Callable[[], str]:
    """Return the call that stores the outcome; it is made after the attempt's folders are cleaned up."""

    def end() -> str:
        store(*facts)
        return words

    return end


def is_any_working(observer: Observer) -> bool:
    """Tell whether some worker is processing a job and is not known to be dead."""
    running = list(Job.objects.filter(state=JobState.RUNNING))
    return len(observer.list_dead(running)) < len(running)
