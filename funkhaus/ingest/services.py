"""Services of ingest for other packages: register media files, steer jobs, change text tracks and posters.

Each changes its rows in one transaction. Files are outside of it: they are written before the rows that name them, and
removed after. `transfer_tracks` joins the caller's transaction, `read_tracks` writes nothing. `wait_for_asset` polls,
and where no worker is alive it processes the job itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest import constants
from funkhaus.ingest.accepted_warnings import accept_findings
from funkhaus.ingest.encode.chosen_poster import choose_poster
from funkhaus.ingest.jobs.job_log import append
from funkhaus.ingest.jobs.liveness import Observer
from funkhaus.ingest.jobs.outcomes import cancel_waiting
from funkhaus.ingest.models import Asset, AssetState, Job, JobPriority, JobState
from funkhaus.ingest.package.atomic_files import copy_file, link_file, require_space
from funkhaus.ingest.package.fingerprint import take_fingerprint
from funkhaus.ingest.package.taken_down_marks import clear_taken_down, mark_taken_down
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.replaced_files import retire_asset
from funkhaus.ingest.selectors import AssetProgress, get_latest_job, get_progress
from funkhaus.ingest.text.text_tracks import (
    SubtitleFile,
    Track,
    TrackChange,
    add_subtitles,
    read_tracks,
    remove_subtitles,
    save_cues,
    store_tracks,
)
from funkhaus.ingest.text.track_transfer import transfer_tracks
from funkhaus.ingest.worker import Worker, is_any_working

__all__ = [
    "PRIORITIES",
    "SubtitleFile",
    "Track",
    "TrackChange",
    "accept_findings",
    "add_subtitles",
    "cancel_job",
    "choose_poster",
    "read_tracks",
    "register_asset",
    "remove_subtitles",
    "resume_bytes",
    "retire_asset",
    "retry_asset",
    "save_cues",
    "set_priority",
    "stop_bytes",
    "transfer_tracks",
    "wait_for_asset",
]

PRIORITIES = {"bulk": int(JobPriority.BULK), "normal": int(JobPriority.NORMAL), "news": int(JobPriority.NEWS)}


def register_asset(
    *,
    source: Path,
    original_name: str,
    move: bool,
    user_id: int | None,
    subtitles: Sequence[SubtitleFile] = (),
    priority: int = 0,
) -> Asset:
    """Store a media file among the originals and queue a job for it.

    `move` moves the file, else it is copied. Raises `RefusedInput` for a missing file or subtitles that cannot be read,
    and `WorkFailed("disk_full")`; then nothing is stored and `source` is still at its path.
    """
    tracks = read_tracks(subtitles)
    with kept_original(source=source, move=move) as original:
        return create_asset(
            original=original, original_name=original_name, user_id=user_id, tracks=tracks, priority=priority
        )


@contextmanager
def kept_original(*, source: Path, move: bool, name: str = "", is_kept: bool = False) -> Iterator[Path]:
    """Store a file among the originals, under `name` or a new one, while the block stores the rows that name it.

    `move` removes `source` when the block has ended without an error, unless `is_kept`: then the caller removes it. If
    anything fails, or the process is killed at any moment, either `source` still exists or the rows do. A block that
    opens the transaction itself keeps a long copy out of it.
    """
    if not source.is_file():
        # What is moved came in by a browser: its temporary path is nobody's business. Else an operator has typed it.
        raise RefusedInput("missing", path=source.name if move else str(source))
    original = Path(settings.ORIGINAL_ROOT) / (name or token_hex(16))
    original.unlink(missing_ok=True)  # of a given name, a killed process may have left it; no row names it
    if move:
        link_file(source, original)
    else:
        require_space(original.parent, source.stat().st_size + constants.DISK_RESERVE_BYTES)
        copy_file(source, original)
    try:
        yield original
    except BaseException:
        original.unlink(missing_ok=True)
        raise
    if move and not is_kept:
        source.unlink(missing_ok=True)


@unit_of_work()
def create_asset(
    *, original: Path, original_name: str, user_id: int | None, tracks: Sequence[Track] = (), priority: int = 0
) -> Asset:
    """Create the rows of a file among the originals: the asset, its text tracks, the job."""
    asset = Asset.objects.create(
        original_name=original_name[-255:],
        original=original.name,
        size_bytes=original.stat().st_size,
        fingerprint=take_fingerprint(original),
        created_by_id=user_id,
        findings=[[warning.code, warning.facts] for track in tracks for warning in track.warnings],
    )
    store_tracks(asset, tracks)
    Job.objects.create(asset=asset, priority=priority)
    return asset


@transaction.atomic
def retry_asset(*, asset_id: int) -> Job:
    """Queue a new job for an asset; finished steps are kept. An unfinished job is returned as it is."""
    job = get_latest_job(asset_id)
    if job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}:
        return job
    Asset.objects.filter(pk=asset_id).update(error_code="", error_facts={})
    Asset.objects.filter(pk=asset_id).exclude(state=AssetState.PLAYABLE).update(state=AssetState.QUEUED)
    return Job.objects.create(asset_id=asset_id, priority=job.priority if job else 0)


@transaction.atomic
def cancel_job(*, job_id: int) -> bool:
    """Cancel a queued job at once, and ask a running one to end, which takes seconds; ignore any other.

    Returns True where that changed anything.
    """
    if cancel_waiting(job_id):
        return True
    running = Job.objects.filter(pk=job_id, state=JobState.RUNNING, is_cancel_asked=False)
    return running.update(is_cancel_asked=True) > 0


@transaction.atomic
def set_priority(*, job_id: int, priority: int) -> int | None:
    """Change the priority (`JobPriority`) of a queued or running job; ignore any other.

    Returns the former priority; None where nothing changed.
    """
    job = Job.objects.select_for_update().filter(pk=job_id, state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    if job is None or job.priority == priority:
        return None
    log = append(job.log, "priority", {"priority": priority})
    Job.objects.filter(pk=job_id).update(priority=priority, log=log)
    return job.priority


def wait_for_asset(*, asset_id: int) -> AssetProgress:
    """Wait until nothing more happens to an asset by itself, and return its progress.

    A job that waits for disk space is returned too, unsettled: that may take days. When no worker takes the job within
    `GRACE_S` and none is known to be alive, the work is done in this process.
    """
    queued_since = time.monotonic()
    worker, observer = Worker(), Observer()
    while True:
        progress = get_progress(asset_id)
        if progress.is_settled or progress.waits_for_room:
            return progress
        job = get_latest_job(asset_id)
        if job is None or job.state != JobState.QUEUED or is_any_working(observer):
            queued_since = time.monotonic()
        elif time.monotonic() - queued_since > constants.GRACE_S:
            worker.run_next(job_id=job.pk)
            continue
        time.sleep(constants.WATCH_S)


def stop_bytes(*, keys: Collection[str]) -> None:
    """Have the servers of media bytes refuse these assets at once, under every path. Raises `OSError`."""
    for key in keys:
        mark_taken_down(Path(settings.ASSET_ROOT), key)


def resume_bytes(*, keys: Collection[str]) -> None:
    """Undo `stop_bytes`. Raises `OSError`."""
    for key in keys:
        clear_taken_down(Path(settings.ASSET_ROOT), key)
