"""Where a list goes on: behind the last entry of the page before, and not at a number that moves with each new entry.

A page far back costs what the first one does, for the database begins there instead of counting up to it.
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
    """The last entry of the page before: its place, and its own name in addresses, unique among equal places."""

    place: int
    name: str

    def __str__(self) -> str:
        return f"{self.place}-{self.name}"


def read_cursor(text: str) -> Cursor | None:
    """A cursor as it stands in an address; None when it is none."""
    found = _CURSOR.fullmatch(text)
    return Cursor(int(found[1]), found[2]) if found else None


def read_after(request: HttpRequest) -> Cursor | None:
    """Where the page goes on (`?ab=`), None at the beginning. Raises `Http404` for what no page ever led to."""
    text = request.GET.get("ab", "")
    cursor = read_cursor(text)
    if text and cursor is None:
        raise Http404
    return cursor


def skip_to(rows: QuerySet[Any, Any], after: Cursor, last: Any, *, is_ascending: bool = False) -> QuerySet[Any, Any]:
    """What follows `after` in `rows`, which have a `place` and an `entry`; `last`: the query of that entry's number."""
    beyond = "gt" if is_ascending else "lt"
    return rows.filter(
        Q(**{f"place__{beyond}": after.place}) | Q(**{"place": after.place, f"entry__{beyond}": last}),
        **{f"place__{beyond}e": after.place},
    )


def page_number(request: HttpRequest) -> int:
    """The number in `?seite=`, from 1. Raises `Http404` for what is none."""
    text = request.GET.get("seite", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 100_000:
        raise Http404
    return int(text)
