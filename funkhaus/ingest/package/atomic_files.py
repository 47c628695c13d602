"""Atomic file operations: a target path holds the whole file or the former one, never a part."""

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

PART = ".part-"  # prefix of files that are still written; orphans of this name may always be removed
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # disk full, quota used up, file over RLIMIT_FSIZE
# Answers of link(2) that mean «not here»: other file system, no hard links, too many of them, not implemented.
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS}


@contextmanager
def disk_full_told() -> Iterator[None]:
    """Turn the system's «no space left» into `WorkFailed("disk_full")`; passing, unless only this file is too large."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise WorkFailed("disk_full", is_passing=error.errno != errno.EFBIG) from error
        raise


def write_text(path: Path, text: str) -> None:
    """Write or replace a small text file atomically (rename(2))."""
    part = path.with_name(f"{PART}{token_hex(6)}")
    with disk_full_told():
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def place_file(source: Path, target: Path) -> None:
    """Move a finished file to its target atomically, from another file system too."""
    with disk_full_told():
        try:
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copy_file(source, target)
            source.unlink()


def link_file(source: Path, target: Path) -> None:
    """Hard-link a finished file to a second path; copy it where the file system cannot or is another.

    `source` may be the path of an open file below /proc/self/fd: what is linked is that file, whatever its name is now.
    """
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with disk_full_told():
            try:
                # With a folder's descriptor, Python calls linkat(2) with AT_SYMLINK_FOLLOW, which such a path needs.
                os.link(source, target.name, dst_dir_fd=folder)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                copy_file(source, target)
        os.fsync(folder)
    finally:
        os.close(folder)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk (fsync(2)), so that a power cut does not lose them."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that `target` appears only when it is complete and flushed to the disk."""
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
    """Raise `WorkFailed("disk_full")`, which waits for space, when the disk of `folder` has less."""
    if find_free_bytes(folder) < needed_bytes:
        raise WorkFailed("disk_full", waits_for_room=True)
