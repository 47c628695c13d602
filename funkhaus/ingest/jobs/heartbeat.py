"""Heartbeat of a job: a thread renews the lease while the work goes on, and ends a process that hangs."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.lease import Lease

logger = logging.getLogger(__name__)


@contextmanager
def beating(lease: Lease) -> Iterator[None]:
    """Send the job's heartbeat until the block ends.

    It is sent only while the work goes on: work that has given no sign for `HUNG_AFTER_S` hangs, in a system call as a
    rule. Then the whole process ends, which also ends its encoder, and the next worker takes the job over.
    """
    finished = threading.Event()

    def beat() -> None:
        try:
            while not finished.wait(constants.HEARTBEAT_S):
                if time.monotonic() - lease.last_sign > constants.HUNG_AFTER_S:
                    _give_up(lease)
                try:
                    lease.beat()
                except OperationalError as error:
                    logger.warning("heartbeat of job %s missed: %s", lease.job_id, error)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat of job {lease.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _give_up(lease: Lease) -> None:
    """Log the stacks of all threads and end the process with status 3; no thread that hangs can prevent it."""
    logger.critical("job %s hangs: this worker ends; where it hangs stands below", lease.job_id)
    faulthandler.dump_traceback(sys.stderr)
    # Public in spite of its name: it ends the process without clean-up, since the main thread cannot be interrupted.
    os._exit(3)
