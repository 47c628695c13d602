"""Days, times and moments as Germans and English people type them: `01.12.2026 12:30`, `1. Dezember 2026, 12 Uhr`.

Both languages are read whatever the interface speaks. Numbers alone are day, month, year, or year, month, day. Two
digits of a year are of this century. What is left out is never filled in, and what does not exist is never moved.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from typing import Final

LONGEST: Final = 80  # characters; the longest sensible text has about 50
EARLIEST_YEAR, LATEST_YEAR = 1800, 2199  # photographs are not older, and other years are slips of the hand
_CENTURY: Final = 2000


class Misread(Enum):
    """The reasons why a text is no day, time or moment."""

    UNKNOWN_FORM = "unknown_form"
    NO_DAY = "no_day"
    NO_YEAR = "no_year"
    NO_TIME = "no_time"
    SURPLUS_TIME = "surplus_time"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    OTHER_WEEKDAY = "other_weekday"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    SKIPPED = "skipped"
    """The clocks are put forward over it."""
    TWICE = "twice"
    """The clocks are put back over it, and the text does not say which one is meant."""
    OTHER_ZONE = "other_zone"
    """The named time of the year (as MESZ) does not apply on that day."""


_MONTHS: Final = (
    "jan januar jänner january",
    "feb februar february",
    "mär märz mrz maerz mar march",
    "apr april",
    "mai may",
    "jun juni june",
    "jul juli july",
    "aug august",
    "sep sept september",
    "okt oktober oct october",
    "nov november",
    "dez dezember dec december",
)
_WEEKDAYS: Final = (
    "mo montag mon monday",
    "di dienstag tue tues tuesday",
    "mi mittwoch wed wednesday",
    "do donnerstag thu thur thurs thursday",
    "fr freitag fri friday",
    "sa samstag sonnabend sat saturday",
    "so sonntag sun sunday",
)
_MONTH: Final = {word: month for month, words in enumerate(_MONTHS, 1) for word in words.split()}
_WEEKDAY: Final = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}
_ZONES: Final = {"mez": "CET", "cet": "CET", "mesz": "CEST", "cest": "CEST", "gmt": "GMT", "bst": "BST"}

_LETTERS: Final = r"[a-zäöü]+"
_AFTER: Final = r"(?![0-9])"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9:])"  # «18» of «18:30» is none
_DATES: Final = (
    re.compile(rf"(?P<year>[0-9]{{4}})(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}}){_AFTER}"),
    re.compile(
        r"(?P<day>[0-9]{1,2}) ?(?P<sep>[./-]) ?(?P<month>[0-9]{1,2})"
        rf"(?: ?(?P=sep) ?{_YEAR}|\.)?(?![0-9./])"
    ),
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:\.|st|nd|rd|th)? ?(?:of )?(?P<name>{_LETTERS})\.?,?"
        rf"(?: {_YEAR})?"
    ),
    re.compile(
        rf"(?P<name>{_LETTERS})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_AFTER},?(?: (?P<year>[0-9]{{4}}){_AFTER})?"
    ),
)
_BETWEEN: Final = re.compile(r" ?(?:,|t|-|–)? ?(?:(?:um|at) )?")
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})"
    r"(?:[:.h] ?(?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,6}))?)?)?"
    r" ?(?P<unit>uhr(?: (?P<past>[0-9]{2}))?|h|am|pm|a\.m\.|p\.m\.)?"
    r" ?(?P<zone>z|utc|mez|cet|mesz|cest|gmt|bst|[+-][0-9]{2}:?[0-9]{2})?"
)
_WEEKDAY_FIRST: Final = re.compile(rf"(?P<name>{_LETTERS})(?:\.,|[.,])? ?(?=\S)")


@dataclass(frozen=True)
class _Clock:
    """A wall-clock time. `days` is 1 for 24:00; `zone` is empty, a name such as `cest`, or an offset as `+0200`."""

    time: time
    days: int = 0
    zone: str = ""


def read_day(text: str) -> date | Misread:
    """Return the day that a text says, or why it says none."""
    found = _read_day_and_rest(_tidy(text))
    if isinstance(found, Misread):
        return found
    day, rest = found
    if not rest:
        return day
    return Misread.UNKNOWN_FORM if _read_clock(_BETWEEN.sub("", rest, count=1)) is None else Misread.SURPLUS_TIME


def read_time(text: str) -> time | Misread:
    """Return the wall-clock time that a text says, or why it says none. `24:00` needs a day and is none."""
    clock = _read_clock(_tidy(text))
    if clock is None or isinstance(clock, Misread):
        return clock or Misread.UNKNOWN_FORM
    if clock.zone:
        return Misread.UNKNOWN_FORM
    return Misread.NO_SUCH_TIME if clock.days else clock.time


def read_moment(text: str, zone: tzinfo, *, needs_time: bool = True) -> datetime | Misread:
    """Return the moment, in UTC, that a text says in `zone`, or why it says none.

    Where the clocks are put back, the text has to name the time of the year (`MESZ`, `MEZ`, `CEST`, `CET`). Without
    `needs_time` a day alone is its first moment.
    """
    tidy = _tidy(text)
    if tidy and isinstance(_read_clock(tidy), _Clock):
        return Misread.NO_DAY
    found = _read_day_and_rest(tidy)
    if isinstance(found, Misread):
        return found
    day, rest = found
    if not rest:
        return Misread.NO_TIME if needs_time else _place(day, _Clock(time(0)), zone)
    clock = _read_clock(_BETWEEN.sub("", rest, count=1))
    if clock is None or isinstance(clock, Misread):
        return clock or Misread.UNKNOWN_FORM
    return _place(day, clock, zone)


def is_twice(moment: datetime, zone: tzinfo) -> bool:
    """Return whether the wall clock in `zone` shows this aware moment's time a second time, before or after."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def _tidy(text: str) -> str:
    """Return the text in small letters with single spaces; empty where it is longer than any that is read."""
    if len(text) > LONGEST:
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _read_day_and_rest(tidy: str) -> tuple[date, str] | Misread:
    weekday, tidy = _split_weekday(tidy)
    for form in _DATES:
        found = form.match(tidy)
        parts = found.groupdict() if found else {}
        month = _MONTH.get(parts["name"]) if "name" in parts else int(parts.get("month", 0))
        if found is None or month is None:
            continue
        day = _make_day(parts["year"], month, int(parts["day"]))
        if isinstance(day, date) and weekday not in {None, day.weekday()}:
            return Misread.OTHER_WEEKDAY
        return day if isinstance(day, Misread) else (day, tidy[found.end() :].strip())
    return Misread.UNKNOWN_FORM


def _split_weekday(tidy: str) -> tuple[int | None, str]:
    found = _WEEKDAY_FIRST.match(tidy)
    if found is None or found["name"] not in _WEEKDAY:
        return None, tidy
    return _WEEKDAY[found["name"]], tidy[found.end() :]


def _make_day(year: str | None, month: int, day: int) -> date | Misread:
    if year is None:
        return Misread.NO_YEAR
    full = int(year) + (_CENTURY if len(year) == 2 else 0)
    if not EARLIEST_YEAR <= full <= LATEST_YEAR:
        return Misread.YEAR_OUT_OF_RANGE
    try:
        return date(full, month, day)
    except ValueError:
        return Misread.NO_SUCH_DAY


def _read_clock(tidy: str) -> _Clock | Misread | None:
    """Return the time that the whole text says; None where it has no form of a time."""
    found = _TIME.fullmatch(tidy)
    if found is None or not (found["minute"] or found["unit"]) or (found["minute"] and found["past"]):
        return None
    hour = _count_hours(int(found["hour"]), found["unit"] or "")
    minute, second = (int(part or 0) for part in (found["minute"] or found["past"], found["second"]))
    zone = found["zone"] or ""
    if hour == 24 and not (minute or second):
        return _Clock(time(0), days=1, zone=zone)
    try:
        return _Clock(time(hour, minute, second, int((found["fraction"] or "0").ljust(6, "0"))), zone=zone)
    except ValueError:
        return Misread.NO_SUCH_TIME


def _count_hours(hour: int, unit: str) -> int:
    """Return the hour on a 24-hour clock; -1 for one that a 12-hour clock does not have."""
    if unit[:1] not in {"a", "p"}:
        return hour
    return hour % 12 + (12 if unit[0] == "p" else 0) if 1 <= hour <= 12 else -1


def _place(day: date, clock: _Clock, zone: tzinfo) -> datetime | Misread:
    wall = datetime.combine(day, clock.time) + timedelta(days=clock.days)
    offset = _read_offset(clock.zone)
    if isinstance(offset, Misread):
        return offset
    if offset is not None:
        return wall.replace(tzinfo=offset).astimezone(UTC)
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    found = [moment for moment in both if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall]
    if not found:
        return Misread.SKIPPED
    if clock.zone:
        found = [moment for moment in found if moment.tzname() == _ZONES[clock.zone]]
    if not found:
        return Misread.OTHER_ZONE
    return Misread.TWICE if found[0].utcoffset() != found[-1].utcoffset() else found[0].astimezone(UTC)


def _read_offset(zone: str) -> tzinfo | Misread | None:
    """Return the fixed offset that a text names; None where it names none."""
    if zone in {"z", "utc"}:
        return UTC
    if zone[:1] not in {"+", "-"}:
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    if minutes >= 24 * 60:
        return Misread.NO_SUCH_TIME
    return timezone(timedelta(minutes=minutes if zone[0] == "+" else -minutes))
