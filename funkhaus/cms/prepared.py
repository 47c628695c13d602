"""Large queries that are composed once: for these Django's composing costs more than the database's answering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

MOMENT, STEP = datetime(2001, 1, 1, tzinfo=UTC), timedelta(hours=1)
KEY = -4_242_424_242

Fill = Callable[[datetime, int], Any]


@dataclass(frozen=True)
class _Statement:
    sql: str
    fills: tuple[Fill, ...]


class PreparedQuery:
    """A query that depends on the moment, and perhaps on one key; composed once in the life of a process.

    `compose(now, key)` is asked with two made-up moments: a value that differs is the moment (or its Unix second,
    with an offset), one that is the made-up key is the key, every other stays. The rows are the database's own:
    JSON comes as text.
    """

    def __init__(self, compose: Callable[[datetime, int | None], QuerySet[Any, Any]]) -> None:
        self._compose = compose
        self._statements: dict[tuple[str, bool], _Statement] = {}

    def run(self, now: datetime, key: int | None = None) -> list[tuple[Any, ...]]:
        """The rows at `now` (one query)."""
        which = (connection.vendor, key is None)
        statement = self._statements.get(which) or self._statements.setdefault(which, self._prepare(key))
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [fill(now, key or 0) for fill in statement.fills])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _prepare(self, key: int | None) -> _Statement:
        marker = None if key is None else KEY
        sql, values = self._compose(MOMENT, marker).query.sql_with_params()
        _same, others = self._compose(MOMENT + STEP, marker).query.sql_with_params()
        return _Statement(sql, tuple(_make_fill(one, other) for one, other in zip(values, others, strict=True)))


def _make_fill(value: Any, other: Any) -> Fill:
    if value == KEY:
        return lambda _now, key: key
    if value == other:
        return lambda _now, _key: value
    if isinstance(value, int):
        offset = value - int(MOMENT.timestamp())
        return lambda now, _key: int(now.timestamp()) + offset
    adapt = connection.ops.adapt_datetimefield_value
    if value != adapt(MOMENT):
        raise ValueError(f"{value!r} depends on the moment in a way that a prepared query cannot repeat")
    return lambda now, _key: adapt(now)
