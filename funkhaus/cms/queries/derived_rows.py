"""Updates rows that are derived from other rows, without writing those that are right already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def keep_rows(model: Any, owner: str, name: str, pks: Iterable[int], wanted: Mapping[tuple[int, str], int]) -> None:
    """Make the rows of `model` that belong to `pks` equal to `wanted`: (owner's key, name) → sort key."""
    columns = ("pk", f"{owner}_id", name, "sort_key")
    stored = {
        (key, text): (pk, sort_key)
        for pk, key, text, sort_key in model.objects.filter(**{f"{owner}__in": pks}).values_list(*columns)
    }
    stale = [pk for key, (pk, sort_key) in stored.items() if wanted.get(key) != sort_key]
    if stale:
        model.objects.filter(pk__in=stale).delete()
    fresh = [key for key, sort_key in wanted.items() if key not in stored or stored[key][1] != sort_key]
    rows = [model(**{f"{owner}_id": key[0], name: key[1], "sort_key": wanted[key]}) for key in fresh]
    model.objects.bulk_create(rows, ignore_conflicts=True)
