"""A lock for a data folder; the kernel releases it when the holding process dies, for whatever reason."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


class FolderInUseError(Exception):
    """Raised when another process holds the folder; `note` is the text it stored with the lock."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class FolderLock:
    """A context manager that locks `folder` for this process; raises `FolderInUseError` when it is locked already."""

    def __init__(self, folder: Path, note: str) -> None:
        self._path = folder / "serve.lock"
        self._note = note
        self._descriptor = -1

    def __enter__(self) -> FolderLock:
        """Take the lock without waiting. Raises `FolderInUseError`."""
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            note = os.pread(self._descriptor, 200, 0).decode(errors="replace").strip()
            os.close(self._descriptor)
            raise FolderInUseError(note) from taken
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, self._note.encode(), 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the lock; the file stays, since removing it would race with the next holder."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
