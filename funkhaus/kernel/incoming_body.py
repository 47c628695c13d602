"""The body of a request while it still comes in: whoever works on it can be told to stop waiting."""

from __future__ import annotations

import time
from collections.abc import Callable

SCOPE_KEY = "funkhaus.body"  # where the edge puts it in the ASGI scope


class IncomingBody:
    """When something of the body came last (monotonic), and a way to end the waiting for more from any thread."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self.came_at = time.monotonic()
        self._interrupt = interrupt

    def note_arrival(self) -> None:
        """Something came just now."""
        self.came_at = time.monotonic()

    def silent_s(self) -> float:
        """For how many seconds nothing has come."""
        return time.monotonic() - self.came_at

    def interrupt(self) -> None:
        """Let whoever waits for more find the client gone."""
        self._interrupt()
