"""A unit of work: one transaction, at whose end what follows from its changes is done once, and still inside it.

Rows that are made of other rows, such as those of lists, follow every change of what they are made of, and one act
changes several of these. So whoever hears of a change names its keys with `defer`. What follows is stored with the
change or not at all, whoever is killed in between; an error in it undoes the change and is raised.

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
    """What is deferred in the open unit of a thread, whose connection to the database is its own; None without one."""

    deferred: dict[Callable[[list[Any]], object], dict[Any, None]] | None = None


_thread = _Thread()


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Run the block as one transaction and then, before it is committed, what was deferred in it.

    A unit within another joins it and has no savepoint: when it fails, the whole unit does.
    """
    if _thread.deferred is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    with transaction.atomic():
        deferred = _thread.deferred = {}
        try:
            yield
            while deferred:  # an action may defer others
                action = next(iter(deferred))
                action(list(deferred.pop(action)))
        finally:
            _thread.deferred = None  # before the commit: what `on_commit` calls is no part of this unit


def defer(action: Callable[[list[K]], object], keys: Collection[K]) -> None:
    """Call `action` with the keys when the unit of work ends, once with those of all such calls; at once without one.

    What a rolled back savepoint took back is named all the same: an action looks at what is stored.
    """
    if not keys:
        return
    if _thread.deferred is None:
        action(list(keys))
    else:
        _thread.deferred.setdefault(action, {}).update(dict.fromkeys(keys))
