"""Tells the caches in front of the house that pages have changed, and knows whether they have heard it."""

from __future__ import annotations

import http.client
import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)
KEY: Final = "pages"  # every kept page carries it in `Funkhaus-Key`
AGAIN_S: Final = (
    0.7  # by then no web process lets a former page be kept: none has heard of a change so late (`FRESH_S`)
)
PATIENCE_S: Final = 2.0  # for one cache
RETRY_S: Final = 5.0


class NotForgottenError(OSError):
    """Raised when a cache answers, and does not do what it is asked for."""


def forget(address: str, key: str) -> None:
    """Ask the cache at `address` (http://host:port) to forget all pages with this key. Raises `OSError`."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE_S)
    try:
        connection.request("BAN", "/", headers={"Funkhaus-Key": key})
        answer = connection.getresponse()
        if answer.status != 200:
            raise NotForgottenError(f"{address} answers {answer.status} {answer.reason}")
    except http.client.HTTPException as error:
        raise NotForgottenError(f"{address} does not answer in HTTP") from error
    finally:
        connection.close()


class FrontCaches:
    """The caches at `addresses`, told of each change by a thread of its own: at once, and again a little later."""

    def __init__(self, addresses: Sequence[str], tell: Callable[[str, str], None] = forget) -> None:
        self._addresses, self._tell = addresses, tell
        self._due = [time.monotonic()]  # what they keep is from before this process began
        self._changed = threading.Condition()
        self._is_failing = False

    @property
    def is_reliable(self) -> bool:
        """True while they know all that has changed: only then a page may be kept until the next word."""
        return not self._due

    def note_change(self) -> None:
        """Tell them now, and once more when no process can send anything old; any thread may call this."""
        now = time.monotonic()
        with self._changed:
            self._due = [now, now + AGAIN_S]
            self._changed.notify()

    def start(self) -> None:
        """Begin in a thread of its own, which ends with the process."""
        threading.Thread(target=self._follow, name="front-caches", daemon=True).start()

    def _follow(self) -> None:
        while True:
            self.tell_what_is_due()
            with self._changed:
                self._changed.wait(max(0.0, self._due[0] - time.monotonic()) if self._due else None)

    def tell_what_is_due(self) -> None:
        """Tell every cache, in the calling thread, if a moment for it has come; after a failure try again later."""
        began = time.monotonic()
        if not self._due or self._due[0] > began:
            return
        reached = [self._reaches(address) for address in self._addresses]  # those behind one that fails as well
        with self._changed:
            # What was noted meanwhile stays due.
            self._due = [moment for moment in self._due if moment > began]
            if not all(reached):
                self._due.append(time.monotonic() + RETRY_S)
        self._is_failing = not all(reached)

    def _reaches(self, address: str) -> bool:
        try:
            self._tell(address, KEY)
        except OSError as error:
            if not self._is_failing:  # once, not each time
                logger.error("a cache in front was not told that pages have changed: %s", error)  # noqa: TRY400
            return False
        return True
