"""Disk space for media: measures what is free and decides when that is little."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from funkhaus.ingest import constants


@dataclass(frozen=True)
class Room:
    """Free bytes of a disk. `is_low`: somebody should free some; `is_out`: jobs wait and uploads are refused."""

    free_bytes: int
    is_low: bool
    is_out: bool

    @property
    def warning(self) -> str:
        """Return the warning for editors and operators in the active language; empty while there is enough."""
        if self.is_out:
            return _("The disk is full: uploads are refused and the preparation of files waits until there is room.")
        if self.is_low:
            return _("The disk is nearly full: only %(free)s GB are left.") % {"free": self.free_gb}
        return ""

    @property
    def free_gb(self) -> str:
        """Return the free space in gigabytes (10⁹ bytes), with one decimal of the active language."""
        return str(formats.localize(round(self.free_bytes / 1e9, 1)))


def find_free_bytes(folder: Path | None = None) -> int:
    """Return the free bytes on the disk of `folder` (default: the media's) for a user without privileges."""
    return shutil.disk_usage(folder or settings.ASSET_ROOT).free


def measure_room() -> Room:
    """Measure the disk of the media and compare it with the reserve and the alarm limit."""
    free = find_free_bytes()
    is_out = free < constants.DISK_RESERVE_BYTES
    return Room(free, is_low=is_out or free < settings.DISK_ALARM_BYTES, is_out=is_out)
