"""Retry of database transactions: a database that is locked or restarting must not cost a job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections

from funkhaus.ingest import constants

T = TypeVar("T")
logger = logging.getLogger(__name__)


def retry(action: Callable[[], T], *, patience_s: float = constants.DATABASE_PATIENCE_S) -> T:
    """Return the result of `action`, one whole transaction; repeat it while the database is unavailable.

    Pauses double from 0.05 s up to 2 s. Raises the database's error after `patience_s` seconds.
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
