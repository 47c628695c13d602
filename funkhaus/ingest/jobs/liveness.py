"""Liveness of workers: names them, and tells a dead worker from a slow one.

Wall clocks take no part, since they may jump by hours. A worker counts as dead when its heartbeat did not *change*
while an observer watched, by the observer's monotonic clock; or, on the same machine, when its process is gone.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from funkhaus.ingest import constants
from funkhaus.ingest.models import Job


def name_worker() -> str:
    """Return a unique name of this worker: host, process id, start time of the process, random digits."""
    return f"{name_place()}:{os.getpid()}:{_started(os.getpid())}:{token_hex(4)}"


def name_place() -> str:
    """Return the name of this host as it runs now: host name, boot id and process-id namespace.

    Boot and namespace tell containers and virtual machines with equal host names apart.
    """
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    except OSError:
        namespace = boot = ""
    # The whole name of a worker, with the lease's token, must fit into the 120 characters of `Job.worker`.
    return f"{socket.gethostname()[:50].replace(':', '-')}/{boot}/{namespace}"


def name_machine(worker: str) -> str:
    """Return the host name inside a worker's name."""
    return worker.partition("/")[0]


def _started(process: int) -> str:
    """Return the kernel's start time of a process (field 22 of proc_pid_stat(5)); empty when it is dead or gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]  # zombie, dead; the fields here begin with the third


def is_gone(worker: str) -> bool:
    """Tell whether the worker is certainly dead: it ran on this machine, and its process is gone."""
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
        """Return those of the running jobs whose worker is gone or sent no heartbeat for `LOST_AFTER_S`."""
        now, seen, dead = self._clock(), {}, []
        # Not so after a pause of the observer itself, such as an outage of the database or a suspended machine.
        has_watched = now - self._looked_at < constants.LOST_AFTER_S
        self._looked_at = now
        for job in running:
            worker, beat, since = self._seen.get(job.pk, ("", None, now))
            if (worker, beat) != (job.worker, job.heartbeat_at) or not has_watched:
                since = now
            seen[job.pk] = (job.worker, job.heartbeat_at, since)
            if now - since > constants.LOST_AFTER_S or is_gone(job.worker):
                dead.append(job)
        self._seen = seen  # jobs that no longer run are dropped
        return dead
