"""Background call: a thread does some work while the main thread goes on, and keeps the result or the error.

The work must not touch the database; only the thread that started it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from funkhaus.ingest.reasons.errors import Stopped

T = TypeVar("T")


class BackgroundCall(Generic[T]):
    """Runs `action(check)` in a thread; `check` raises `Stopped` there once `stop` was called."""

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
        """Tell whether there is neither a result nor an error yet."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Ask the thread to end and wait until it has."""
        self._stop.set()
        self._thread.join()

    def fetch(self) -> T:
        """Wait for the result and return it; raise what the action raised."""
        self._thread.join()
        if self._errors:
            raise self._errors[0]
        return self._results[0]
