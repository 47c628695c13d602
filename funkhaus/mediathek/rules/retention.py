"""How long a kind of programme may stay online: terms with validity dates, beside the contract (R2.3). Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Term:
    """`months` and `days` from the moment that counts; both 0: without limit.

    In force for what counts from a day from `valid_from` until before `valid_until` (None: until further notice).
    """

    months: int
    days: int
    valid_from: date
    valid_until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Tell whether it holds for what counts from this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def shorten(
    contract_ends_at: datetime | None, terms: Iterable[Term], counts_from: datetime, zone: ZoneInfo
) -> datetime | None:
    """The sooner of the contract's end and every term's that is in force; aware, None where nothing ends it."""
    day = counts_from.astimezone(zone).date()
    ends = [end_of_term(term, counts_from, zone) for term in terms if term.is_in_force(day)]
    return min((end for end in [contract_ends_at, *ends] if end is not None), default=None)


def end_of_term(term: Term, counts_from: datetime, zone: ZoneInfo) -> datetime | None:
    """The same time of the wall clock so many months and days later, in UTC; None where it has no limit.

    From a day that the last month does not have, its last day counts: one month from 31 January is 28 February.
    """
    if not term.months and not term.days:
        return None
    start = counts_from.astimezone(zone)
    year, month = divmod(start.year * 12 + start.month - 1 + term.months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    wall = start.replace(year=year, month=month + 1, day=day, tzinfo=None) + timedelta(days=term.days)
    return wall.replace(tzinfo=zone).astimezone(UTC)
