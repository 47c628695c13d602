"""Retention of replaced media files: they stay until no viewer can be playing them, then they are removed."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone

from funkhaus.ingest.models import Asset, Job, JobState

logger = logging.getLogger(__name__)

# A path that is given out stays valid for the length (six hours where it is not known) and half an hour
# (`playback.rules`, a package above, whose tests compare the two). The rest is for clocks that differ.
SHORTEST_KEEP: Final = timedelta(hours=6)
SLACK: Final = timedelta(hours=1)
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def find_end(retired_at: datetime, duration_ms: int | None) -> datetime:
    """Return the moment from which on nobody can still be playing a file that was retired at `retired_at`."""
    return retired_at + max(timedelta(milliseconds=duration_ms or 0), SHORTEST_KEEP) + SLACK


@transaction.atomic
def retire_asset(*, asset_id: int) -> None:
    """Mark an asset as no longer played: its jobs are cancelled, its files are removed some hours later."""
    Asset.objects.filter(pk=asset_id, retired_at=None).update(retired_at=timezone.now())
    Job.objects.filter(asset_id=asset_id, state__in=UNFINISHED).update(is_cancel_asked=True, not_before=None)


def remove_retired(**_signal: Any) -> None:
    """Remove the files and rows of assets that were retired long enough ago; receives `housekeeping_due`.

    Files go first, the row last: a process killed in between leaves a row that names what is left to remove.
    """
    now = timezone.now()
    due = Asset.objects.filter(retired_at__lt=now - SHORTEST_KEEP - SLACK)
    for asset in due.exclude(jobs__state__in=UNFINISHED):
        if asset.retired_at is None or find_end(asset.retired_at, asset.duration_ms) > now or _is_used(asset):
            continue
        try:
            _remove(asset)
        except OSError:  # one that stays must not keep the others
            logger.exception("the files of the replaced media file %s cannot be removed", asset.pk)


def _is_used(asset: Asset) -> bool:
    """Tell whether a row of a package above refers to the asset: then its files stay, whatever its own row says."""
    fields = Asset._meta.get_fields(include_hidden=True)  # hidden: foreign keys with related_name="+"
    relations = [one for one in fields if isinstance(one, ForeignObjectRel)]
    # `_base_manager` is documented in Django's «Managers»: it sees every row, whatever a model's own manager hides.
    return any(
        one.related_model._base_manager.filter(**{one.field.name: asset.pk}).exists()  # noqa: SLF001
        for one in relations
        if one.related_model._meta.app_label != "ingest"
    )


def _remove(asset: Asset) -> None:
    if asset.folder.exists():
        shutil.rmtree(asset.folder)
    if asset.original:
        asset.original_path.unlink(missing_ok=True)
    asset.delete()
    logger.info("removed the replaced media file %s (%s)", asset.key, asset.original_name)
