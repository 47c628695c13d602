"""Room on the disk of the media: how much is left, and when that is little."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from funkhaus.ingest import conf


@dataclass(frozen=True)
class Room:
    """Bytes free and in all. `is_low`: somebody should make room soon; `is_out`: jobs wait and uploads are refused."""

    free_bytes: int
    total_bytes: int
    is_low: bool
    is_out: bool

    @property
    def warning(self) -> str:
        """What to tell editors and operators, in the active language; empty while there is enough."""
        if self.is_out:
            return _("The disk is full: uploads are refused and the preparation of files waits until there is room.")
        if self.is_low:
            return _("The disk is nearly full: only %(free)s GB are left.") % {"free": self.free_gb}
        return ""

    @property
    def free_gb(self) -> str:
        """What is left, in gigabytes of the active language."""
        return str(formats.localize(round(self.free_bytes / 1e9, 1)))


def find_free_bytes(folder: Path | None = None) -> int:
    """Room on the disk of `folder`, by default that of the media, for a user without privileges."""
    return shutil.disk_usage(folder or settings.ASSET_ROOT).free


def measure_room() -> Room:
    """Look at the disk of the media."""
    usage = shutil.disk_usage(settings.ASSET_ROOT)
    is_out = usage.free < conf.DISK_RESERVE_BYTES
    return Room(usage.free, usage.total, is_low=is_out or usage.free < settings.DISK_ALARM_BYTES, is_out=is_out)
