"""One attempt at a job: it holds the lease, the asset, and the folders into which the work is written."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.models import Asset, AssetState, Rendition
from funkhaus.ingest.package.atomic_files import PART
from funkhaus.ingest.package.layout import (
    MASTER,
    MOVIE,
    POSTER,
    SHEETS,
    SOUND_FILE,
    is_of_text,
    list_poster_files,
    list_rendition_files,
    name_job,
    new_run,
)


def name_job_folder(job_id: int) -> Path:
    """Return the private work folder of a job."""
    return Path(settings.WORK_ROOT) / name_job(job_id)


@dataclass
class Attempt:
    """The state of one attempt. `run` names its folder inside the asset's; no other attempt uses the same name."""

    lease: Lease
    asset: Asset
    run: str = field(default_factory=new_run)
    _finished: list[Rendition] | None = None

    @property
    def public(self) -> Path:
        """Return the folder in which renditions grow; players can reach it."""
        return self.asset.folder / self.run

    @property
    def private(self) -> Path:
        """Return the folder of unfinished files; no player can reach it."""
        return name_job_folder(self.lease.job_id) / self.run

    def open(self) -> None:
        """Remove the files of dead attempts, create the folders and store that the work has begun."""
        self._finished = clear_leftovers(self.asset, self.lease.job_id)
        self.private.mkdir(parents=True)
        self.public.mkdir(parents=True)
        state = AssetState.PLAYABLE if self._finished else AssetState.RUNNING
        self.lease.write(asset={"state": state, "error_code": "", "error_facts": {}})

    def close(self) -> None:
        """Remove unfinished files. Where the lease is lost, only the private folder still belongs to this attempt."""
        if self.lease.is_lost.is_set():
            shutil.rmtree(self.private, ignore_errors=True)
        else:
            clear_leftovers(self.asset, self.lease.job_id)

    def write(self, **fields: Any) -> None:
        """Store fields of the asset, here and in the database (`Lease.write`)."""
        self.lease.write(asset=fields)
        for name, value in fields.items():
            setattr(self.asset, name, value)

    def list_finished(self) -> list[Rendition]:
        """Return the finished renditions, those with the lowest peak first (one query after each encode)."""
        if self._finished is None:
            self._finished = list(self.asset.renditions.filter(is_complete=True))
        return self._finished

    def forget_finished(self) -> None:
        """Have the finished renditions read again: rows of this attempt have come or gone."""
        self._finished = None

    def warn(self, code: str, facts: dict[str, Any]) -> None:
        """Store a warning about the asset; a later one of the same code replaces it."""
        self.asset.refresh_from_db(fields=["findings", "accepted_findings"])
        kept = [finding for finding in self.asset.findings if finding[0] != code]
        self.asset.findings = [*kept, [code, facts]]
        self.lease.write(asset={"findings": self.asset.findings, "is_held": self.asset.needs_look})


def clear_leftovers(asset: Asset, job_id: int) -> list[Rendition]:
    """Remove every file of the asset that no finished rendition, text track or sidecar needs; return the renditions."""
    shutil.rmtree(name_job_folder(job_id), ignore_errors=True)
    renditions = list(asset.renditions.all())
    finished = [rendition for rendition in renditions if rendition.is_complete]
    if len(finished) < len(renditions):
        asset.renditions.filter(is_complete=False).delete()
    asset.refresh_from_db(fields=["waveform", "storyboard"])
    names = {file for rendition in finished for file in list_rendition_files(rendition.playlist)}
    for track in asset.text_tracks.all():
        names |= track.list_files()
    if finished:
        names |= {MASTER, MOVIE, SOUND_FILE, *list_poster_files(POSTER), asset.waveform, asset.storyboard}
        names |= {path.name for path in asset.folder.glob(SHEETS) if asset.storyboard}
    for path in sorted(asset.folder.rglob("*"), reverse=True):
        if path.is_dir():
            remove_empty(path)
        elif str(path.relative_to(asset.folder)) not in names and not _may_be_awaited(path, asset.folder):
            path.unlink(missing_ok=True)
    return finished


def _may_be_awaited(path: Path, folder: Path) -> bool:
    """Return whether a file may belong to a text that somebody is storing: first its file is there, then its row.

    Those that nobody ever names are found by housekeeping, which looks for longer.
    """
    return path.parent == folder and (is_of_text(path.name) or path.name.startswith(PART))


def remove_empty(folder: Path) -> None:
    """Remove a folder if it is empty."""
    if not any(folder.iterdir()):
        folder.rmdir()
