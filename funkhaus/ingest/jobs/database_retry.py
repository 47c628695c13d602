"""Insist on the database: one that is locked or away for a while must not cost a job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections

from funkhaus.ingest import conf

T = TypeVar("T")
logger = logging.getLogger(__name__)


def retry(action: Callable[[], T], *, patience_s: float = conf.DATABASE_PATIENCE_S) -> T:
    """Return what `action`, one whole transaction, returns; repeat it while the database does not answer.

    After `patience_s` seconds the database's error is raised.
    """
    pause_s, end = 0.05, time.monotonic() + patience_s
    while True:
        try:
            return action()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() >= end:
                raise
            logger.warning("database does not answer, trying again: %s", error)
            close_old_connections()
            time.sleep(pause_s)
            pause_s = min(2.0, 2 * pause_s)
