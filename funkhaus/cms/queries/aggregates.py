"""Aggregates that SQLite and PostgreSQL spell differently: values of many rows in one value."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Func, JSONField, TextField


class JoinedValues(Aggregate):
    """The values of a group in one text, with commas, in no order."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        """Return PostgreSQL's spelling."""
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


class _JsonArray(Func):
    """What both forms below share: SQLite's JSON_GROUP_ARRAY is PostgreSQL's JSONB_AGG."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return PostgreSQL's spelling."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class JsonList(_JsonArray, Aggregate):
    """The values of a group as one JSON list."""


class JsonListOfRows(_JsonArray):
    """The values of all rows of a subquery as one JSON list: to Django no aggregate, so that it adds no GROUP BY."""
