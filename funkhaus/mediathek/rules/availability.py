"""Rules of availability: they decide by windows, territory and moment whether an item may be played. Pure."""

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
        """Return True if `now` lies in the span."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)

    def anywhere(self) -> Window:
        """Return the same span without its territory rule, for decisions about time alone."""
        return replace(self, territory=TerritoryRule())


@dataclass(frozen=True)
class Available:
    """The item may be played; `until` is the exclusive end, None for an open one."""

    until: datetime | None


@dataclass(frozen=True)
class NotYet:
    """The item becomes available at `starts_at`."""

    starts_at: datetime


@dataclass(frozen=True)
class Expired:
    """The item was available until `ended_at`."""

    ended_at: datetime


@dataclass(frozen=True)
class GeoBlocked:
    """The item is available now, but not in the viewer's territory."""


@dataclass(frozen=True)
class NeverAvailable:
    """The item has no window, so that it may not be played."""


Availability = Available | NotYet | Expired | GeoBlocked | NeverAvailable


def decide_availability(windows: Iterable[Window], now: datetime, territory: Territory | None) -> Availability:
    """Decide by all windows that contain `now`; they may be disjoint or overlap.

    Of several that allow playback the latest end counts. When none contains `now`, the next start takes precedence over
    the last end, since it helps the viewer more. `territory` None: unknown.
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
