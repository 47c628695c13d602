"""The first of many lists in one query: each list comes as one value of the row that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject

from funkhaus.cms.queries.aggregates import JsonListOfRows


def collect(entries: QuerySet[Any], item: str, count: int) -> Subquery:
    """The first `count` of `entries`, which are places in a list: `item` names what stands there (`read_collected`)."""
    first = entries.model.objects.filter(pk__in=entries.values("pk")[:count]).order_by()
    listed = first.annotate(list=JsonListOfRows(JSONObject(key=item, at="place"))).values("list")
    return Subquery(listed, output_field=JSONField())


def read_collected(found: Iterable[Any] | None, *, is_ascending: bool = False) -> list[tuple[int, int]]:
    """Places and keys of what was collected, the highest place first or last."""
    return sorted(((entry["at"], entry["key"]) for entry in found or ()), reverse=not is_ascending)
