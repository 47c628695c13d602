"""Draining: reads and discards the rest of a refused request body, so that the browser shows our answer."""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest, UnreadablePostError

DRAIN_S: Final = 120.0  # seconds; a slower sender is disconnected, since a thread is not held for it any longer
DRAIN_CHUNK: Final = 1_000_000  # bytes in memory at once


def drain(request: HttpRequest) -> None:
    """Read and discard the rest of the request body, for at most `DRAIN_S` seconds.

    A browser whose connection closes while it sends shows its own error page instead of our message. Django's own
    draining reads by lines, which ends early behind an ASGI server whose buffer happens to be empty.
    """
    deadline = time.monotonic() + DRAIN_S
    try:
        while request.read(DRAIN_CHUNK) and time.monotonic() < deadline:
            pass
    except UnreadablePostError:
        return  # the client disconnected and receives no answer
