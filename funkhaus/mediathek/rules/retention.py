"""Rules of retention: the time for which a kind of programme may stay online, beside its contract. Pure.

Public broadcasters define it in their «Telemedienkonzepte» (MStV § 32 (1): «Verweildauer»); a new one does not change
what an old one allowed, so each term has validity dates.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Term:
    """A retention of `months` and `days` from a start; both 0: unlimited.

    It applies to starts from `valid_from` until before `valid_until` (None: until further notice).
    """

    months: int
    days: int
    valid_from: date
    valid_until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Return True if the term applies to a start on this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def shorten(
    contract_ends_at: datetime | None, terms: Iterable[Term], counts_from: datetime, zone: ZoneInfo
) -> datetime | None:
    """Return the earliest end of the contract and of all applicable terms; aware, None where none of them ends."""
    day = counts_from.astimezone(zone).date()
    ends = [end_of_term(term, counts_from, zone) for term in terms if term.is_in_force(day)]
    return min((end for end in [contract_ends_at, *ends] if end is not None), default=None)


def end_of_term(term: Term, counts_from: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the same wall clock time after the term's months and days, in UTC; None for an unlimited term.

    Where the last month does not have the day, its last day counts: one month from 31 January is 28 February.
    """
    if not term.months and not term.days:
        return None
    start = counts_from.astimezone(zone)
    year, month = divmod(start.year * 12 + start.month - 1 + term.months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    wall = start.replace(year=year, month=month + 1, day=day, tzinfo=None) + timedelta(days=term.days)
    return wall.replace(tzinfo=zone).astimezone(UTC)
