"""Counting what a piece of code asks of the database, and of the interpreter."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """The statements that run inside, also in threads that open their connection meanwhile.

    Savepoints count, and the beginning of a transaction where it is a statement, as in SQLite. A commit never is one.
    """
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    def follow(connection: BaseDatabaseWrapper, **_news: Any) -> None:
        connection.execute_wrappers.append(note)

    connection_created.connect(follow)
    try:
        with connection.execute_wrapper(note):
            yield seen
    finally:
        connection_created.disconnect(follow)


@contextmanager
def count_calls() -> Iterator[Counter[str]]:
    """The calls of functions inside, those written in C as well, of this thread: on every machine the same number."""
    seen: Counter[str] = Counter()

    def note(_frame: FrameType, event: str, _about: Any) -> None:
        if event in {"call", "c_call"}:
            seen[event] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


def describe_queries(seen: list[str]) -> str:
    """The statements with their numbers, the most frequent first: what repeats stands on top."""
    return "\n".join(f"{count:4} {sql[:160]}" for sql, count in Counter(seen).most_common())
