"""One attempt at a job: it holds the lease, the asset, and the folders into which the work is written."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings

from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.models import Asset, AssetState, Rendition

MASTER, MOVIE, SOUND_FILE, POSTER = "master.m3u8", "video.mp4", "audio.m4a", "poster.jpg"
WAVEFORM, STORYBOARD = "waveform.json", "storyboard.vtt"


def name_job_folder(job_id: int) -> Path:
    """Return the private work folder of a job."""
    return Path(settings.WORK_ROOT) / f"job-{job_id}"


@dataclass
class Attempt:
    """The state of one attempt. `run` names its folder inside the asset's; no other attempt uses the same name."""

    lease: Lease
    asset: Asset
    run: str = field(default_factory=lambda: f"r{token_hex(4)}")  # 32 random bits: an asset has a handful of attempts

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
        clear_leftovers(self.asset, self.lease.job_id)
        self.private.mkdir(parents=True)
        self.public.mkdir(parents=True)
        is_finished_in_part = self.asset.renditions.filter(is_complete=True).exists()
        state = AssetState.PLAYABLE if is_finished_in_part else AssetState.RUNNING
        self.lease.write(asset={"state": state, "error_code": "", "error_facts": {}})

    def close(self) -> None:
        """Remove unfinished files. Where the lease is lost, only the private folder still belongs to this attempt."""
        if self.lease.is_lost.is_set():
            shutil.rmtree(self.private, ignore_errors=True)
        else:
            clear_leftovers(self.asset, self.lease.job_id)

    def warn(self, code: str, facts: dict[str, Any]) -> None:
        """Store a warning about the asset; a later one of the same code replaces it."""
        self.asset.refresh_from_db(fields=["findings", "accepted_findings"])
        kept = [finding for finding in self.asset.findings if finding[0] != code]
        self.asset.findings = [*kept, [code, facts]]
        self.lease.write(asset={"findings": self.asset.findings, "is_held": self.asset.needs_look})


def name_growing(name: str) -> str:
    """Return the file name of a rendition's playlist while segments are still added to it."""
    return f"{name}-growing.m3u8"


def clear_leftovers(asset: Asset, job_id: int) -> None:
    """Remove every file of the asset that no finished rendition, text track or sidecar needs."""
    shutil.rmtree(name_job_folder(job_id), ignore_errors=True)
    asset.renditions.filter(is_complete=False).delete()
    asset.refresh_from_db(fields=["waveform", "storyboard"])
    kept = {Path(rendition.playlist) for rendition in asset.renditions.all()}
    names = {str(playlist.with_suffix(suffix)) for playlist in kept for suffix in (".m3u8", ".mp4")}
    # Players that started during the work still load the growing playlist.
    names |= {str(playlist.with_name(name_growing(playlist.stem))) for playlist in kept}
    for track in asset.text_tracks.all():
        names |= track.list_files()
    if kept:
        names |= {MASTER, MOVIE, SOUND_FILE, POSTER, asset.waveform, asset.storyboard}
        names |= {path.name for path in asset.folder.glob("storyboard-*.jpg") if asset.storyboard}
    if not asset.folder.is_dir():
        return
    for path in sorted(asset.folder.rglob("*"), reverse=True):
        if path.is_dir():
            remove_empty(path)
        elif str(path.relative_to(asset.folder)) not in names:
            path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove a folder if it is empty."""
    if not any(folder.iterdir()):
        folder.rmdir()


def find_rendition(asset: Asset, name: str) -> Rendition | None:
    """Return the finished rendition of that name, or None."""
    return asset.renditions.filter(name=name, is_complete=True).first()
