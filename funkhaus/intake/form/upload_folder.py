"""The folder of unfinished uploads: files of killed web processes are removed, those of running ones stay."""

from __future__ import annotations

import fcntl
import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)


def claim_upload_folder(folder: Path) -> None:
    """Lock the folder for this web process until it exits; clear it first if no other process holds it.

    The lock is `flock`'s, so the kernel releases it when the process dies. A second web process beside a running one
    clears nothing, since it does not know the owners of the files. Raises `OSError`.
    """
    descriptor = os.open(folder, os.O_RDONLY)  # never closed: the lock lasts until the process exits
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
        except OSError as error:  # a file that cannot be removed must not prevent the start
            logger.error("the unfinished upload %s cannot be removed: %s", path, error.strerror)  # noqa: TRY400
        else:
            logger.info("removed the unfinished upload %s", path.name)
