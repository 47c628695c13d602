"""Lease of a job: whoever holds it may write to the job and its asset, and nobody else may."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from funkhaus.cms.content_changes.unseen_changes import quiet_if
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.jobs.estimate import Estimate
from funkhaus.ingest.jobs.job_log import append
from funkhaus.ingest.models import PLAYABLE_STATES, Asset, AssetState, Job, JobStage, JobState
from funkhaus.ingest.process.job_pace import count_own_cpu, get_pace
from funkhaus.ingest.reasons.errors import CancelAsked, JobLost, MadeWay, ShuttingDown
from funkhaus.ingest.signals import asset_moved

TOLD: Final = ("state", "error_code", "is_checked")
logger = logging.getLogger(__name__)


def announce(asset_id: int, state: str) -> None:
    """Send `asset_moved` with the asset's new state; log receivers that fail, since that must not cost the job."""
    for receiver, answer in asset_moved.send_robust(sender=Asset, asset_id=asset_id, state=str(state)):
        if isinstance(answer, Exception):
            logger.error("receiver %s failed for asset %s", receiver, asset_id, exc_info=answer)


@dataclass
class Lease:
    """The right to work on a claimed job. All writes go through `write`, which fails once the lease is lost."""

    job_id: int
    asset_id: int
    token: str
    attempt: int
    priority: int = 0
    stage: str = JobStage.FIRST
    cpu_s: float = 0.0
    is_lost: threading.Event = field(default_factory=threading.Event)
    is_cancelled: threading.Event = field(default_factory=threading.Event)
    shutdown: threading.Event = field(default_factory=threading.Event)
    must_make_way: Callable[[], bool] = lambda: False
    last_sign: float = field(default_factory=time.monotonic)
    _reported_at: float = 0.0
    _step: str = ""
    _estimate: Estimate = field(default_factory=Estimate)
    _counted_s: float = field(default_factory=count_own_cpu)
    _told: dict[str, Any] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, bool]:
        """Return the urgency: a job of a higher rank comes first, whatever its age."""
        return self.priority, self.stage == JobStage.FIRST

    def check(self) -> None:
        """Raise a `Stopped` when the work has to end; each call also counts as a sign that the work goes on."""
        self.last_sign = time.monotonic()
        if self.is_lost.is_set():
            raise JobLost
        if self.is_cancelled.is_set():
            raise CancelAsked
        if self.shutdown.is_set():
            raise ShuttingDown

    def write(
        self,
        *,
        job: dict[str, Any] | None = None,
        asset: dict[str, Any] | None = None,
        note: tuple[str, dict[str, Any]] | None = None,
    ) -> None:
        """Write fields of job and asset and an entry of the log in one transaction.

        Raises `JobLost` when another worker holds the job. A write to the job alone is one statement. After a commit
        that changed what others decide by, `asset_moved` is sent.
        """
        self.last_sign = time.monotonic()
        if asset and not job and not note and asset.items() <= self._told.items():
            return  # stored and announced before
        fields = {"heartbeat_at": timezone.now(), **(job or {})}
        retry(lambda: self._write(fields, asset, note) if asset or note else self._write_job(fields))

    @transaction.atomic
    def _write(
        self, job: dict[str, Any], asset: dict[str, Any] | None, note: tuple[str, dict[str, Any]] | None
    ) -> None:
        if note:  # others write into the log too
            log = self._held().select_for_update().values_list("log", flat=True).first()
            job = job | {"log": append(log or [], *note)}
        self._write_job(job)
        if asset:
            fresh = {name: value for name, value in asset.items() if not self._is_told(name, value)}
            with quiet_if(is_hidden=self._is_hidden and asset.get("state") not in PLAYABLE_STATES):
                Asset.objects.filter(pk=self.asset_id).update(**fresh)
            transaction.on_commit(lambda: self._tell(asset))

    def _is_told(self, name: str, value: Any) -> bool:
        return name in self._told and bool(self._told[name] == value)

    @property
    def _is_hidden(self) -> bool:
        """Tell whether pages show nothing of the asset, since no player gets it; at first nobody knows."""
        return self._told.get("state", AssetState.READY) not in PLAYABLE_STATES

    def _write_job(self, job: dict[str, Any]) -> None:
        if not self._held().update(**job, cpu_s=self.count_cpu()):
            self.is_lost.set()
            raise JobLost

    def _held(self) -> QuerySet[Job]:
        """Return a query for the job that finds it only while this lease holds it."""
        return Job.objects.filter(pk=self.job_id, worker=self.token, state=JobState.RUNNING)

    def count_cpu(self) -> float:
        """Return the CPU seconds of all programs for this job, in this attempt and those before."""
        spent_s = count_own_cpu()
        self.cpu_s, self._counted_s = self.cpu_s + spent_s - self._counted_s, spent_s
        return round(self.cpu_s, 3)

    def _tell(self, asset: dict[str, Any]) -> None:
        """Announce the asset's state, unless everything that receivers decide by is unchanged since the last time."""
        news: dict[str, Any] = {name: asset[name] for name in TOLD if name in asset}
        if "state" in news and not news.items() <= self._told.items():
            self._told |= news
            announce(self.asset_id, news["state"])

    def report(self, step: str, progress: float) -> None:
        """Store the progress (0 to 1), at most once a second; log the beginning of each step."""
        now = time.monotonic()
        remaining_s = self._estimate.update(step, progress, now)
        if step != self._step:
            self._step, self._reported_at = step, now
            self.write(
                job={"step": step, "progress": round(progress, 4), "remaining_s": remaining_s},
                note=("step", {"step": step}),
            )
        elif now - self._reported_at >= 1:  # second: pages show no more, and each write is a transaction
            self._reported_at = now
            self.write(job={"step": step, "progress": round(progress, 4), "remaining_s": remaining_s})

    def enter_rest(self) -> None:
        """Lower the job's urgency once the asset plays; raise `MadeWay` when another job comes first now."""
        if self.stage != JobStage.REST:
            self.stage = JobStage.REST
            self.write(job={"stage": JobStage.REST, "attempts": 1})  # a finished stage was no failed attempt
            self.attempt = 1
        get_pace().is_gentle = True
        if self.must_make_way():
            raise MadeWay

    def pause(self) -> None:
        """Store that a more urgent job has taken the worker."""
        self.write(job={"step": "paused", "remaining_s": None}, note=("paused", {}))

    def resume(self) -> None:
        """Store that this job goes on after the more urgent one."""
        self._estimate = Estimate()
        self._counted_s = count_own_cpu()  # what was used meanwhile was another's
        self.write(job={"step": self._step}, note=("resumed", {}))

    def beat(self) -> None:
        """Renew the heartbeat; find out whether the lease is lost or the job is cancelled."""
        held = self._held()
        if not held.update(heartbeat_at=timezone.now()):
            self.is_lost.set()
        elif held.filter(is_cancel_asked=True).exists():
            self.is_cancelled.set()
