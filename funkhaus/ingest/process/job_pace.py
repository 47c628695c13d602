"""The pace of the current job: with which niceness and on how many cores it works, and which job may interrupt it.

A process does one job at a time, so this is state of the process and no argument of every function in between. A more
urgent job that interrupts is pushed on the stack and popped when it is done.
"""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from funkhaus.kernel.cores import count_cores

# Niceness of encoders (nice(2): 0 to 19); web server and database run at 0 and come first.
NICE_FIRST: Final = 5  # an editor waits for it
NICE_REST: Final = 15  # nobody waits for it


@dataclass
class Pace:
    """Priority and cores of the current job. `find_urgent` returns the call that does a more urgent job, or None."""

    is_gentle: bool = False
    share: int = 0  # cores for one program; 0: all there are
    find_urgent: Callable[[], Callable[[], None] | None] = lambda: None

    @property
    def nice(self) -> int:
        """Return the niceness (nice(2)) of the programs that are started now."""
        return NICE_REST if self.is_gentle else NICE_FIRST


_paces: list[Pace] = [Pace()]


def get_pace() -> Pace:
    """Return the pace of the current job."""
    return _paces[-1]


def is_nested() -> bool:
    """Tell whether an interrupted job waits below the current one."""
    return len(_paces) > 2  # the process's own pace and that of a single job are always there


def may_interrupt() -> bool:
    """Tell whether the current work may be interrupted: only in the main thread, and not in a third nested job."""
    return threading.current_thread() is threading.main_thread() and len(_paces) <= 3


@contextmanager
def keep_pace(pace: Pace) -> Iterator[Pace]:
    """Work at this pace until the block ends."""
    _paces.append(pace)
    try:
        yield pace
    finally:
        _paces.pop()


def choose_share(running: int) -> int:
    """Return the cores for each of `running` encoders on this machine; 0 sets no bound, so ffmpeg takes all."""
    cores = count_cores()
    share = max(1, cores // max(1, running))
    return 0 if running <= 1 and cores == count_visible() else share


def count_visible() -> int:
    """Return the number of cores that programs see, by this process's CPU affinity."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count_own_cpu() -> float:
    """Return the CPU seconds, user and system, of all ended child processes (getrusage(2))."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
