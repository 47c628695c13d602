"""The heart of a job: beats in a thread of its own while the work is busy, and ends a process that hangs."""

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

from funkhaus.ingest import conf
from funkhaus.ingest.jobs.lease import Lease

logger = logging.getLogger(__name__)


@contextmanager
def beating(lease: Lease) -> Iterator[None]:
    """Keep the job's heart beating until the block ends.

    It beats only while the work goes on: work that has given no sign for `HUNG_AFTER_S` hangs, in a system call as a
    rule. Then the whole process ends, which also ends its encoder; the next worker takes the job over.
    """
    finished = threading.Event()

    def beat() -> None:
        try:
            while not finished.wait(conf.HEARTBEAT_S):
                if time.monotonic() - lease.last_sign > conf.HUNG_AFTER_S:
                    _give_up(lease)
                try:
                    lease.beat()
                except OperationalError as error:
                    logger.warning("heartbeat of job %s missed: %s", lease.job_id, error)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heart of job {lease.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _give_up(lease: Lease) -> None:
    logger.critical("job %s hangs: this worker ends; where it hangs stands below", lease.job_id)
    faulthandler.dump_traceback(sys.stderr)
    os._exit(3)
