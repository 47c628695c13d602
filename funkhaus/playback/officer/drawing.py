"""A day as a bar and a year as a calendar, as numbers for an SVG; the classes of the style sheet give the colors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from funkhaus.playback.timeline import Day, midnight

DAY_WIDTH = 960
CELL, GAP = 22, 3
HOURS = (0, 6, 12, 18, 22, 23)


@dataclass(frozen=True)
class Bar:
    """A part of the day: left edge and width in units of the drawing, the class, words for it."""

    x: float
    width: float
    css: str
    title: str


@dataclass(frozen=True)
class TimelineMark:
    """A line with its label: of an hour, or of an act."""

    x: float
    label: str


@dataclass(frozen=True)
class Cell:
    """A day of the calendar: its place, the class, its address and words for it."""

    x: int
    y: int
    css: str
    title: str
    url: str


def draw_day(day: Day, zone: ZoneInfo, words: Sequence[str]) -> tuple[tuple[Bar, ...], tuple[TimelineMark, ...]]:
    """The bars of a day, one a span with its words, and the lines of the hours."""
    bars = tuple(
        Bar(
            _find_x(day, zone, span.starts_at),
            round(_find_x(day, zone, span.ends_at) - _find_x(day, zone, span.starts_at), 1),
            "fh-open" if span.reason is None else "fh-locked" if span.reason.value == "age_locked" else "fh-closed",
            title,
        )
        for span, title in zip(day.spans, words, strict=True)
    )
    hours = (datetime(day.date.year, day.date.month, day.date.day, hour, tzinfo=zone) for hour in HOURS)
    return bars, tuple(TimelineMark(_find_x(day, zone, hour), f"{hour.hour}") for hour in hours)


def draw_acts(day: Day, zone: ZoneInfo, acts: Sequence[tuple[datetime, str]]) -> tuple[TimelineMark, ...]:
    """A line across the bar for each act of the day, with its words."""
    return tuple(TimelineMark(_find_x(day, zone, at), words) for at, words in acts)


def _find_x(day: Day, zone: ZoneInfo, moment: datetime) -> float:
    """Where a moment of the day lies in the drawing."""
    start = midnight(day.date, zone)
    whole = (midnight(day.date + timedelta(days=1), zone) - start).total_seconds()
    return round((moment - start).total_seconds() / whole * DAY_WIDTH, 1)


def draw_year(days: Sequence[Day], titles: Sequence[str], urls: Sequence[str]) -> tuple[Cell, ...]:
    """Twelve rows, one a month, with a cell for each day."""
    cells = []
    for day, title, url in zip(days, titles, urls, strict=True):
        share = day.open_share
        css = "fh-open" if share == 1 else "fh-closed" if share == 0 else "fh-locked"
        step = CELL + GAP
        cells.append(Cell((day.date.day - 1) * step, (day.date.month - 1) * step, css, title, url))
    return tuple(cells)


def count_shares(days: Sequence[Day]) -> dict[str, int]:
    """How many days it plays all day, for a part of it, and not at all."""
    shares = sorted("whole" if day.open_share == 1 else "none" if day.open_share == 0 else "part" for day in days)
    return {"whole": 0, "part": 0, "none": 0} | {name: len(list(group)) for name, group in groupby(shares)}


def days_of_year(year: int) -> list[date]:
    """Every date of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
