"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from funkhaus.ingest.disk_space import find_free_bytes
from funkhaus.ingest.reasons.errors import WorkFailed

PART = ".part-"  # a file of this name is never finished
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS}


@contextmanager
def disk_full_told() -> Iterator[None]:
    """Turn the system's «no space left» into `WorkFailed("disk_full")`; passing, unless it is about this file alone."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise WorkFailed("disk_full", is_passing=error.errno != errno.EFBIG) from error
        raise


def write_text(path: Path, text: str) -> None:
    """Write or replace a small text file at once; a reader sees the old one or the new one."""
    part = path.with_name(f"{PART}{token_hex(6)}")
    with disk_full_told():
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def place_file(source: Path, target: Path) -> None:
    """Move a finished file to its place at once, from another file system too."""
    with disk_full_told():
        try:
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copy_file(source, target)
            source.unlink()


def link_file(source: Path, target: Path) -> None:
    """Give a finished file a second place at once; where the file system cannot, or is another, make a copy."""
    with disk_full_told():
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            copy_file(source, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk, so that a power cut does not take them away."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that `target` appears only when it is whole and on the disk."""
    part = target.with_name(f"{PART}{token_hex(6)}")
    with disk_full_told():
        try:
            shutil.copyfile(source, part)
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Raise `WorkFailed("disk_full")`, which waits for room, when the disk of `folder` has less."""
    if find_free_bytes(folder) < needed_bytes:
        raise WorkFailed("disk_full", waits_for_room=True)
