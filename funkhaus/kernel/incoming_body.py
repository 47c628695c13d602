"""The state of a request body that is still being received, for whoever processes it."""

from __future__ import annotations

import time
from collections.abc import Callable

SCOPE_KEY = "funkhaus.body"  # the key of the ASGI scope under which the edge passes it to Django


class IncomingBody:
    """The arrival of a body: the monotonic time of its last data, and a way to end the wait for more data."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self.came_at = time.monotonic()
        self._interrupt = interrupt

    def note_arrival(self) -> None:
        """Store that data arrived just now."""
        self.came_at = time.monotonic()

    def silent_s(self) -> float:
        """Return the number of seconds since data last arrived."""
        return time.monotonic() - self.came_at

    def interrupt(self) -> None:
        """End the wait for more data: whoever waits is told that the client has disconnected."""
        self._interrupt()
