"""Remove what dead processes left behind: nothing that a row of the database names."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from django.conf import settings

from funkhaus.ingest import conf
from funkhaus.ingest.files import PART
from funkhaus.ingest.models import Asset, Job, JobState
from funkhaus.ingest.persistence import insist


def sweep_abandoned() -> None:
    """Remove work folders of jobs that do not run, and uploads and copies that nobody finished for a day."""
    active = insist(
        lambda: {
            f"job-{pk}"
            for pk in Job.objects.filter(state__in=[JobState.RUNNING, JobState.QUEUED]).values_list("pk", flat=True)
        }
    )
    for folder in Path(settings.WORK_ROOT).glob("job-*"):
        if folder.name not in active:
            shutil.rmtree(folder, ignore_errors=True)
    originals = Path(settings.ORIGINAL_ROOT)
    known = insist(lambda: set(Asset.objects.exclude(original="").values_list("original", flat=True)))
    for path in originals.iterdir():
        if _is_old(path) and (path.name.startswith(PART) or path.name not in known):
            path.unlink(missing_ok=True)
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    return path.is_file() and time.time() - path.stat().st_mtime > conf.ABANDONED_AFTER_S
