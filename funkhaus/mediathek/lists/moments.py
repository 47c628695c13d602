"""The next moment at which a list or page of the Mediathek changes by the clock."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from funkhaus.mediathek.lists.video_lists import LAST_CHANCE
from funkhaus.mediathek.models import AvailabilityWindow, Broadcast


def find_window_start(now: datetime) -> datetime | None:
    """Return when the next window opens."""
    return _first(AvailabilityWindow.objects.filter(starts_at__gt=now), "starts_at")


def find_window_end(now: datetime) -> datetime | None:
    """Return when the next window closes."""
    return _first(AvailabilityWindow.objects.filter(ends_at__gt=now), "ends_at")


def find_last_chance(now: datetime) -> datetime | None:
    """Return when the next window is so close to its end that its video joins the list of the last chance."""
    found = _first(AvailabilityWindow.objects.filter(ends_at__gt=now + LAST_CHANCE), "ends_at")
    return found and found - LAST_CHANCE


def find_broadcast(now: datetime) -> datetime | None:
    """Return when the next broadcast begins, and stands among what one may have missed."""
    return _first(Broadcast.objects.filter(starts_at__gt=now), "starts_at")


def _first(rows: QuerySet[AvailabilityWindow] | QuerySet[Broadcast], column: str) -> datetime | None:
    return rows.order_by(column).values_list(column, flat=True).first()


FINDERS = (find_window_start, find_window_end, find_last_chance, find_broadcast)
