"""One writer to an upload: a lock that the system gives back when its holder dies, and a way past a silent holder."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funkhaus.kernel.incoming_body import IncomingBody

SILENCE_S = 2.0  # a writer to whom nothing came for so long has lost its client, and gives way to the next
PATIENCE_S = 5.0  # so long a writer that was told to end has to do so
PAUSE_S = 0.05

_bodies: dict[Path, IncomingBody] = {}  # of the writers in this process
_guard = threading.Lock()


class UploadBusyError(Exception):
    """Somebody else writes this upload at this moment."""


@contextmanager
def writing(folder: Path, body: IncomingBody | None = None, *, is_ending: bool = False) -> Iterator[None]:
    """Be the only writer of the upload in `folder`, in this process and every other.

    A connection that broke without a word holds its place until somebody notices; its client, back again, is not to
    wait for that. So a silent writer is told to end, and a living one only by `is_ending` (the upload is to be
    removed). Raises `UploadBusyError` when the place is not free, and `FileNotFoundError` when there is no upload.
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
    """Tell the writer to end; False when it is alive, or not of this process."""
    with _guard:
        body = _bodies.get(folder)
    if body is None:
        return is_ending  # it may be one of another process, or one that does not read: wait a little
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
