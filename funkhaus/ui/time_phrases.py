"""Formats durations and moments as text, in the active language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, npgettext, pgettext


def describe_length(seconds: float) -> str:
    """Return a duration as text: seconds below a minute and a half, then minutes, then hours and minutes."""
    total = round(seconds)
    if total < 90:
        return gettext("%(count)d sec") % {"count": total}
    minutes = round(total / 60)
    if minutes < 60:
        return gettext("%(count)d min") % {"count": minutes}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def iso_length(seconds: float) -> str:
    """Return a duration in ISO 8601."""
    return f"PT{round(seconds)}S"


def describe_moment(moment: datetime) -> str:
    """Return day and wall-clock time."""
    local = timezone.localtime(moment)
    return pgettext("moment: day, time", "%(day)s, %(time)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "TIME_FORMAT"),
    }


def describe_time(moment: datetime) -> str:
    """Return the wall-clock time alone."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def describe_day(moment: datetime) -> str:
    """Return the day alone."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def describe_weekday(day: date) -> str:
    """Return the day with its weekday; of a moment, in the active time zone."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return date_format(local, pgettext("date format: day with weekday", "l, j F Y"), use_l10n=False)


def describe_planned(moment: datetime) -> str:
    """Return weekday, day and time of a planned or recent moment.

    It is never «tomorrow» or «three days left»: caches and open windows keep a page past midnight.
    """
    return pgettext("moment: day, time", "%(day)s, %(time)s") % {
        "day": describe_weekday(moment),
        "time": describe_time(moment),
    }


def describe_end(end: datetime) -> str:
    """Return an exclusive end as people say it: midnight as the day before; any other end with its time."""
    if timezone.localtime(end).time() == time(0):
        return describe_weekday(end - timedelta(seconds=1))
    return describe_planned(end)


def describe_distance(moment: date, now: datetime) -> str:
    """Return how far a moment or day lies ahead or behind, in the largest unit of which there are at least two.

    For the editing pages alone: caches keep a public page, where it would become untrue.
    """
    if not isinstance(moment, datetime):
        return _describe_days((moment - timezone.localdate(now)).days)
    minutes = round((moment - now) / timedelta(minutes=1))
    if minutes == 0:
        return pgettext("distance", "now")
    if abs(minutes) < 120:
        return _lay(minutes, npgettext("distance", "%(count)d minute", "%(count)d minutes", abs(minutes)))
    hours = round(minutes / 60)
    if abs(hours) < 48:
        return _lay(hours, npgettext("distance", "%(count)d hour", "%(count)d hours", abs(hours)))
    return _describe_days(round(hours / 24))


def _describe_days(days: int) -> str:
    if days == 0:
        return pgettext("distance", "today")
    years = round(days / 365.25)
    if abs(years) >= 2:
        return _lay(years, npgettext("distance", "%(count)d year", "%(count)d years", abs(years)))
    return _lay(days, npgettext("distance", "%(count)d day", "%(count)d days", abs(days)))


def _lay(count: int, length: str) -> str:
    """Return a length as one ahead or behind."""
    said = length % {"count": abs(count)}
    return (pgettext("distance", "in %(length)s") if count > 0 else pgettext("distance", "%(length)s ago")) % {
        "length": said
    }
