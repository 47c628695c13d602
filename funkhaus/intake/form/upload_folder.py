"""The folder of unfinished uploads: what killed web processes left in it is removed, what living ones write stays."""

from __future__ import annotations

import fcntl
import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)


def claim_upload_folder(folder: Path) -> None:
    """Hold the folder for this web process until it ends, however it ends; whoever finds it free clears it first.

    The lock is the system's, so a killed process holds nothing. A second web process beside a living one clears
    nothing: it can't know whose the files are.
    """
    descriptor = os.open(folder, os.O_RDONLY)  # never closed: the process holds the folder as long as it lives
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logger.info("another web process receives uploads in %s", folder)
    else:
        _remove_stale_uploads(folder)
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def _remove_stale_uploads(folder: Path) -> None:
    for path in folder.glob("*.upload*"):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            path.unlink()
        except OSError as error:  # a file that stays is no reason to keep the portal off the air
            logger.error("the unfinished upload %s cannot be removed: %s", path, error.strerror)  # noqa: TRY400
        else:
            logger.info("removed the unfinished upload %s", path.name)
