"""Queue of jobs: orders the due jobs and lets a worker claim one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.jobs.job_log import append
from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.jobs.liveness import Observer, name_machine
from funkhaus.ingest.models import Job, JobStage, JobState

# Priority, then stage (the value «first» sorts before «rest»), then age.
ORDER = ("-priority", "stage", "pk")
Rank = tuple[int, bool]


def claim_job(
    worker: str, *, observer: Observer | None = None, job_id: int | None = None, above: Rank | None = None
) -> Lease | None:
    """Claim the next due job, or the one named, or one ranked above another; return None when there is none.

    `observer` detects dead workers of other machines; without it only those of this machine are detected.
    """
    return retry(lambda: _claim(worker, observer or Observer(), job_id, above))


@transaction.atomic
def _claim(worker: str, observer: Observer, job_id: int | None, above: Rank | None) -> Lease | None:
    for job in list_due(observer, job_id=job_id, above=above):
        lease = _take(job, worker)
        if lease is not None:
            return lease
    return None


def _take(job: Job, worker: str) -> Lease | None:
    """Claim the job if it is unchanged since it was read: a heartbeat since then shows a worker that was only slow."""
    same = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker, attempts=job.attempts)
    same = same.filter(heartbeat_at=job.heartbeat_at) if job.heartbeat_at else same
    attempt, now = job.attempts + 1, timezone.now()
    token = f"{worker}:{token_hex(3)}"  # tells this claim from an earlier one of the same worker
    code = "taken_over" if job.state == JobState.RUNNING else "started"
    taken = same.update(
        state=JobState.RUNNING,
        worker=token,
        attempts=attempt,
        heartbeat_at=now,
        started_at=job.started_at or now,
        not_before=None,
        step="",
        remaining_s=None,
        log=append(job.log, code, {"attempt": attempt, "machine": name_machine(worker)}),
    )
    if not taken:
        return None
    lease = Lease(job.pk, job.asset_id, token, attempt, priority=job.priority, stage=job.stage, cpu_s=job.cpu_s)
    if job.is_cancel_asked:
        lease.is_cancelled.set()
    return lease


def list_waiting(above: Rank | None = None) -> QuerySet[Job]:
    """Return the queued jobs whose pause is over, the next first; `above`: only those of a higher rank.

    A pause that is longer than the longest possible one was stored before the clock was set back; it counts as over.
    """
    now = timezone.now()
    longest = now + timedelta(seconds=max(constants.BACKOFF_S))
    due = Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=longest)
    return _rank(Job.objects.filter(due, state=JobState.QUEUED), above).order_by(*ORDER)


def list_due(observer: Observer, *, job_id: int | None = None, above: Rank | None = None) -> Iterable[Job]:
    """Return the jobs that may be claimed now, the next first: queued ones, and those whose worker is dead."""
    running = list(Job.objects.filter(state=JobState.RUNNING).order_by("pk"))
    dead = {job.pk for job in observer.list_dead(running)}
    left = list(_rank(Job.objects.filter(pk__in=dead), above))
    waiting = list_waiting(above)
    if job_id is not None:
        left, waiting = [job for job in left if job.pk == job_id], waiting.filter(pk=job_id)
    jobs = itertools.chain(left, waiting[:20])  # more candidates than workers that could claim them first
    return sorted(jobs, key=lambda job: (-job.priority, job.stage != JobStage.FIRST, job.pk))


def _rank(jobs: QuerySet[Job], above: Rank | None) -> QuerySet[Job]:
    """Restrict the jobs to those above the rank."""
    if above is None:
        return jobs
    priority, is_first = above
    higher = Q(priority__gt=priority)
    return jobs.filter(higher if is_first else higher | Q(priority=priority, stage=JobStage.FIRST))
