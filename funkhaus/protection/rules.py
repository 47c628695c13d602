"""Youth protection: may an item with this rating play now?

The hours are data with the paragraph of the law beside each row; the youth-protection officer confirms
the table, code review cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from funkhaus.kernel.age_rating import AgeRating


@dataclass(frozen=True)
class FreeHours:
    """The hours of the broadcaster's wall clock in which anybody may watch; `opens` is in, `closes` is out."""

    opens: time
    closes: time
    source: str

    def contains(self, wall: time) -> bool:
        """Tell whether the wall-clock time lies inside; the hours run over midnight."""
        return wall >= self.opens or wall < self.closes


# None: no limit. Minimum age in years → free hours.
HOURS: dict[int, FreeHours | None] = {
    0: None,
    6: None,
    12: None,  # JMStV § 5 (4) s. 3: the slot is chosen with regard to younger children; no fixed hour
    16: FreeHours(time(22), time(6), "JMStV § 5 (4) s. 2: 22:00-06:00"),
    18: FreeHours(time(23), time(6), "JMStV § 5 (4) s. 1: 23:00-06:00"),
}


@dataclass(frozen=True)
class Open:
    """Free to play. `until` is when the free hours end (aware UTC), None when there is no limit."""

    until: datetime | None = None


@dataclass(frozen=True)
class AgeLocked:
    """Not at this hour. `unlock_at` is when the free hours begin (aware UTC)."""

    minimum_age: int
    unlock_at: datetime


Verdict = Open | AgeLocked


def decide(rating: AgeRating, now: datetime, zone: ZoneInfo) -> Verdict:
    """Decide by the broadcaster's wall clock in `zone`; `now` is aware. Unrated counts as 16."""
    hours = HOURS[rating.minimum_age]
    if hours is None:
        return Open()
    local = now.astimezone(zone)
    if hours.contains(local.time()):
        return Open(until=_next(local, hours.closes))
    return AgeLocked(rating.minimum_age, unlock_at=_next(local, hours.opens))


def _next(local: datetime, wall: time) -> datetime:
    """The next moment after `local` at which the wall clock of its zone shows `wall`, in UTC."""
    day = local.date() if local.time() < wall else local.date() + timedelta(days=1)
    return datetime.combine(day, wall, tzinfo=local.tzinfo).astimezone(UTC)
