"""Work beside the main one: a thread whose result or failure is fetched when it is needed.

It must not touch the database; whoever started it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from funkhaus.ingest.reasons.errors import Stopped

T = TypeVar("T")


class BackgroundCall(Generic[T]):
    """Runs `action(check)` in a thread; `check` raises there as soon as `stop` was called here."""

    def __init__(self, action: Callable[[Callable[[], None]], T]) -> None:
        self._action = action
        self._stop = threading.Event()
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._action(self._check))
        except BaseException as error:  # noqa: BLE001 (handed to whoever asks for the result)
            self._errors.append(error)

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped

    @property
    def is_running(self) -> bool:
        """True until there is a result or a failure."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Ask it to end and wait until it has."""
        self._stop.set()
        self._thread.join()

    def fetch(self) -> T:
        """Wait for the result; raises what the action raised."""
        self._thread.join()
        if self._errors:
            raise self._errors[0]
        return self._results[0]
