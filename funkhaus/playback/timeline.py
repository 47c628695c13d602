"""Computes who could have played an item, when, and why not, from the playback rule over a span of time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.clock import EARLIEST
from funkhaus.kernel.viewer import Viewer
from funkhaus.playback.rules import Allowed, RefusalReason, decide_playback
from funkhaus.protection.rules import TABLE

if TYPE_CHECKING:
    from funkhaus.mediathek.rules.availability import Window
    from funkhaus.mediathek.selectors import Playable


@dataclass(frozen=True)
class Change:
    """A publication, withdrawal, take-down or decision at the aware moment `at`, and what held from then on.

    `who` is the user's name (empty: unknown); `windows` None: those of now, since nothing recorded them.
    `is_publication`: False for a take-down, a decision on the rating and a changed rule of availability, which have
    rows of their own among the acts.
    """

    at: datetime
    rating: AgeRating
    is_live: bool
    who: str
    windows: tuple[Window, ...] | None = None
    is_publication: bool = True


@dataclass(frozen=True)
class Span:
    """A span from `starts_at` until before `ends_at` with one answer; `reason` None: the item plays."""

    starts_at: datetime
    ends_at: datetime
    reason: RefusalReason | None

    @property
    def length(self) -> timedelta:
        """Return the duration of the span."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class Day:
    """A day of the broadcaster's calendar with its spans."""

    date: date
    spans: tuple[Span, ...]

    @property
    def open_share(self) -> float:
        """Return the part of the day, 0 to 1, in which the item plays."""
        whole = sum((span.length for span in self.spans), timedelta(0))
        return sum((span.length for span in self.spans if span.reason is None), timedelta(0)) / whole


def list_spans(
    item: Playable, changes: Sequence[Change], viewer: Viewer, start: datetime, end: datetime, zone: ZoneInfo
) -> tuple[Span, ...]:
    """Return the spans of equal answers, from the rule's answer at every moment at which it can change.

    Published state, rating and windows are those of the time, as in `changes` (oldest first); without any change the
    present ones hold.
    """
    moments = sorted({start, *_turns(item, changes, start, end, zone)})
    spans: list[Span] = []
    for moment, after in zip(moments, [*moments[1:], end], strict=True):
        answer = decide_playback(item_at(item, changes, moment), viewer, moment, zone)
        reason = None if isinstance(answer, Allowed) else answer.reason
        if spans and spans[-1].reason is reason:
            spans[-1] = replace(spans[-1], ends_at=after)
        else:
            spans.append(Span(moment, after, reason))
    return tuple(spans)


def list_days(
    item: Playable, changes: Sequence[Change], viewer: Viewer, days: Iterable[date], zone: ZoneInfo
) -> tuple[Day, ...]:
    """Return each day with its spans."""
    return tuple(
        Day(day, list_spans(item, changes, viewer, midnight(day, zone), midnight(day + timedelta(days=1), zone), zone))
        for day in days
    )


def item_at(item: Playable, changes: Sequence[Change], moment: datetime) -> Playable:
    """Return the item with the published state, rating and windows of that moment."""
    if not changes:
        return item
    past = [change for change in changes if change.at <= moment]
    if not past:
        return replace(item, is_live=False, has_been_published=False, is_taken_down=False)
    last = past[-1]  # a take-down is one of them
    item = replace(item, windows=item.windows if last.windows is None else last.windows, is_taken_down=False)
    return replace(item, rating=last.rating, is_live=last.is_live, has_been_published=True)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day of the zone's calendar begins, in UTC."""
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def _turns(
    item: Playable, changes: Sequence[Change], start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """Yield moments between start and end at which the answer can change: free hours, windows, changes."""
    edges = [EARLIEST, *(change.at for change in changes)]
    windows = [*item.windows, *(window for change in changes for window in change.windows or ())]
    edges += [edge for window in windows for edge in (window.starts_at, window.ends_at) if edge is not None]
    walls = {wall for row in TABLE.values() if row.hours for wall in (row.hours.opens, row.hours.closes)}
    day = start.astimezone(zone).date()
    while (first := midnight(day, zone)) < end:
        edges += [datetime.combine(day, wall, tzinfo=zone).astimezone(UTC) for wall in walls]
        day = (first.astimezone(zone) + timedelta(days=1)).date()
    yield from (edge for edge in edges if start < edge < end)
