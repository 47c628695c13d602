"""The clock: where «now» comes from, so that rules and services can be handed any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol

# A machine that lost its clock wakes up in 1970 or in the year of its board: no release of this house ran before.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """Return the present moment as an aware UTC datetime."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment as an aware UTC datetime."""
        return datetime.now(UTC)


class FrozenClock:
    """A clock that stands still at a given aware datetime: for tests and previews."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment that was given."""
        return self._moment


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def page_now() -> datetime:
    """The aware moment that a public page is made for: the present, or what a preview pretends.

    Pages alone ask it. Whether bytes are given out is decided by the machine's clock, whatever is pretended.
    """
    return _pretended.get() or SystemClock().now()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let pages that are made inside the block, in this thread, be those of another moment."""
    token = _pretended.set(FrozenClock(moment).now())
    try:
        yield
    finally:
        _pretended.reset(token)
