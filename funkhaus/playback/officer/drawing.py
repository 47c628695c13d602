"""A day as a bar and a year as a calendar, as numbers for an SVG; the classes of the style sheet give the colors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from funkhaus.playback.timeline import Day, midnight
from funkhaus.protection.rules import TABLE

DAY_WIDTH = 960
CELL, GAP = 22, 3
HOURS = (0, 6, 12, 18)  # lines of every day; the hours at which a rating opens or closes come from the table


@dataclass(frozen=True)
class Bar:
    """A part of the day: left edge and width in units of the drawing, the class, words for it."""

    x: float
    width: float
    css: str
    title: str


@dataclass(frozen=True)
class Mark:
    """An hour's line with its label."""

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


def draw_day(day: Day, zone: ZoneInfo, words: Sequence[str]) -> tuple[tuple[Bar, ...], tuple[Mark, ...]]:
    """The bars of a day, one a span with its words, and the lines of the hours."""
    start = midnight(day.date, zone)
    whole = (midnight(day.date + timedelta(days=1), zone) - start).total_seconds()

    def place(moment: datetime) -> float:
        return round((moment - start).total_seconds() / whole * DAY_WIDTH, 1)

    bars = tuple(
        Bar(
            place(span.starts_at),
            round(place(span.ends_at) - place(span.starts_at), 1),
            "fh-open" if span.reason is None else "fh-locked" if span.reason.value == "age_locked" else "fh-closed",
            title,
        )
        for span, title in zip(day.spans, words, strict=True)
    )
    hours = (datetime.combine(day.date, wall, tzinfo=zone) for wall in _list_hours())
    return bars, tuple(Mark(place(hour), _name_hour(hour)) for hour in hours)


def _name_hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else f"{moment.hour}"


def _list_hours() -> list[time]:
    rated = {wall for row in TABLE.values() if row.hours for wall in (row.hours.opens, row.hours.closes)}
    return sorted(rated | {time(hour) for hour in HOURS})


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
