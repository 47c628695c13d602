"""Folders and files below the watched folder, held open by descriptors: no link and no mount leads out of it.

Whoever may lay files into the folder may lay links as well, and exchange names at any moment. So every name is resolved
relative to the descriptor of its folder and never followed (openat(2), O_NOFOLLOW), and what is opened has to be on the
same mount as the watched folder.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import TracebackType

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe would wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class LeadsOutsideError(OSError):
    """Raised for a link, a mount or anything that is neither a folder nor a regular file."""


@dataclass(frozen=True)
class OpenFile:
    """A regular file of the watched folder, open for reading. Close it."""

    descriptor: int
    status: os.stat_result

    @property
    def path(self) -> Path:
        """Return a path that means this very file while it is open, whatever happens to its name (proc(5))."""
        return Path(f"/proc/self/fd/{self.descriptor}")

    def __enter__(self) -> OpenFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        os.close(self.descriptor)


class OpenFolder:
    """A folder held open; a context manager that closes it. `name` is for messages."""

    def __init__(self, descriptor: int, name: str) -> None:
        self.descriptor = descriptor
        self.name = name

    def __enter__(self) -> OpenFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the folder."""
        os.close(self.descriptor)

    def open_folder(self, name: str) -> OpenFolder:
        """Open a folder in this one. Raises `FileNotFoundError` and `LeadsOutsideError`."""
        try:
            descriptor = os.open(name, _FOLDER, dir_fd=self.descriptor)
        except NotADirectoryError as error:  # a link as well
            raise LeadsOutsideError(f"{self.name}/{name} is a link, or no folder") from error
        try:
            self._require_same_mount(descriptor, name)
        except BaseException:
            os.close(descriptor)
            raise
        return OpenFolder(descriptor, f"{self.name}/{name}")

    def make_folder(self, name: str, *, is_shared: bool) -> OpenFolder:
        """Open a folder in this one; make it where there is none, for ourselves, or for whoever uses this one."""
        is_new = True
        try:
            os.mkdir(name, 0o700, dir_fd=self.descriptor)
        except FileExistsError:
            is_new = False
        made = self.open_folder(name)
        if is_new and is_shared:
            os.fchmod(made.descriptor, self._read_mode())
        return made

    def open_file(self, name: str) -> OpenFile:
        """Open a regular file for reading. Raises `LeadsOutsideError` and, where that is not allowed, `OSError`."""
        if not stat.S_ISREG(self.read_status(name).st_mode):  # opening a device may act already
            raise LeadsOutsideError(f"{self.name}/{name} is a link, or no file")
        descriptor = os.open(name, _FILE, dir_fd=self.descriptor)
        status = os.fstat(descriptor)
        try:
            self._require_same_mount(descriptor, name)
        except BaseException:
            os.close(descriptor)
            raise
        return OpenFile(descriptor, status)

    def read_status(self, name: str) -> os.stat_result:
        """Return the status of a name itself; a link is not followed."""
        return os.stat(name, dir_fd=self.descriptor, follow_symlinks=False)

    def list_names(self) -> list[str]:
        """Return all names in the folder, sorted."""
        return sorted(os.listdir(self.descriptor))  # noqa: PTH208 - pathlib knows no descriptors

    def list_files(self) -> dict[str, os.stat_result]:
        """Return the regular files with their status, by name; a link is none."""
        found = {}
        for name in self.list_names():
            with suppress(FileNotFoundError):  # it has left meanwhile
                status = self.read_status(name)
                if stat.S_ISREG(status.st_mode):
                    found[name] = status
        return found

    def find_free(self, name: str, beside: str = "") -> str:
        """Return the name, or the first one with a number, that is free, as it is and with the ending `beside`."""
        taken, path, number, free = set(self.list_names()), PurePath(name), 1, name
        while free in taken or f"{free}{beside}" in taken:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        return free

    def move(self, name: str, target: OpenFolder, new_name: str) -> None:
        """Move a name into another folder; a link is moved itself. Raises `OSError`."""
        os.rename(name, new_name, src_dir_fd=self.descriptor, dst_dir_fd=target.descriptor)

    def write_text(self, name: str, text: str) -> None:
        """Write a new text file for whoever uses the folder. Raises `FileExistsError` for a name that is taken."""
        descriptor = os.open(name, _NEW, 0o600, dir_fd=self.descriptor)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, self._read_mode() & 0o666)
            file.write(text)

    def remove_file(self, name: str) -> None:
        """Remove a name; of a link, only the link."""
        os.unlink(name, dir_fd=self.descriptor)

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder. Raises `OSError` for one with content."""
        os.rmdir(name, dir_fd=self.descriptor)

    def _read_mode(self) -> int:
        return stat.S_IMODE(os.fstat(self.descriptor).st_mode)

    def _require_same_mount(self, descriptor: int, name: str) -> None:
        is_ours = stat.S_IFMT(os.fstat(descriptor).st_mode) in {stat.S_IFDIR, stat.S_IFREG}
        if not is_ours or _read_mount(descriptor) != _read_mount(self.descriptor):
            raise LeadsOutsideError(f"{self.name}/{name} is a mount of its own, or no file")


def open_watched(path: Path) -> OpenFolder:
    """Open the watched folder itself; its own path is the operator's and may hold links. Raises `OSError`."""
    return OpenFolder(os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), str(path))


def _read_mount(descriptor: int) -> str:
    """Return the id of the mount that a descriptor is on, which tells bind mounts of one device apart (proc(5))."""
    text = Path(f"/proc/self/fdinfo/{descriptor}").read_text(encoding="ascii")
    return next(line for line in text.splitlines() if line.startswith("mnt_id:"))
