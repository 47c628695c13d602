"""Availability: may an item be played now, here? Pure: windows, place and moment come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from funkhaus.kernel.territory import Territory, TerritoryRule


@dataclass(frozen=True)
class Window:
    """A span of availability: start inclusive, end exclusive (None: open end), with its territory rule."""

    starts_at: datetime
    ends_at: datetime | None = None
    territory: TerritoryRule = TerritoryRule()

    def contains(self, now: datetime) -> bool:
        """Tell whether `now` lies inside."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)

    def anywhere(self) -> Window:
        """Return the same span without its territory rule, for those who ask when something plays and not where."""
        return replace(self, territory=TerritoryRule())


@dataclass(frozen=True)
class Available:
    """May be played. `until` is the exclusive end, None when open."""

    until: datetime | None


@dataclass(frozen=True)
class NotYet:
    """Will be available from `starts_at`."""

    starts_at: datetime


@dataclass(frozen=True)
class Expired:
    """Was available until `ended_at`."""

    ended_at: datetime


@dataclass(frozen=True)
class GeoBlocked:
    """Available now, but not in the asking place."""


@dataclass(frozen=True)
class NeverAvailable:
    """No window was ever set: fails closed."""


Availability = Available | NotYet | Expired | GeoBlocked | NeverAvailable


def decide_availability(windows: Iterable[Window], now: datetime, territory: Territory | None) -> Availability:
    """Decide by every window that covers `now`; several windows may be disjoint or overlap.

    When several allow, the one that ends last counts. When none covers `now`, the next start is told
    before the last end, since it is what helps the viewer.
    """
    spans = list(windows)
    running = [window for window in spans if window.contains(now)]
    allowing = [window for window in running if window.territory.allows(territory)]
    if allowing:
        ends = [window.ends_at for window in allowing]
        return Available(until=None if None in ends else max(end for end in ends if end is not None))
    if running:
        return GeoBlocked()
    starts = [window.starts_at for window in spans if window.starts_at > now]
    if starts:
        return NotYet(min(starts))
    ended = [window.ends_at for window in spans if window.ends_at is not None]
    return Expired(max(ended)) if ended else NeverAvailable()
