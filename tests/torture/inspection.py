"""What must be true of a data folder after everything has settled: run inside the house, prints faults as JSON.

Before it looks, the sweeper gets all the time it needs, by a clock of its own: what it would remove within a quarter of
an hour is removed now, and counted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from funkhaus.ingest import constants  # noqa: E402
from funkhaus.ingest.models import Asset, Job, Upload  # noqa: E402
from funkhaus.ingest.orphans import Sweeper  # noqa: E402
from funkhaus.mediathek.models import Version  # noqa: E402


def main() -> None:
    """Print what was swept and what is wrong."""
    now = 1000.0
    sweeper = Sweeper(lambda: now)
    sweeper.sweep()
    now += constants.UNCLAIMED_AFTER_S + 1
    swept = [str(path.relative_to(settings.DATA)) for path in sweeper.sweep()]
    print(json.dumps({"swept": swept, "faults": find_row_faults() + find_file_faults()}))


def find_row_faults() -> list[str]:
    """The database is whole, nothing in it waits for ever, no media file is without its video."""
    latest = {job.asset_id: job for job in Job.objects.order_by("pk")}
    faults = [f"job {job.pk} is {job.state}: {job.error}" for job in latest.values() if job.state != "done"]
    faults += [f"asset {asset.pk} is {asset.state}: {asset.error}" for asset in Asset.objects.exclude(state="ready")]
    owned = set(Version.objects.values_list("asset_id", flat=True))
    faults += [f"asset {pk} belongs to no video" for pk in set(Asset.objects.values_list("pk", flat=True)) - owned]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for check, fine in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                found: list[Any] = cursor.execute(f"PRAGMA {check}").fetchall()
                faults += [] if found == fine else [f"{check}: {found[:3]}"]
    return faults


def find_file_faults() -> list[str]:
    """Every file is named by a row, every row's file is there."""
    originals = {path.name for path in Path(settings.ORIGINAL_ROOT).iterdir()}
    known = set(Asset.objects.values_list("original", flat=True))
    faults = [f"original without asset: {name}" for name in originals - known]
    faults += [f"asset without original: {name}" for name in known - originals]
    folders = {path.name for path in Path(settings.ASSET_ROOT).iterdir()}
    faults += [f"folder without asset: {name}" for name in folders - set(Asset.objects.values_list("key", flat=True))]
    faults += [f"left in work: {path.name}" for path in Path(settings.WORK_ROOT).iterdir()]
    uploads = Path(settings.FILE_UPLOAD_TEMP_DIR)
    faults += [f"left of uploads: {path.name}" for path in uploads.iterdir() if path.is_file()]
    keys = set(Upload.objects.values_list("key", flat=True))
    faults += [f"upload without row: {path.name}" for path in (uploads / "tus").glob("*") if path.name not in keys]
    for asset in Asset.objects.all():
        faults += find_asset_faults(asset)
    return faults


def find_asset_faults(asset: Asset) -> list[str]:
    """In an asset's folder: all renditions whole, no run that nobody needs, no part of a file."""
    playlists = set(asset.renditions.values_list("playlist", flat=True))
    needed = {str(Path(playlist).parent) for playlist in playlists}
    faults = [f"{asset.key}: {name} is missing" for name in playlists if not (asset.folder / name).is_file()]
    for path in asset.folder.rglob("*"):
        name = str(path.relative_to(asset.folder))
        if path.name.startswith(".part-") or (path.is_dir() and name not in needed):
            faults.append(f"{asset.key}: {name} is left behind")
        in_run = path.suffix == ".mp4" and "/" in name
        if in_run and str(path.with_suffix(".m3u8").relative_to(asset.folder)) not in playlists:
            faults.append(f"{asset.key}: {name} belongs to no rendition")
    if asset.renditions.filter(is_complete=False).exists():
        faults.append(f"{asset.key}: a rendition is not whole")
    return faults


if __name__ == "__main__":
    main()
