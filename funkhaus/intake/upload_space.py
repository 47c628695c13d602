"""Disk space for uploads: the reserve to keep, and the error codes of a full disk."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

# Bytes that an upload must leave free, so that database, logs and running jobs can go on writing.
RESERVE_BYTES = 500_000_000
# Errors of write(2) for a full disk, an exhausted quota and a file size limit.
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def has_room(folder: Path, needed_bytes: int) -> bool:
    """Return True if the disk of `folder` has this many bytes free beside the reserve."""
    return shutil.disk_usage(folder).free >= needed_bytes + RESERVE_BYTES
