"""Programs that end with the one that started them, so that kill -9 of it leaves nothing behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the system to send this process the signal when its parent dies; Linux only, else nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def end_with_web_server() -> None:
    """In a web process: end at once with the server process that started it, however that one ends.

    Without it the process would keep the port, answer beside its successor and outlive the whole portal. Does nothing
    where the application was not loaded by such a server.
    """
    server = multiprocessing.parent_process()
    if server is None:
        return
    die_with_parent(signal.SIGKILL)
    if os.getppid() != server.pid:  # it died before we asked
        os.kill(os.getpid(), signal.SIGKILL)
