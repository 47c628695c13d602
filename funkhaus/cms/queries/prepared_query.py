"""Compiles large queries to SQL once, since Django's compiler takes longer for them than the database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# The sample moments, `STEP` apart: a parameter that differs between them depends on the moment.
MOMENT, STEP = datetime(2001, 1, 1, tzinfo=UTC), timedelta(hours=1)
KEY = -1_942_424_242  # the sample key: no stored key is negative, and it fits into 32 bits

Keys = tuple[int | None, ...]
Fill = Callable[[datetime, Keys], Any]


@dataclass(frozen=True)
class _Statement:
    sql: str
    fills: tuple[Fill, ...]
    converters: tuple[tuple[int, Any, Any], ...]
    """The columns whose values Django converts: index, functions, expression."""


class PreparedQuery:
    """A query that depends on the moment and on keys; compiled once in the life of a process.

    `compose(now, *keys)` returns a query set of `values_list`. It is called with two sample moments and sample keys: a
    parameter that differs is the moment (or its Unix second, with an offset), one that equals a sample key is that key.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self._compose = compose
        self._statements: dict[Any, _Statement] = {}

    def run(self, now: datetime, *keys: int | None) -> list[tuple[Any, ...]]:
        """Return the rows at `now` (one query). A key that is None is compiled as None."""
        which = (connection.vendor, *(key is None for key in keys))
        statement = self._statements.get(which) or self._statements.setdefault(which, self._prepare(keys))
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [fill(now, keys) for fill in statement.fills])
            rows = cursor.fetchall()
        return [_convert(row, statement) for row in rows] if statement.converters else rows

    def run_for(self, now: datetime, keys: Collection[int]) -> list[tuple[Any, ...]]:
        """Return the rows for any number of keys (one query).

        Keys are repeated up to a power of two, so few statements exist.
        """
        given = list(keys)
        size = 1 << max(len(given) - 1, 0).bit_length()
        return self.run(now, *given, *[given[0]] * (size - len(given))) if given else []

    def _prepare(self, keys: Keys) -> _Statement:
        markers = [None if key is None else KEY - at for at, key in enumerate(keys)]
        query = self._compose(MOMENT, *markers).query
        compiler: Any = query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        _same, others = self._compose(MOMENT + STEP, *markers).query.sql_with_params()
        fills = tuple(_make_fill(one, other, markers) for one, other in zip(values, others, strict=True))
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return _Statement(sql, fills, tuple((at, *how) for at, how in converters.items()))


def _convert(row: tuple[Any, ...], statement: _Statement) -> tuple[Any, ...]:
    values = list(row)
    for at, functions, expression in statement.converters:
        for convert in functions:
            values[at] = convert(values[at], expression, connection)
    return tuple(values)


def _make_fill(value: Any, other: Any, markers: list[int | None]) -> Fill:
    if isinstance(value, int) and value in markers:
        at = markers.index(value)
        return lambda _now, keys: keys[at]
    if value == other:
        return lambda _now, _keys: value
    if isinstance(value, int):
        offset = value - int(MOMENT.timestamp())
        return lambda now, _keys: int(now.timestamp()) + offset
    adapt = connection.ops.adapt_datetimefield_value
    if value != adapt(MOMENT):
        raise ValueError(f"{value!r} depends on the moment in a way that a prepared query cannot repeat")
    return lambda now, _keys: adapt(now)
