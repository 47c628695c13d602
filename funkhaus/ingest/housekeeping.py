"""What has to be done about once a minute by one worker of the installation: tidy up, and let others catch up."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.dispatch import Signal

from funkhaus.ingest import conf
from funkhaus.ingest.disk_space import measure_room
from funkhaus.ingest.orphans import Sweeper
from funkhaus.ingest.signals import housekeeping_due, seconds_passed

logger = logging.getLogger(__name__)


class Housekeeper:
    """Keeps house in a thread of its own, if this worker is the one that does.

    Which one is decided by a lock on a file beside the media, which the system gives back when its holder dies,
    however it dies. Where a shared file system knows no such locks between machines, each machine has its housekeeper;
    that does no harm, since everything done here looks again before it acts.
    """

    def __init__(self, shutdown: threading.Event) -> None:
        self._shutdown = shutdown
        self._sweeper = Sweeper()
        self._lock = -1
        self._room = "enough"

    def start(self) -> None:
        """Begin, and go on until shutdown."""
        threading.Thread(target=self._go_on, name="housekeeping", daemon=True).start()

    def _go_on(self) -> None:
        while True:
            beats = round(conf.HOUSEKEEPING_S / conf.BEAT_S) if self.keep_house() else 1
            for _beat in range(beats):
                connection.close()
                if self._shutdown.wait(conf.HOUSEKEEPING_S / beats):
                    return
                if beats > 1:
                    send_safely(seconds_passed)

    def keep_house(self) -> bool:
        """One round; False when another worker keeps the house. What goes wrong is logged and tried again next time."""
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
        """Tell the log once when the disk gets full, and once when it no longer is."""
        room = measure_room()
        stand = "out" if room.is_out else "low" if room.is_low else "enough"
        if stand != self._room:
            level = {"out": logging.ERROR, "low": logging.WARNING, "enough": logging.INFO}[stand]
            logger.log(level, "room for media: %s (%.1f GB free)", stand, room.free_bytes / 1e9)
        self._room = stand

    def release(self) -> None:
        """Leave the house to another worker."""
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
    """Send it to all; whoever fails is logged and holds up nobody."""
    for receiver, answer in signal.send_robust(sender=Housekeeper):
        if isinstance(answer, Exception):
            logger.error("receiver %s failed", receiver, exc_info=answer)
