"""Keyset pagination: a page of a list begins behind the last entry of the page before.

Unlike an offset this does not shift with new entries, and a late page costs what the first one does, for the index
range begins there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

_CURSOR = re.compile(r"([0-9]{1,12})-([\w-]{1,255})")


@dataclass(frozen=True)
class Cursor:
    """The last entry of the page before: its sort key, and its own name in addresses, unique among equal sort keys."""

    sort_key: int
    name: str

    def __str__(self) -> str:
        return f"{self.sort_key}-{self.name}"


def read_cursor(text: str) -> Cursor | None:
    """Return the cursor of an address (`place-name`); None for any other text."""
    found = _CURSOR.fullmatch(text)
    return Cursor(int(found[1]), found[2]) if found else None


def read_after(request: HttpRequest) -> Cursor | None:
    """Return the cursor in `?ab=`, None on the first page. Raises `Http404` for a malformed one."""
    text = request.GET.get("ab", "")
    cursor = read_cursor(text)
    if text and cursor is None:
        raise Http404
    return cursor


def skip_to(rows: QuerySet[Any, Any], after: Cursor, last: Any, *, is_ascending: bool = False) -> QuerySet[Any, Any]:
    """Return the part of `rows` behind `after`; each has `sort_key` and `entry`; `last` queries that entry's key."""
    beyond = "gt" if is_ascending else "lt"
    return rows.filter(
        Q(**{f"sort_key__{beyond}": after.sort_key}) | Q(**{"sort_key": after.sort_key, f"entry__{beyond}": last}),
        **{f"sort_key__{beyond}e": after.sort_key},
    )


def page_number(request: HttpRequest) -> int:
    """Return the page number in `?seite=`, from 1. Raises `Http404` for anything else."""
    text = request.GET.get("seite", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 100_000:
        raise Http404
    return int(text)
