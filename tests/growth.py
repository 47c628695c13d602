"""Growth of running time: how much longer some work takes for more input, measured in one run."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LINEAR = 8.0  # for four times as much: linear work takes 4 times as long, quadratic work 16 times


def measure_growth(make: Callable[[int], T], work: Callable[[T], object], *, size: int, factor: int = 4) -> float:
    """Return how many times longer `work` takes on `make(factor * size)` than on `make(size)`, in CPU time.

    Each is the shortest of several runs, in turn, so that a busy machine disturbs neither.
    """
    small, large = make(size), make(factor * size)
    times: dict[bool, list[float]] = {False: [], True: []}
    for _round in range(3):
        for is_large, given in ((False, small), (True, large)):
            gc.disable()  # a collection costs as much as the process has objects, whatever the work
            start = time.thread_time()
            work(given)
            times[is_large].append(time.thread_time() - start)
            gc.enable()
    return min(times[True]) / min(times[False])
