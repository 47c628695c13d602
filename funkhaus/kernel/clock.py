"""The clock: the source of «now», so that rules and services can be called with any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol

# A machine without a valid clock starts in 1970 or in its board's year; no release of this program is older than 2026.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """The interface of a clock."""

    def now(self) -> datetime:
        """Return the present moment as an aware UTC datetime."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment as an aware UTC datetime."""
        return datetime.now(UTC)


class FrozenClock:
    """A clock that always returns one aware datetime: for tests and previews."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._moment = moment

    def now(self) -> datetime:
        """Return the given moment."""
        return self._moment


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def page_now() -> datetime:
    """Return the aware moment that a public page is made for: the present, or a preview's moment.

    Only pages call it. Whether media are served is decided by the machine's clock, also in a preview.
    """
    return _pretended.get() or SystemClock().now()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Set the moment that `page_now` returns inside the block, in this thread."""
    token = _pretended.set(FrozenClock(moment).now())
    try:
        yield
    finally:
        _pretended.reset(token)
