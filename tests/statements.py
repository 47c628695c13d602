"""Every statement that this process sends to the database while a block runs, whichever thread sends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


@contextmanager
def counting_statements() -> Iterator[list[str]]:
    """Collect the statements of the block, also those of threads that open their connection inside it.

    Savepoints and the beginning of a transaction count where they are statements, as in SQLite; a commit never is one.
    """
    seen: list[str] = []

    def note(run: Any, sql: str, params: Any, *rest: Any) -> Any:
        seen.append(sql)
        return run(sql, params, *rest)

    def follow(connection: BaseDatabaseWrapper, **_news: Any) -> None:
        connection.execute_wrappers.append(note)

    connection_created.connect(follow)
    try:
        with connection.execute_wrapper(note):
            yield seen
    finally:
        connection_created.disconnect(follow)


def tell_statements(seen: list[str]) -> str:
    """Say which statements there were, the most frequent first, for whoever has to find what repeats."""
    return "\n".join(f"{count:4} {sql[:160]}" for sql, count in Counter(seen).most_common())
