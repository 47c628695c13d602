"""Changes of which readers see nothing make no page anew: drafts that the desk saves by itself, files in work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any


class _Thread(threading.local):
    is_quiet = False


_thread = _Thread()


def is_unseen_change() -> bool:
    """Tell whether this thread is storing what readers could not see and can not see now."""
    return _thread.is_quiet


def quiet_while_unpublished(item: Any) -> AbstractContextManager[None]:
    """Count the statements inside the block, which stores `item`, as no change where it was and stays unpublished."""
    return quiet_if(is_hidden=_stays_hidden(item))


@contextmanager
def quiet_if(*, is_hidden: bool) -> Iterator[None]:
    """Count the statements inside the block as no change where readers see nothing of what they change."""
    before, _thread.is_quiet = _thread.is_quiet, _thread.is_quiet or is_hidden
    try:
        yield
    finally:
        _thread.is_quiet = before


def _stays_hidden(item: Any) -> bool:
    if item.live:
        return False
    if item.pk is None:
        return True
    names = ("live", "slug") if hasattr(item, "slug") else ("live",)
    stored = type(item)._base_manager.filter(pk=item.pk).values_list(*names).first()  # noqa: SLF001 - every row of it
    # With another address of its own, pages below it, which may be public, get another one too.
    return stored is None or stored == tuple(getattr(item, name) for name in names)
