"""Lengths and moments in words, in the page's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext


def say_length(seconds: float) -> str:
    """A length to read: seconds below a minute and a half, then minutes, then hours and minutes."""
    total = round(seconds)
    if total < 90:
        return gettext("%(count)d sec") % {"count": total}
    minutes = round(total / 60)
    if minutes < 60:
        return gettext("%(count)d min") % {"count": minutes}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def iso_length(seconds: float) -> str:
    """A length as ISO 8601 duration, for machines."""
    return f"PT{round(seconds)}S"


def say_moment(moment: datetime) -> str:
    """Day and wall-clock time."""
    local = timezone.localtime(moment)
    return pgettext("moment: day, time", "%(day)s, %(time)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "TIME_FORMAT"),
    }


def say_time(moment: datetime) -> str:
    """The wall-clock time alone."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def say_day(moment: datetime) -> str:
    """The day alone."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def say_weekday(day: date) -> str:
    """The day with its weekday. In the page's time zone, if it is a moment."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return date_format(local, pgettext("date format: day with weekday", "l, j F Y"), use_l10n=False)


def say_planned(moment: datetime) -> str:
    """Something to come, or just gone, as people plan by it: weekday, day and time.

    Never «tomorrow» or «three days left»: caches and open windows keep a page past midnight.
    """
    return pgettext("moment: day, time", "%(day)s, %(time)s") % {"day": say_weekday(moment), "time": say_time(moment)}


def say_end(end: datetime) -> str:
    """An exclusive end as people say it: midnight is the day before; any other hour is named."""
    if timezone.localtime(end).time() == time(0):
        return say_weekday(end - timedelta(seconds=1))
    return say_planned(end)
