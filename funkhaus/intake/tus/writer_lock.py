"""The write lock of an upload: `flock`, which the kernel releases at a crash, and interruption of a silent holder."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funkhaus.kernel.incoming_body import IncomingBody

SILENCE_S = 2.0  # a writer that received nothing for so long has lost its client, and is interrupted for the next
PATIENCE_S = 5.0  # the time in which an interrupted writer has to release the lock
PAUSE_S = 0.05  # between attempts: flock has no timeout of its own

_bodies: dict[Path, IncomingBody] = {}  # the bodies that this process reads, by folder
_guard = threading.Lock()


class UploadBusyError(Exception):
    """Another request or process writes this upload at this moment."""


@contextmanager
def writing(folder: Path, body: IncomingBody | None = None, *, is_ending: bool = False) -> Iterator[None]:
    """Hold the only write lock of the upload in `folder`, in this process and all others.

    A broken connection without FIN keeps the lock until a timeout, and its returning client is not to wait for that. So
    a silent writer is interrupted, an active one only by `is_ending` (the upload is to be removed). Raises
    `UploadBusyError` while the lock is held, and `FileNotFoundError` without an upload.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(descriptor, folder, is_ending=is_ending)
        with _known(folder, body):
            yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, *, is_ending: bool) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            if not _ask_to_end(folder, is_ending=is_ending) or time.monotonic() > deadline:
                raise UploadBusyError from taken
            time.sleep(PAUSE_S)
        else:
            return


def _ask_to_end(folder: Path, *, is_ending: bool) -> bool:
    """Interrupt the writer; return False if it is active, or of another process."""
    with _guard:
        body = _bodies.get(folder)
    if body is None:
        return is_ending  # it may be of another process, or not reading: wait up to PATIENCE_S
    if not is_ending and body.silent_s() < SILENCE_S:
        return False
    body.interrupt()
    return True


@contextmanager
def _known(folder: Path, body: IncomingBody | None) -> Iterator[None]:
    if body is None:
        yield
        return
    with _guard:
        _bodies[folder] = body
    try:
        yield
    finally:
        with _guard:
            _bodies.pop(folder, None)
