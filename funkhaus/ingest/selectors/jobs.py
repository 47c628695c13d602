"""Reads of jobs for interfaces: progress, remaining time, log, position in the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funkhaus.ingest.jobs.job_log import LogLine, describe_log, describe_priority, describe_step
from funkhaus.ingest.jobs.liveness import name_machine
from funkhaus.ingest.jobs.queue import ORDER
from funkhaus.ingest.models import Job, JobPriority, JobState

ACTIVE = (JobState.QUEUED, JobState.RUNNING)
ENDED_BADLY = (JobState.FAILED, JobState.CANCELLED)
AT_MOST = 200  # rows that a list shows: a page that a person can read


@dataclass(frozen=True)
class JobView:
    """A job for readers; texts in the active language. `place`: 1 for the next to be claimed, None unless queued."""

    id: int
    asset_id: int
    file_name: str
    state: str
    state_label: str
    step_label: str
    progress: float
    remaining_s: float | None
    place: int | None
    priority: int
    priority_label: str
    attempts: int
    machine: str
    cpu_s: float
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    log: tuple[LogLine, ...]
    can_cancel: bool
    can_retry: bool
    can_hurry: bool

    @property
    def percent(self) -> int:
        """Return the progress in whole percent."""
        return round(100 * self.progress)

    @property
    def remaining_label(self) -> str:
        """Return the remaining time in words of the active language; empty while it is not known."""
        return "" if self.remaining_s is None else describe_remaining(self.remaining_s)

    @property
    def place_label(self) -> str:
        """Return the position in the queue in words of the active language; empty unless queued."""
        return _("Place %(place)s in the queue") % {"place": self.place} if self.place else ""


def describe_remaining(seconds: float) -> str:
    """Return a span in rough words of the active language, since the estimate is no better than that."""
    minutes = round(seconds / 60)
    if seconds < 45:
        return _("less than a minute left")
    if minutes < 90:
        count = max(1, minutes)
        return ngettext("about %(count)s minute left", "about %(count)s minutes left", count) % {"count": count}
    hours = round(seconds / 3600)
    return ngettext("about %(count)s hour left", "about %(count)s hours left", hours) % {"count": hours}


def get_job_view(asset_id: int) -> JobView | None:
    """Return the newest job of an asset, which decides what becomes of it; None where there is none."""
    job = Job.objects.select_related("asset").filter(asset_id=asset_id).order_by("-pk").first()
    return None if job is None else _show([job])[0]


def find_job_view(job_id: int) -> JobView | None:
    """Return one job; None where there is none."""
    found = _show(Job.objects.select_related("asset").filter(pk=job_id))
    return found[0] if found else None


def list_jobs(state: str = "") -> list[JobView]:
    """Return running, queued and lately failed jobs, in this order; `state` (a `JobState`) restricts them to one."""
    jobs = Job.objects.select_related("asset")
    running = jobs.filter(state=JobState.RUNNING).order_by("started_at", "pk")
    waiting = jobs.filter(state=JobState.QUEUED).order_by(*ORDER)
    newer = Job.objects.filter(asset=OuterRef("asset"), pk__gt=OuterRef("pk"))
    failed = jobs.filter(~Exists(newer), state__in=ENDED_BADLY).order_by("-pk")
    done = jobs.filter(state=JobState.DONE).order_by("-pk")
    kinds: dict[str, Sequence[QuerySet[Job]]] = {
        "": (running, waiting, failed[:50]),  # of the failed only the newest matter to the overview
        JobState.RUNNING: (running,),
        JobState.QUEUED: (waiting,),
        JobState.FAILED: (failed,),
        JobState.DONE: (done,),
    }
    found = [job for kind in kinds.get(state, ()) for job in kind[:AT_MOST]]
    return _show(found[:AT_MOST])


def count_jobs() -> dict[str, int]:
    """Return the number of queued and of running jobs by state."""
    return {str(state): Job.objects.filter(state=state).count() for state in ACTIVE}


def _show(jobs: Iterable[Job]) -> list[JobView]:
    jobs = list(jobs)
    queue: list[int] = []
    if any(job.state == JobState.QUEUED for job in jobs):
        # One query for all positions; behind the thousandth nobody asks for the exact one.
        queue = list(Job.objects.filter(state=JobState.QUEUED).order_by(*ORDER).values_list("pk", flat=True)[:1000])
    places = {pk: place for place, pk in enumerate(queue, start=1)}
    return [_show_one(job, places.get(job.pk)) for job in jobs]


def _show_one(job: Job, place: int | None) -> JobView:
    is_active = job.state in ACTIVE
    return JobView(
        id=job.pk,
        asset_id=job.asset_id,
        file_name=job.asset.original_name,
        state=job.state,
        state_label=str(JobState(job.state).label),
        step_label=describe_step(job.step) if is_active else "",
        progress=job.progress,
        remaining_s=job.remaining_s if job.state == JobState.RUNNING else None,
        place=place,
        priority=job.priority,
        priority_label=describe_priority(job.priority),
        attempts=job.attempts,
        machine=name_machine(job.worker) if job.state == JobState.RUNNING else "",
        cpu_s=job.cpu_s,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        error=job.asset.error if job.state != JobState.DONE else "",
        log=describe_log(job.log),
        can_cancel=is_active and not job.is_cancel_asked,
        can_retry=job.state in ENDED_BADLY and job.asset.error_code != "" and job.asset.state != "refused",
        can_hurry=is_active and job.priority < JobPriority.NEWS,
    )
