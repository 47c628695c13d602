"""Programs that a test starts, with all that they start themselves."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

END_S = 10  # a browser that has not ended by then is ended


@contextmanager
def running(
    words: Sequence[str], log: Path, *, keep: int | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block ends; `keep` is a file descriptor that it gets, `environment` is added to ours."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            words,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
            pass_fds=() if keep is None else (keep,),
            start_new_session=True,  # a group of its own, so that its children end with it
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            continue
    process.wait(END_S)
