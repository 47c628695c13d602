"""The one expression that the two databases spell differently: values of several rows joined with commas."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, TextField


class JoinedValues(Aggregate):
    """Values of a group in one text, with commas, in no order."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        """As PostgreSQL names it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")
