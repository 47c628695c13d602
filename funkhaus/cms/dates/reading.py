"""Texts of date fields: how a value is written in a field, and what was understood of a text, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.kernel.typed_dates import Misread, is_twice, read_day, read_moment, read_time
from funkhaus.ui.time_phrases import describe_distance, describe_planned, describe_weekday

Value = date | datetime | time
DAY, TIME, MOMENT, MOMENT_OR_DAY = KINDS = ("day", "time", "moment", "moment_or_day")


@dataclass(frozen=True)
class Reading:
    """The reading of a text: it is in words or an error, as the field writes it, and in ISO 8601 for a picker."""

    said: str = ""
    error: str = ""
    written: str = ""
    iso: str = ""


def read(text: str, kind: str) -> Value | Misread:
    """Return the value that a text says in the active time zone, or why it says none."""
    zone = timezone.get_current_timezone()
    if kind == DAY:
        return read_day(text)
    if kind == TIME:
        return read_time(text)
    return read_moment(text, zone, needs_time=kind == MOMENT)


def get_reading(text: str, kind: str, now: datetime) -> Reading:
    """Return what was understood of a text; nothing at all of an empty one."""
    if not text.strip():
        return Reading()
    value = read(text, kind)
    if isinstance(value, Misread):
        return Reading(error=describe_misread(value, kind))
    return Reading(said=describe_value(value, now), written=write(value), iso=_write_iso(value))


def write(value: Value) -> str:
    """Return a value as a field shows it, which is read as the same value again."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(local, pgettext("date format: field", "j M Y, H:i"), use_l10n=False) + _name_zone(value)
    if isinstance(value, date):
        return date_format(value, pgettext("date format: field", "j M Y"), use_l10n=False)
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _write_iso(value: Value) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    return value.strftime("%H:%M") if isinstance(value, time) else value.isoformat()


def _name_zone(value: datetime) -> str:
    """Return the name of the time of the year where the wall clock shows this moment's time twice."""
    if timezone.is_naive(value) or not is_twice(value, timezone.get_current_timezone()):
        return ""
    name = timezone.localtime(value).tzname() or ""
    words = {"CEST": pgettext("time zone", "CEST"), "CET": pgettext("time zone", "CET")}
    return f" {words.get(name, name)}"


def describe_value(value: Value, now: datetime) -> str:
    """Return a value in words, with its distance from now: «Tuesday, 1 December 2026, 12:30, in 26 hours»."""
    if isinstance(value, datetime):
        parts = [describe_planned(value) + _name_zone(value), describe_distance(value, now)]
        zone = timezone.get_current_timezone_name()
        return ", ".join(parts) + (f" ({zone})" if zone != settings.TIME_ZONE else "")
    if isinstance(value, date):
        return f"{describe_weekday(value)}, {describe_distance(value, now)}"
    return pgettext("moment: time of day", "%(time)s") % {"time": time_format(value, "TIME_FORMAT")}


def describe_misread(reason: Misread, kind: str) -> str:
    """Return the reason in words, with what to write instead."""
    if reason is Misread.UNKNOWN_FORM:
        return _EXAMPLES[kind]()
    return _REASONS[reason]()


_EXAMPLES: dict[str, Callable[[], str]] = {
    DAY: lambda: _("This was not understood. Write the day like “01.12.2026” or “1 December 2026”."),
    TIME: lambda: _("This was not understood. Write the time like “12:30”."),
    MOMENT: lambda: _("This was not understood. Write it like “01.12.2026 12:30” or “1 December 2026, 12:30”."),
    MOMENT_OR_DAY: lambda: _("This was not understood. Write the day like “01.12.2026” or “1 December 2026”."),
}
_REASONS: dict[Misread, Callable[[], str]] = {
    Misread.NO_DAY: lambda: _("The day is missing. Write it like “01.12.2026 12:30”."),
    Misread.NO_YEAR: lambda: _("The year is missing. Write the day like “01.12.2026”."),
    Misread.NO_TIME: lambda: _("The time is missing. Write it like “01.12.2026 12:30”."),
    Misread.SURPLUS_TIME: lambda: _("Only the day belongs here, without a time."),
    Misread.NO_SUCH_DAY: lambda: _("There is no such day. The day stands before the month."),
    Misread.NO_SUCH_TIME: lambda: _("There is no such time."),
    Misread.OTHER_WEEKDAY: lambda: _("The weekday does not fit the day."),
    Misread.YEAR_OUT_OF_RANGE: lambda: _("This year cannot be meant."),
    Misread.SKIPPED: lambda: _("There is no such time on this day: the clocks are put forward over it."),
    Misread.TWICE: lambda: _(
        "This time comes twice on this day, since the clocks are put back. Add “CEST” for the first or “CET” for the "
        "second."
    ),
    Misread.OTHER_ZONE: lambda: _("The named time zone does not apply on this day."),
}


def describe_past(value: Value, now: datetime) -> str:
    """Return the refusal of a value that would have to lie ahead."""
    return _("This lies in the past (%(said)s).") % {"said": describe_value(value, now)}
