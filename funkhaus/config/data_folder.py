"""Modes of the data folder: other accounts read nothing, nginx only media where the operator wants it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from funkhaus.kernel.key_file import NAME as KEY_FILE

OWNER, OWNER_FILE = 0o700, 0o600
PASSABLE = 0o710  # the group reaches what is below, and lists nothing here
READABLE = 0o750
DATABASE = "funkhaus.sqlite3"
KEEPS_ITS_MODE = ".keeps-its-mode"  # in a folder that other things lay in when Funkhaus came


def close_data_folder(data: Path, private: Iterable[Path], media: Path, *, is_shared: bool) -> None:
    """Make the folders; close them, and what this process will write, to all other accounts.

    `is_shared` lets the group of the folder read `media`, and nothing else. What belongs to another account, as a
    mounted folder may, keeps its mode, and so does a data folder that other things lie in: ours in it are closed.
    """
    os.umask(~(READABLE if is_shared else OWNER) & 0o777)
    if _is_ours(data):
        data.mkdir(parents=True, exist_ok=True)
        _set_mode(data, PASSABLE if is_shared else OWNER)
    else:
        (data / KEEPS_ITS_MODE).touch()
    for folder in private:
        folder.mkdir(parents=True, exist_ok=True)
        _set_mode(folder, OWNER)
    media.mkdir(parents=True, exist_ok=True)
    was_closed = is_shared and not media.stat().st_mode & READABLE & ~OWNER
    _set_mode(media, READABLE if is_shared else OWNER)
    if was_closed:
        _open_to_group(media)
    for file in data.glob(f"{DATABASE}*"):  # with the log and the index that SQLite keeps beside it
        with suppress(FileNotFoundError):  # it removes those with its last connection
            _set_mode(file, OWNER_FILE)


def _open_to_group(media: Path) -> None:
    """Let the group read what was made before the operator shared it, the marks of take-downs among it."""
    for path in media.rglob("*"):
        with suppress(FileNotFoundError):
            status = path.lstat()
            if status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode):
                path.chmod(stat.S_IMODE(status.st_mode) | (0o050 if stat.S_ISDIR(status.st_mode) else 0o040))


def _is_ours(data: Path) -> bool:
    """Return whether the folder is new, empty, or one that Funkhaus has set up; it is never somebody's home."""
    if (data / KEEPS_ITS_MODE).exists():
        return False
    return not data.is_dir() or not any(data.iterdir()) or (data / KEY_FILE).exists() or (data / DATABASE).exists()


def _set_mode(path: Path, mode: int) -> None:
    status = path.stat()
    kept = status.st_mode & stat.S_ISGID  # which hands the folder's group to what is made in it
    if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode | kept:
        path.chmod(mode | kept)
