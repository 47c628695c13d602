"""The rule of youth protection: whether an item with this rating may play now, for this viewer.

The table is data with the paragraph of the law beside each row; the youth-protection officer confirms it, code review
cannot. JMStV: Jugendmedienschutz-Staatsvertrag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.viewer import Viewer, ViewerKind


@dataclass(frozen=True)
class FreeHours:
    """The hours of the broadcaster's wall clock in which anybody may watch: `opens` is included, `closes` is not."""

    opens: time
    closes: time

    def contains(self, wall: time) -> bool:
        """Return whether the wall-clock time is inside; the hours span midnight."""
        return wall >= self.opens or wall < self.closes


@dataclass(frozen=True)
class RatingRow:
    """The consequences of one rating.

    `hours`: when anybody may watch, None without limit; at other hours only those with a proven `minimum_age`.
    `is_for_children`: the item may be listed among those for children. `source`: the paragraph of the law.
    """

    hours: FreeHours | None
    is_for_children: bool
    source: str


_FROM_22 = FreeHours(time(22), time(6))
_FROM_23 = FreeHours(time(23), time(6))
TABLE: Mapping[AgeRating, RatingRow] = {
    AgeRating.ALL: RatingRow(None, is_for_children=True, source="JMStV § 5 (1): harmful for nobody"),
    AgeRating.SIX: RatingRow(None, is_for_children=True, source="JMStV § 5 (1), the step from 6"),
    AgeRating.TWELVE: RatingRow(
        None, is_for_children=False, source="JMStV § 5 (5): kept apart from what is made for children, no fixed hour"
    ),
    AgeRating.SIXTEEN: RatingRow(
        _FROM_22, is_for_children=False, source="JMStV § 5 (4) s. 2; § 5 (3) no. 1: or an age check"
    ),
    AgeRating.EIGHTEEN: RatingRow(
        _FROM_23, is_for_children=False, source="JMStV § 5 (4) s. 1; § 5 (3) no. 1: or an age check"
    ),
    AgeRating.UNRATED: RatingRow(_FROM_22, is_for_children=False, source="house rule: counts as 16 until it is rated"),
}


class Way(Enum):
    """The ways past an age lock."""

    WAIT = "wait"
    LOG_IN = "log_in"
    PROVE_AGE = "prove_age"
    ENTER_PIN = "enter_pin"


@dataclass(frozen=True)
class Open:
    """Permission. `until` is the end of the free hours (aware UTC), None when there is no limit for this viewer."""

    until: datetime | None = None


@dataclass(frozen=True)
class AgeLocked:
    """A refusal at this hour. `unlock_at`: the free hours' next beginning (aware UTC); `ways`: all ways past it."""

    minimum_age: int
    unlock_at: datetime
    ways: tuple[Way, ...]


Verdict = Open | AgeLocked


def decide(rating: AgeRating, viewer: Viewer, now: datetime, zone: ZoneInfo) -> Verdict:
    """Return the verdict by the broadcaster's wall clock in `zone`; `now` is aware.

    A proven age counts for an adult's profile alone, and only together with the PIN; everybody else has the free hours.
    """
    row = TABLE[rating]
    if row.hours is None:
        return Open()
    is_released = viewer.kind is ViewerKind.ADULT_PROFILE and viewer.released_age >= rating.minimum_age
    if is_released and viewer.has_entered_pin:
        return Open()
    local = now.astimezone(zone)
    if row.hours.contains(local.time()):
        return Open(until=_next(local, row.hours.closes))
    return AgeLocked(
        rating.minimum_age, _next(local, row.hours.opens), (Way.WAIT, _way_of(viewer, is_released=is_released))
    )


def _way_of(viewer: Viewer, *, is_released: bool) -> Way:
    """Return the way for this viewer besides waiting. A child's profile leads to the adult's own, which is a login."""
    if is_released:
        return Way.ENTER_PIN
    return Way.PROVE_AGE if viewer.kind is ViewerKind.ADULT_PROFILE else Way.LOG_IN


def _next(local: datetime, wall: time) -> datetime:
    """Return the next moment after `local` at which the wall clock of its zone shows `wall`, in UTC."""
    day = local.date() if local.time() < wall else local.date() + timedelta(days=1)
    return datetime.combine(day, wall, tzinfo=local.tzinfo).astimezone(UTC)
