"""The queue: who holds a job, and what may be written by whoever holds it."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from funkhaus.ingest import conf
from funkhaus.ingest.errors import CancelAsked, JobLost, ShuttingDown
from funkhaus.ingest.models import Asset, Job, JobState
from funkhaus.ingest.persistence import insist
from funkhaus.ingest.signals import asset_moved

logger = logging.getLogger(__name__)


@dataclass
class Hold:
    """A claimed job. Everything written goes through `write`, which refuses once the job is another's."""

    job_id: int
    asset_id: int
    token: str
    attempt: int
    is_lost: threading.Event = field(default_factory=threading.Event)
    is_cancelled: threading.Event = field(default_factory=threading.Event)
    shutdown: threading.Event = field(default_factory=threading.Event)
    _reported_at: float = 0.0

    def check(self) -> None:
        """Raise when the work has to stop."""
        if self.is_lost.is_set():
            raise JobLost
        if self.is_cancelled.is_set():
            raise CancelAsked
        if self.shutdown.is_set():
            raise ShuttingDown

    def write(self, *, job: dict[str, Any] | None = None, asset: dict[str, Any] | None = None) -> None:
        """Write fields of job and asset in one transaction; raise `JobLost` when the job is another's."""
        insist(lambda: self._write({"heartbeat_at": timezone.now(), **(job or {})}, asset or {}))

    @transaction.atomic
    def _write(self, job: dict[str, Any], asset: dict[str, Any]) -> None:
        held = Job.objects.filter(pk=self.job_id, worker=self.token, state=JobState.RUNNING)
        if not held.update(**job):
            self.is_lost.set()
            raise JobLost
        if asset:
            Asset.objects.filter(pk=self.asset_id).update(**asset)
        if "state" in asset:
            transaction.on_commit(lambda: self._announce(asset["state"]))

    def _announce(self, state: str) -> None:
        """Tell the apps above; what goes wrong there must not cost the job."""
        for receiver, answer in asset_moved.send_robust(sender=Asset, asset_id=self.asset_id, state=str(state)):
            if isinstance(answer, Exception):
                logger.error("receiver %s failed for asset %s", receiver, self.asset_id, exc_info=answer)

    def report(self, step: str, progress: float) -> None:
        """Store how far the work is, at most once a second."""
        now = time.monotonic()
        if now - self._reported_at >= 1:
            self._reported_at = now
            self.write(job={"step": step, "progress": round(progress, 4)})

    def beat(self) -> None:
        """Say that the worker lives; notice when the job is lost or cancelled."""
        held = Job.objects.filter(pk=self.job_id, worker=self.token, state=JobState.RUNNING)
        if not held.update(heartbeat_at=timezone.now()):
            self.is_lost.set()
        elif held.filter(is_cancel_asked=True).exists():
            self.is_cancelled.set()


def name_worker() -> str:
    """A name that tells a living worker of this machine from a dead one: place, process, its start, chance."""
    return f"{_place()}:{os.getpid()}:{_started(os.getpid())}:{token_hex(4)}"


def _place() -> str:
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        namespace = ""
    return f"{socket.gethostname()[:60].replace(':', '-')}/{namespace.strip('pid:[]')}"


def _started(process: int) -> str:
    """The kernel's start time of a process (field 22 of proc(5)'s stat); empty when there is none or it is dead."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]


def is_gone(worker: str) -> bool:
    """True where it is sure that the worker is dead: it ran on this machine, and its process is not there."""
    place, _, rest = worker.partition(":")
    process, _, rest = rest.partition(":")
    if place != _place() or not process.isdigit() or not Path("/proc/self/stat").exists():
        return False
    return _started(int(process)) != rest.partition(":")[0]


def claim_job(worker: str, *, job_id: int | None = None) -> Hold | None:
    """Take the next due job, or the one named, if it is due; None when there is none to take."""
    return insist(lambda: _claim(worker, job_id))


@transaction.atomic
def _claim(worker: str, job_id: int | None) -> Hold | None:
    for job in list_due(job_id):
        same = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker, attempts=job.attempts)
        # A beat since we looked shows a worker that was only slow.
        same = same.filter(heartbeat_at=job.heartbeat_at) if job.heartbeat_at else same
        token = f"{worker}:{job.attempts + 1}"
        now = timezone.now()
        if same.update(
            state=JobState.RUNNING,
            worker=token,
            attempts=job.attempts + 1,
            heartbeat_at=now,
            started_at=job.started_at or now,
            not_before=None,
        ):
            hold = Hold(job.pk, job.asset_id, token, job.attempts + 1)
            if job.is_cancel_asked:
                hold.is_cancelled.set()
            return hold
    return None


def list_due(job_id: int | None = None) -> Iterable[Job]:
    """The jobs that may be taken now: waiting ones whose pause is over, and those whose worker is dead."""
    now = timezone.now()
    waiting = Q(state=JobState.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    jobs = Job.objects.filter(waiting | Q(state=JobState.RUNNING)).order_by("-priority", "pk")
    if job_id is not None:
        jobs = jobs.filter(pk=job_id)
    silent = now - timedelta(seconds=conf.LOST_AFTER_S)
    for job in jobs.iterator(chunk_size=20) if job_id is None else jobs:
        is_silent = job.heartbeat_at is None or job.heartbeat_at < silent
        if job.state == JobState.QUEUED or is_silent or is_gone(job.worker):
            yield job
