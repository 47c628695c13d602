"""Services on the preparation job of a media file: cancel, prioritize, retry; each writes its log row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from funkhaus.ingest.models import Asset, Job
from funkhaus.ingest.selectors import get_progress
from funkhaus.ingest.services import cancel_job, retry_asset, set_priority
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import note_on_file, require
from funkhaus.mediathek.permissions import CHANGE

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


@transaction.atomic
def cancel_preparation(*, by: Actor, job_id: int) -> bool:
    """Cancel a waiting job, or ask a running one to end; return False for a job that is over.

    Raises `PermissionDenied`.
    """
    require(by, CHANGE)
    is_changed = cancel_job(job_id=job_id)
    if is_changed:
        note_on_file(_get_asset(job_id), Act.JOB_CANCEL, by, job=job_id)
    return is_changed


@transaction.atomic
def set_urgency(*, by: Actor, job_id: int, priority: int) -> bool:
    """Change the priority of a job (`JobPriority`); return False if it is over, missing, or has it already.

    Raises `PermissionDenied`.
    """
    require(by, CHANGE)
    before = set_priority(job_id=job_id, priority=priority)
    if before is None:
        return False
    note_on_file(_get_asset(job_id), Act.JOB_PRIORITY, by, job=job_id, before=before, after=priority)
    return True


@transaction.atomic
def retry_preparation(*, by: Actor, asset_id: int) -> bool:
    """Queue the job of a media file again; return False if it has not failed.

    Raises `PermissionDenied` and `Asset.DoesNotExist`.
    """
    require(by, CHANGE)
    asset = Asset.objects.get(pk=asset_id)
    if not get_progress(asset_id).can_retry:
        return False
    job = retry_asset(asset_id=asset_id)
    note_on_file(asset, Act.JOB_RETRY, by, job=job.pk)
    return True


def _get_asset(job_id: int) -> Asset:
    return Job.objects.select_related("asset").get(pk=job_id).asset
