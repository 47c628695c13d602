"""Reading and dropping what still comes of a refused request, so that the browser shows our answer."""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest, UnreadablePostError

DRAIN_S: Final = 120.0  # whoever needs longer for the rest is cut off after all
DRAIN_CHUNK: Final = 1_000_000


def drain(request: HttpRequest) -> None:
    """Read what is still coming and drop it, for at most `DRAIN_S` seconds.

    A browser that is cut off while it sends shows its own error page instead of our message. Django's own draining
    goes by lines, which ends early behind an ASGI server whose buffer happens to be empty.
    """
    deadline = time.monotonic() + DRAIN_S
    try:
        while request.read(DRAIN_CHUNK) and time.monotonic() < deadline:
            pass
    except UnreadablePostError:
        return  # the sender has gone: nobody is left to be told
