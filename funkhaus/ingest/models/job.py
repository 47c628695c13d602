"""Model of a job: work on an asset that another worker can continue when one dies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.models.asset import EMPTY_LIST, Asset


class JobState(models.TextChoices):
    """The state of a job."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class JobStage(models.TextChoices):
    """The stage of a job: making an asset playable comes before making further sizes."""

    FIRST = "first", _("until it plays")
    REST = "rest", _("further sizes")


class JobPriority(models.IntegerChoices):
    """Named priorities of a job; any number between them is possible."""

    BULK = -10, _("when there is time")
    NORMAL = 0, _("normal")
    NEWS = 10, _("urgent")


class Job(models.Model):
    """One job. A worker leases it by `worker` and `heartbeat_at`, and loses it when the heartbeat stops."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    stage = models.CharField(max_length=10, choices=JobStage, default=JobStage.FIRST, db_default="first")
    priority = models.SmallIntegerField(default=0, help_text="Higher runs first.")
    attempts = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    progress = models.FloatField(default=0.0, help_text="0 to 1, over all steps.")
    remaining_s = models.FloatField(null=True, blank=True, help_text="Estimate for the stage, in seconds.")
    cpu_s = models.FloatField(default=0.0, db_default=0.0, help_text="CPU seconds of all programs so far.")
    log = models.JSONField(
        default=list, db_default=EMPTY_LIST, blank=True, help_text="What happened: objects with at, code and facts."
    )
    worker = models.CharField(max_length=120, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    is_cancel_asked = models.BooleanField(default=False)
    error = models.TextField(blank=True, help_text="For the log; people read the asset's error.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "-priority", "id"], name="ingest_job_next"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.state}"
