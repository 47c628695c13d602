"""Space on the disk for what comes in: how much has to be left, and which errors say that there is none."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

# Room that an upload must leave: database, logs and the preparation of what came before go on working.
RESERVE_BYTES = 500_000_000
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def has_room(folder: Path, needed_bytes: int) -> bool:
    """Tell whether the disk of `folder` takes so much and keeps its reserve."""
    return shutil.disk_usage(folder).free >= needed_bytes + RESERVE_BYTES
