"""Computes a day as a bar and a year as a calendar, in the units of an SVG; the style sheet gives the colors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from funkhaus.playback.timeline import Day, midnight
from funkhaus.protection.rules import TABLE

DAY_WIDTH = 960  # units of the drawing: 40 an hour
CELL, GAP = 22, 3  # units of the drawing
HOURS = (0, 6, 12, 18)  # lines of every day; the hours at which a rating opens or closes come from the table


@dataclass(frozen=True)
class Bar:
    """A part of the day: left edge and width in the drawing's units, CSS class, text."""

    x: float
    width: float
    css: str
    title: str


@dataclass(frozen=True)
class TimelineMark:
    """A line with its label, for an hour or an act."""

    x: float
    label: str


@dataclass(frozen=True)
class Cell:
    """A day of the calendar: position, CSS class, address and text."""

    x: int
    y: int
    css: str
    title: str
    url: str


def draw_day(day: Day, zone: ZoneInfo, words: Sequence[str]) -> tuple[tuple[Bar, ...], tuple[TimelineMark, ...]]:
    """Return the bars of a day, one per span with its text, and the lines of the hours."""
    bars = tuple(
        Bar(
            _find_x(day, zone, span.starts_at),
            round(_find_x(day, zone, span.ends_at) - _find_x(day, zone, span.starts_at), 1),
            "fh-open" if span.reason is None else "fh-locked" if span.reason.value == "age_locked" else "fh-closed",
            title,
        )
        for span, title in zip(day.spans, words, strict=True)
    )
    hours = (datetime.combine(day.date, wall, tzinfo=zone) for wall in _list_hours())
    return bars, tuple(TimelineMark(_find_x(day, zone, hour), _name_hour(hour)) for hour in hours)


def _name_hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else f"{moment.hour}"


def _list_hours() -> list[time]:
    rated = {wall for row in TABLE.values() if row.hours for wall in (row.hours.opens, row.hours.closes)}
    return sorted(rated | {time(hour) for hour in HOURS})


def draw_acts(day: Day, zone: ZoneInfo, acts: Sequence[tuple[datetime, str]]) -> tuple[TimelineMark, ...]:
    """Return a line across the bar for each act of the day, with its text."""
    return tuple(TimelineMark(_find_x(day, zone, at), words) for at, words in acts)


def _find_x(day: Day, zone: ZoneInfo, moment: datetime) -> float:
    """Return the horizontal position of a moment of the day, in the drawing's units."""
    start = midnight(day.date, zone)
    whole = (midnight(day.date + timedelta(days=1), zone) - start).total_seconds()
    return round((moment - start).total_seconds() / whole * DAY_WIDTH, 1)


def draw_year(days: Sequence[Day], titles: Sequence[str], urls: Sequence[str]) -> tuple[Cell, ...]:
    """Return a cell for each day, in twelve rows, one per month."""
    cells = []
    for day, title, url in zip(days, titles, urls, strict=True):
        share = day.open_share
        css = "fh-open" if share == 1 else "fh-closed" if share == 0 else "fh-locked"
        step = CELL + GAP
        cells.append(Cell((day.date.day - 1) * step, (day.date.month - 1) * step, css, title, url))
    return tuple(cells)


def count_shares(days: Sequence[Day]) -> dict[str, int]:
    """Return the numbers of days on which the item plays all day (`whole`), in part (`part`), and never (`none`)."""
    shares = sorted("whole" if day.open_share == 1 else "none" if day.open_share == 0 else "part" for day in days)
    return {"whole": 0, "part": 0, "none": 0} | {name: len(list(group)) for name, group in groupby(shares)}


def days_of_year(year: int) -> list[date]:
    """Return every date of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
