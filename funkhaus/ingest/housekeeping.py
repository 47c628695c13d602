"""Housekeeping: about once a minute one worker of the installation removes outdated files and sends signals."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.dispatch import Signal

from funkhaus.ingest import constants
from funkhaus.ingest.disk_space import measure_room
from funkhaus.ingest.orphans import Sweeper
from funkhaus.ingest.signals import housekeeping_due, seconds_passed

logger = logging.getLogger(__name__)


class Housekeeper:
    """Runs the periodic work in a thread, provided that this worker holds the housekeeping lock.

    The lock is an flock(2) on a file beside the media; the kernel releases it when its holder dies, however it dies.
    Where a shared file system does not pass such locks between machines, each machine has its own housekeeper; that
    does no harm, since every task checks the current state again before it acts.
    """

    def __init__(self, shutdown: threading.Event) -> None:
        self._shutdown = shutdown
        self._sweeper = Sweeper()
        self._lock = -1
        self._room = "enough"

    def start(self) -> None:
        """Start the thread; it ends at shutdown."""
        threading.Thread(target=self._go_on, name="housekeeping", daemon=True).start()

    def _go_on(self) -> None:
        while True:
            beats = round(constants.HOUSEKEEPING_S / constants.BEAT_S) if self.keep_house() else 1
            for _beat in range(beats):
                connection.close()
                if self._shutdown.wait(constants.HOUSEKEEPING_S / beats):
                    return
                if beats > 1:
                    send_safely(seconds_passed)

    def keep_house(self) -> bool:
        """Run all tasks once, logging what fails; return False when another worker holds the lock."""
        try:
            if not self._is_ours():
                return False
            send_safely(seconds_passed)
            send_safely(housekeeping_due)
            self._sweeper.sweep()
            self._watch_room()
        except Exception:
            logger.exception("housekeeping failed")
        return True

    def _watch_room(self) -> None:
        """Log once when the disk fills up, and once when there is space again."""
        room = measure_room()
        stand = "out" if room.is_out else "low" if room.is_low else "enough"
        if stand != self._room:
            level = {"out": logging.ERROR, "low": logging.WARNING, "enough": logging.INFO}[stand]
            logger.log(level, "room for media: %s (%.1f GB free)", stand, room.free_bytes / 1e9)
        self._room = stand

    def release(self) -> None:
        """Release the lock, so that another worker can take over."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _is_ours(self) -> bool:
        if self._lock >= 0:
            return True
        descriptor = os.open(Path(settings.DATA) / "housekeeping.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._lock = descriptor  # held as long as this process lives
        return True


def send_safely(signal: Signal) -> None:
    """Send the signal to all receivers; log those that fail, so that one failure does not stop the others."""
    for receiver, answer in signal.send_robust(sender=Housekeeper):
        if isinstance(answer, Exception):
            logger.error("receiver %s failed", receiver, exc_info=answer)
