"""A unit of work: one transaction that runs deferred actions once at its end, before the commit.

Derived rows, such as those of lists, follow every change of the rows they are made of, and one act changes several of
these. So a signal receiver that sees a change passes its keys to `defer`. The derived rows are stored in the
transaction of the change or not at all, even when the process is killed; an error in an action rolls the change back
and is raised.

The pattern is that of M. Fowler, «Patterns of Enterprise Application Architecture», 2002, chapter 11.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

K = TypeVar("K", bound=Hashable)


class _Thread(threading.local):
    """The actions deferred in the open unit of a thread, each of which has its own connection; None without a unit."""

    deferred: dict[Callable[[list[Any]], object], dict[Any, None]] | None = None


_thread = _Thread()


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Run the block as one transaction; before the commit, run the actions that were deferred in it.

    A unit within another joins it and has no savepoint: when it fails, the whole unit does. Raises
    `TransactionManagementError` when the block goes on regardless of that.
    """
    if _thread.deferred is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    with transaction.atomic():
        deferred = _thread.deferred = {}
        try:
            yield
            if transaction.get_rollback():  # Django alone would roll back at the end without a word
                raise transaction.TransactionManagementError("a part of this unit of work failed")
            while deferred:  # an action may defer others
                action = next(iter(deferred))
                action(list(deferred.pop(action)))
        finally:
            _thread.deferred = None  # before the commit: what `on_commit` calls is no part of this unit


def defer(action: Callable[[list[K]], object], keys: Collection[K]) -> None:
    """Call `action` once at the end of the unit of work with the keys of all such calls; without a unit, at once.

    Keys from a rolled back savepoint are passed too, so an action has to look at what is stored.
    """
    if not keys:
        return
    if _thread.deferred is None:
        action(list(keys))
    else:
        _thread.deferred.setdefault(action, {}).update(dict.fromkeys(keys))
