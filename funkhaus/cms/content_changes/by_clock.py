"""The moments at which pages change though nothing is stored: an embargo or a window that begins or ends, midnight.

Each package registers how it finds the next of its moments, along an index.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

FindMoment = Callable[[datetime], datetime | None]
_finders: list[FindMoment] = []


def register_moments(*finders: FindMoment) -> None:
    """Register functions that return the first moment after the given one at which pages change, or None."""
    _finders.extend(one for one in finders if one not in _finders)


def find_next_moment(now: datetime) -> datetime:
    """Return the first moment after `now` at which some page changes by the clock; midnight at the latest."""
    found = [moment for finder in _finders if (moment := finder(now)) is not None]
    return min([*found, _find_midnight(now)])


def _find_midnight(now: datetime) -> datetime:
    """Return the next midnight of the broadcaster: «today» and «tomorrow» are other days then."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
