"""Take the files in and have them worked off, with a worker that is killed once in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from tools.samples.samples import Sample

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 3600


def register(samples: list[Sample]) -> None:
    """Queue them as published items; a hostile file is taken in as well, since the worker has to refuse it."""
    from funkhaus.ingest.services import register_asset
    from funkhaus.mediathek.services import create_video

    for sample in samples:
        asset = register_asset(source=sample.path, original_name=sample.path.name, move=False, user_id=None)
        video = create_video(title=sample.path.stem, asset=asset, rating="0", publish=True)
        sample.asset_id = asset.pk
        sample.page = f"/video/{video.public_id}-{video.slug}/"


def let_through(samples: list[Sample]) -> None:
    """Do as an editor who has looked at every warning: what waits for that is published."""
    from funkhaus.ingest.models import Asset
    from funkhaus.ingest.selectors import list_notices
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.services import Machine, accept_warnings, follow_asset

    for sample in samples:
        if Asset.objects.get(pk=sample.asset_id).state != "ready":
            continue
        video = Video.objects.get(versions__asset_id=sample.asset_id)
        sample.was_held = not video.live
        names = [notice.name for notice in list_notices(sample.asset_id)]
        accept_warnings(by=Machine("make samples"), asset_id=sample.asset_id, names=names)
        follow_asset(asset_id=sample.asset_id)


def work_off(samples: list[Sample], log: IO[str]) -> bool:
    """Watch the worker until everything is settled; kill it once in the middle. Return whether that happened."""
    from funkhaus.ingest.selectors import get_progress

    worker, was_killed = start_worker(log), False
    open_samples, end = list(samples), time.monotonic() + PATIENCE_S
    try:
        while open_samples and time.monotonic() < end:
            time.sleep(0.1)
            for sample in list(open_samples):
                progress = get_progress(sample.asset_id)
                if progress.is_settled:
                    open_samples.remove(sample)
                elif not was_killed and is_middle(samples, sample) and progress.progress > 0.3:
                    sample.was_killed = was_killed = True
                    worker.send_signal(signal.SIGKILL)
                    worker.wait()
                    worker = start_worker(log)
    finally:
        worker.terminate()
        worker.wait()
    for sample in open_samples:
        sample.faults.append("not done in time")
    return was_killed


def start_worker(log: IO[str]) -> subprocess.Popen[bytes]:
    """Start a worker process like the one of `funkhaus serve`."""
    return subprocess.Popen([sys.executable, "-m", "funkhaus", "worker"], cwd=ROOT, stderr=log, stdout=log)


def is_middle(samples: list[Sample], sample: Sample) -> bool:
    """True from the middle of the list of proper files on."""
    proper = [one for one in samples if not one.is_broken]
    return sample in proper and proper.index(sample) >= len(proper) // 2


def find_leftovers() -> list[str]:
    """Files that nothing needs: unfinished work, runs of a killed worker."""
    from django.conf import settings

    from funkhaus.ingest.jobs.attempt import name_growing
    from funkhaus.ingest.models import Rendition

    kept = {str(Path(one.asset.key) / one.playlist) for one in Rendition.objects.select_related("asset")}
    runs = {str(path.relative_to(settings.ASSET_ROOT)) for path in Path(settings.ASSET_ROOT).glob("*/*/*")}
    made = {name.removesuffix(".m3u8") + suffix for name in kept for suffix in (".m3u8", ".mp4")}
    made |= {str(Path(name).with_name(name_growing(Path(name).stem))) for name in kept}
    parts = [str(path) for path in Path(settings.DATA).rglob(".part-*")]
    return sorted(runs - made) + [str(path) for path in Path(settings.WORK_ROOT).iterdir()] + parts
