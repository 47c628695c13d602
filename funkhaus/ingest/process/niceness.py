"""How this process works just now: how gently, on how many cores, and what may interrupt it.

A process does one job at a time, so this is the process's own state and no argument of every function in between. A
more urgent job that interrupts is put on top, and taken off when it is done.
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

# How far encoders stand behind the web server, whose niceness is 0 (`nice(2)`).
NICE_FIRST: Final = 5
NICE_REST: Final = 15


@dataclass
class Pace:
    """`find_urgent` looks for a more urgent job and returns what does it; None where nothing is pressing."""

    is_gentle: bool = False
    share: int = 0  # cores for one program; 0: all there are
    find_urgent: Callable[[], Callable[[], None] | None] = lambda: None

    @property
    def nice(self) -> int:
        """Niceness of the programs that are started now."""
        return NICE_REST if self.is_gentle else NICE_FIRST


_paces: list[Pace] = [Pace()]


def get_pace() -> Pace:
    """The pace of what this process does now."""
    return _paces[-1]


def is_nested() -> bool:
    """True while an interrupted job waits below the one at work."""
    return len(_paces) > 2


def may_interrupt() -> bool:
    """True where work may be interrupted: in the thread that does it, and not in the third job already."""
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
    """Cores for each of `running` encoders on this machine; 0 leaves it to ffmpeg, which takes all it sees."""
    cores = count_cores()
    share = max(1, cores // max(1, running))
    return 0 if running <= 1 and cores == count_visible() else share


def count_visible() -> int:
    """Cores that programs believe they have."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count_own_cpu() -> float:
    """CPU seconds, own and system's, of every program that this process has started and that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
