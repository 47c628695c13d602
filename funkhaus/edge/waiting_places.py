"""Places for requests that take long: nobody takes all of them, and who waits for one occupies no thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

FOR_OTHERS = 2  # places of uploads that one account leaves free for all others
CHECKS = 2  # passwords checked at once: each takes a core for a third of a second
MOST_WAITING = 64  # logins that wait for a check; a flood beyond is turned away


class NoPlaceError(Exception):
    """Raised when too many wait already."""


class UploadPlaces:
    """The places for requests whose body is incomplete; one account never has them all."""

    def __init__(self, places: int) -> None:
        self._share = max(1, places - FOR_OTHERS)
        self._all = asyncio.Semaphore(places)
        self._own: dict[int, asyncio.Semaphore] = {}  # at most one per account of the house

    @asynccontextmanager
    async def take(self, account_id: int) -> AsyncIterator[None]:
        """Wait for a place and hold it while the block runs."""
        own = self._own.setdefault(account_id, asyncio.Semaphore(self._share))
        async with own, self._all:
            yield


class LoginPlaces:
    """The places for password checks, which cost so much CPU that a flood of them would slow everybody."""

    def __init__(self) -> None:
        self._checks = asyncio.Semaphore(CHECKS)
        self._waiting = 0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait for a place and hold it while the block runs. Raises `NoPlaceError`."""
        if self._waiting >= MOST_WAITING:
            raise NoPlaceError
        self._waiting += 1
        try:
            await self._checks.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._checks.release()
