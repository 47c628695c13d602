"""Removal of orphaned files: deletes what dead processes left behind, and only what no database row names.

Wall clocks can't be trusted here: one that jumps ahead makes every file look old. So a file counts as orphaned only
when this process has watched it unchanged for `UNCLAIMED_AFTER_S` of its own monotonic time and still no row names it.
The database is always asked *after* a file was found on the disk, never before.
"""

from __future__ import annotations

import logging
import shutil
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.models import Asset, Job, JobState, Rendition
from funkhaus.ingest.package.atomic_files import PART
from funkhaus.ingest.package.layout import JOBS, is_asset_folder, is_growing, is_run, read_job

logger = logging.getLogger(__name__)
Mark = tuple[int, int, int]
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
AT_ONCE = 400  # names that one round looks at in a large folder; the next round goes on behind them


class Sweeper:
    """Remembers the files that it saw, and removes those that stay unchanged. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[Path, tuple[Mark, float]] = {}
        self._cursors: dict[Path, str] = {}

    def sweep(self) -> list[Path]:
        """Remove the files that have been orphaned long enough, and return their paths."""
        originals, assets = Path(settings.ORIGINAL_ROOT), Path(settings.ASSET_ROOT)
        folders = [folder for folder in self._look_at(assets) if is_asset_folder(folder.name)]
        suspects = [*list_work(), *list_originals(self._look_at(originals)), *list_lost_folders(folders)]
        suspects += [*list_inside(folders), *list_uploads()]
        now, seen, removed = self._clock(), {}, []
        for path in suspects:
            mark = _mark(path)
            if mark is None:
                continue
            known, since = self._seen.get(path, (mark, now))
            since = since if known == mark else now
            if now - since >= constants.UNCLAIMED_AFTER_S:
                _remove(path)
                removed.append(path)
            else:
                seen[path] = (mark, since)
        self._seen = seen
        return removed

    def _look_at(self, root: Path) -> list[Path]:
        """Return the next `AT_ONCE` names of a folder that may hold 100,000, and those that are suspect already."""
        names = sorted(path.name for path in root.iterdir())
        start = bisect_right(names, self._cursors.get(root, ""))
        turn = names[start : start + AT_ONCE]
        self._cursors[root] = turn[-1] if len(turn) == AT_ONCE else ""
        suspect = {path.relative_to(root).parts[0] for path in self._seen if path.is_relative_to(root)}
        return [root / name for name in sorted({*turn, *(suspect & set(names))})]


def _mark(path: Path) -> Mark | None:
    """Return values that change with every write (for a folder: to anything in it); None when the path is gone."""
    try:
        files = [path, *path.rglob("*")] if path.is_dir() else [path]
        stats = [file.lstat() for file in files]
    except FileNotFoundError:
        return None
    return len(stats), sum(one.st_size for one in stats), max(one.st_mtime_ns for one in stats)


def _remove(path: Path) -> None:
    logger.info("removed what nobody needs: %s", path.relative_to(settings.DATA))
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def list_work() -> Iterable[Path]:
    """Return the work folders of jobs that have ended or do not exist."""
    folders = {path: read_job(path.name) for path in Path(settings.WORK_ROOT).glob(JOBS)}
    jobs = [job_id for job_id in folders.values() if job_id is not None]
    active = _ask(lambda: Job.objects.filter(pk__in=jobs, state__in=UNFINISHED).values_list("pk", flat=True))
    return [path for path, job_id in folders.items() if job_id not in active]


def list_originals(files: list[Path]) -> Iterable[Path]:
    """Return those of the source files that no asset names, unfinished copies among them."""
    names = [path.name for path in files]
    known = _ask(lambda: Asset.objects.filter(original__in=names).values_list("original", flat=True))
    return [path for path in files if path.name not in known]


def list_lost_folders(folders: list[Path]) -> Iterable[Path]:
    """Return those of the folders whose asset does not exist."""
    keys = [path.name for path in folders]
    known = _ask(lambda: Asset.objects.filter(key__in=keys).values_list("key", flat=True))
    return [path for path in folders if path.name not in known]


def list_inside(folders: list[Path]) -> Iterable[Path]:
    """Return orphaned entries inside the folders of assets without an unfinished job.

    These are runs that no rendition needs, partial files, and growing playlists that are older than
    `ABANDONED_AFTER_S`.
    """
    inside = [path for folder in folders for path in folder.glob("*")]
    runs = [path for path in inside if is_run(path.name)]
    in_runs = [path for run in runs for path in run.glob("*")]
    keys = [folder.name for folder in folders]
    busy = _ask(lambda: Job.objects.filter(state__in=UNFINISHED).values_list("asset__key", flat=True))
    rows = Rendition.objects.filter(asset__key__in=keys).values_list("asset__key", "playlist")
    needed = {f"{key}/{playlist.partition('/')[0]}" for key, playlist in retry(lambda: list(rows.all()))}
    found = [run for run in runs if f"{run.parent.name}/{run.name}" not in needed]
    found += [path for path in [*inside, *in_runs] if path.name.startswith(PART)]
    found += [path for path in in_runs if is_growing(path.name) and _is_old(path)]
    return [path for path in found if path.relative_to(settings.ASSET_ROOT).parts[0] not in busy]


def list_uploads() -> Iterable[Path]:
    """Return uploads of web processes that died; a web process that starts alone removes them itself."""
    return [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*") if path.is_file() and _is_old(path)]


def _ask(query: Callable[[], Iterable[object]]) -> set[object]:
    return retry(lambda: set(query()))


def _is_old(path: Path) -> bool:
    """Tell whether the file is old by the wall clock; never the only condition, since that clock may jump."""
    try:
        return time.time() - path.stat().st_mtime > constants.ABANDONED_AFTER_S
    except FileNotFoundError:
        return False
