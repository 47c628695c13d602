"""Knows the version of the content and until when pages hold; a thread of each web process asks the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Final

from django.db import Error, close_old_connections

from funkhaus.kernel.clock import Clock

logger = logging.getLogger(__name__)
EVERY_S: Final = 0.2  # a reader sees a change within a second: a fifth to hear of it, the rest to render
FRESH_S: Final = 0.5  # heard so lately, a change is not older than that
PATIENCE_S: Final = 30.0  # without an answer for so long, nobody knows whether pages still hold


class ContentState:
    """The version of the content in this process: it grows with every change, and at the moments of the clock.

    `read_marker` tells a value that differs after each change; `find_next_moment` when pages change by the clock.
    """

    def __init__(
        self, read_marker: Callable[[], Hashable], find_next_moment: Callable[[datetime], datetime], clock: Clock
    ) -> None:
        self._read_marker, self._find_next_moment, self._clock = read_marker, find_next_moment, clock
        self.version = 0  # 0: not known yet, nothing is kept
        self.until = 0.0  # Unix time
        self._marker: Hashable = None
        self._heard_at = 0.0
        self._lock = threading.Lock()
        self._wish, self._end = threading.Event(), threading.Event()
        self._is_away = False
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change, in the thread that has heard of it."""
        self._listeners.append(listener)

    def look(self) -> None:
        """Ask the database now, in the calling thread and by its connection."""
        with self._lock:
            try:
                self._take(self._read_marker())
            except Error:
                if not self._is_away:
                    logger.exception("changes of the content can't be heard of")
                self._is_away = True

    def look_apart(self) -> None:
        """Ask the database now, in a thread without a request: nobody else closes a connection that has grown old."""
        close_old_connections()
        try:
            self.look()
        finally:
            close_old_connections()

    def _take(self, marker: Hashable) -> None:
        now = self._clock.now()
        if marker != self._marker or now.timestamp() >= self.until:
            until = self._find_next_moment(now).timestamp()
            self._marker, self.until = marker, until
            self.version += 1  # last: who reads it reads the moment that belongs to it, or an earlier one
            for listener in self._listeners:
                listener()
        self._heard_at, self._is_away = now.timestamp(), False

    def holds(self, version: int, until: float, now: float) -> bool:
        """Tell whether a page of this version still shows what is true at `now` (Unix time)."""
        return version == self.version and now < until and now < self._heard_at + PATIENCE_S

    def is_fresh(self, now: float) -> bool:
        """Tell whether the database was heard a moment ago (`FRESH_S`)."""
        return now < self._heard_at + FRESH_S

    def follow(self) -> None:
        """Ask again and again until `end`; it is the body of a thread."""
        while not self._end.is_set():
            self.look_apart()
            self._wish.wait(EVERY_S)
            self._wish.clear()

    def start(self) -> None:
        """Begin to follow in a thread of its own, which ends with the process."""
        threading.Thread(target=self.follow, name="content-state", daemon=True).start()

    def hurry(self) -> None:
        """Let the thread ask at once."""
        self._wish.set()

    def end(self) -> None:
        """Let the thread end."""
        self._end.set()
        self._wish.set()
