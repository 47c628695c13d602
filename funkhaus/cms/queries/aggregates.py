"""Aggregates that collect the values of many rows in one value, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, Func, JSONField, QuerySet, Subquery, TextField
from django.db.models.functions import JSONObject


class JoinedValues(Aggregate):
    """The values of a group as one text, separated by commas, in no defined order."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        """Return the SQL for PostgreSQL."""
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


class _JsonArray(Func):
    """The base of both JSON aggregates: SQLite's JSON_GROUP_ARRAY is PostgreSQL's JSONB_AGG."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return the SQL for PostgreSQL."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class JsonList(_JsonArray, Aggregate):
    """An aggregate: the values of a group as one JSON list."""


class JsonListOfRows(_JsonArray):
    """The values of all rows of a subquery as one JSON list. Django sees a function, so it adds no GROUP BY."""


def collect(entries: QuerySet[Any], item: str, count: int) -> Subquery:
    """Return the first `count` entries of a list; `item` names the column of what is listed (`read_collected`)."""
    first = entries.model.objects.filter(pk__in=entries.values("pk")[:count]).order_by()
    listed = first.annotate(list=JsonListOfRows(JSONObject(key=item, at="sort_key"))).values("list")
    return Subquery(listed, output_field=JSONField())


def read_collected(found: Iterable[Any] | None, *, is_ascending: bool = False) -> list[tuple[int, int]]:
    """Return sort keys and primary keys of what was collected, the highest sort key first or last."""
    return sorted(((entry["at"], entry["key"]) for entry in found or ()), reverse=not is_ascending)
