"""One attempt at a job: its folders, its plan, what it has found so far."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings

from funkhaus.ingest.jobs.lease import Lease
from funkhaus.ingest.models import Asset, AssetState, Rendition
from funkhaus.ingest.plan.ladder import Plan

MASTER, MOVIE, SOUND_FILE, POSTER = "master.m3u8", "video.mp4", "audio.m4a", "poster.jpg"
WAVEFORM, STORYBOARD = "waveform.json", "storyboard.vtt"


def name_job_folder(job_id: int) -> Path:
    """The private folder of a job's work."""
    return Path(settings.WORK_ROOT) / f"job-{job_id}"


@dataclass
class Attempt:
    """What an attempt works with. `run` names its folder inside the asset's: never shared with another attempt."""

    lease: Lease
    asset: Asset
    run: str = field(default_factory=lambda: f"r{token_hex(4)}")
    plan: Plan | None = None

    @property
    def public(self) -> Path:
        """Where its renditions grow."""
        return self.asset.folder / self.run

    @property
    def private(self) -> Path:
        """Where its unfinished files lie."""
        return name_job_folder(self.lease.job_id) / self.run

    def open(self) -> None:
        """Remove what dead attempts left and make the folders."""
        finished = clear_leftovers(self.asset, self.lease.job_id)
        self.private.mkdir(parents=True)
        self.public.mkdir(parents=True)
        state = AssetState.PLAYABLE if finished else AssetState.RUNNING
        self.lease.write(asset={"state": state, "error_code": "", "error_facts": {}})

    def close(self) -> None:
        """Remove what is not finished; of a job that another has, only the private part is still ours."""
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
        """The finished renditions, those with the lowest peak first (one query)."""
        return list(self.asset.renditions.filter(is_complete=True))

    def warn(self, code: str, facts: dict[str, Any]) -> None:
        """Remember a warning for the editor, each code once."""
        self.asset.refresh_from_db(fields=["findings", "accepted_findings"])
        kept = [finding for finding in self.asset.findings if finding[0] != code]
        self.asset.findings = [*kept, [code, facts]]
        self.lease.write(asset={"findings": self.asset.findings, "is_held": self.asset.needs_look})


def name_growing(name: str) -> str:
    """The file name of a rendition's playlist while it is made."""
    return f"{name}-growing.m3u8"


def clear_leftovers(asset: Asset, job_id: int) -> list[Rendition]:
    """Remove every file of the asset that no finished rendition, track or file of the whole needs; return those."""
    shutil.rmtree(name_job_folder(job_id), ignore_errors=True)
    renditions = list(asset.renditions.all())
    finished = [rendition for rendition in renditions if rendition.is_complete]
    if len(finished) < len(renditions):
        asset.renditions.filter(is_complete=False).delete()
    asset.refresh_from_db(fields=["waveform", "storyboard"])
    kept = {Path(rendition.playlist) for rendition in finished}
    names = {str(playlist.with_suffix(suffix)) for playlist in kept for suffix in (".m3u8", ".mp4")}
    # Somebody may still play what grew a moment ago.
    names |= {str(playlist.with_name(name_growing(playlist.stem))) for playlist in kept}
    for track in asset.text_tracks.all():
        names |= track.list_files()
    if kept:
        names |= {MASTER, MOVIE, SOUND_FILE, POSTER, asset.waveform, asset.storyboard}
        names |= {path.name for path in asset.folder.glob("storyboard-*.jpg") if asset.storyboard}
    for path in sorted(asset.folder.rglob("*"), reverse=True):
        if path.is_dir():
            remove_empty(path)
        elif str(path.relative_to(asset.folder)) not in names:
            path.unlink(missing_ok=True)
    return finished


def remove_empty(folder: Path) -> None:
    """Remove a folder when nothing is in it."""
    if not any(folder.iterdir()):
        folder.rmdir()
