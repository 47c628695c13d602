"""Who lives: names of workers, and how an observer tells a silent one from a slow one.

No clock on a wall takes part. The clock may jump by hours; what counts is whether the heartbeat *changed* while an
observer watched, measured by the observer's own monotonic clock, and on one machine whether the process is there.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from funkhaus.ingest import conf
from funkhaus.ingest.models import Job


def name_worker() -> str:
    """A name that tells a living worker of this machine from a dead one: place, process, its start, chance."""
    return f"{name_place()}:{os.getpid()}:{_started(os.getpid())}:{token_hex(4)}"


def name_place() -> str:
    """This machine as it runs now: host name, boot and process namespace, so that equal names are not taken for one."""
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    except OSError:
        namespace = boot = ""
    return f"{socket.gethostname()[:50].replace(':', '-')}/{boot}/{namespace}"


def tell_machine(worker: str) -> str:
    """The host name in a worker's name."""
    return worker.partition("/")[0]


def _started(process: int) -> str:
    """The kernel's start time of a process (field 22 of proc(5)'s stat); empty when there is none or it is dead."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]


def is_gone(worker: str) -> bool:
    """True where it is sure that the worker is dead: it ran on this machine, and its process is not there."""
    place, _, rest = worker.partition(":")
    process, _, rest = rest.partition(":")
    if place != name_place() or not process.isdigit() or not Path("/proc/self/stat").exists():
        return False
    return _started(int(process)) != rest.partition(":")[0]


class Observer:
    """Remembers when each running job's heartbeat was last seen to change. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[int, tuple[str, datetime | None, float]] = {}
        self._looked_at = clock()

    def list_dead(self, running: Iterable[Job]) -> list[Job]:
        """Those of the running jobs whose worker is gone, or has not beaten for `LOST_AFTER_S` while we watched."""
        now, seen, dead = self._clock(), {}, []
        has_watched = now - self._looked_at < conf.LOST_AFTER_S  # else the database was away, or this machine slept
        self._looked_at = now
        for job in running:
            worker, beat, since = self._seen.get(job.pk, ("", None, now))
            if (worker, beat) != (job.worker, job.heartbeat_at) or not has_watched:
                since = now
            seen[job.pk] = (job.worker, job.heartbeat_at, since)
            if now - since > conf.LOST_AFTER_S or is_gone(job.worker):
                dead.append(job)
        self._seen = seen  # what no longer runs is forgotten
        return dead
