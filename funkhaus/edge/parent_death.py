"""Ends processes together with their parent, so that `kill -9` of the parent leaves none behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h; see prctl(2)


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send this process the signal when its parent dies; without effect outside Linux."""
    if sys.platform == "linux":
        # Python's standard library has no prctl; `CDLL(None)` is the libc that the interpreter has loaded.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def end_with_web_server() -> None:
    """End this web process at once when the server process that started it ends, for whatever reason.

    Otherwise it would keep the port, answer beside its successor and outlive the supervisor. It does nothing where the
    application was not loaded by such a server.
    """
    server = multiprocessing.parent_process()
    if server is None:
        return
    die_with_parent(signal.SIGKILL)
    if os.getppid() != server.pid:  # it died before the call: the kernel sends no signal then
        os.kill(os.getpid(), signal.SIGKILL)
