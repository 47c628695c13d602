"""The warning of expiring videos, 30 days, 7 days and 1 day before their last window ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from funkhaus.mediathek.models import Video

STEPS = (1, 7, 30)  # days: the last one, a week, and the time that the extension of a contract takes
MOST = 30  # videos; more would fill the start page


@dataclass(frozen=True)
class EndingVideo:
    """An expiring video: its title, the URL of its edit page, the exclusive end."""

    title: str
    url: str
    ends_at: datetime


@dataclass(frozen=True)
class EndingStep:
    """The videos that expire within so many days, but not within the previous step."""

    days: int
    videos: tuple[EndingVideo, ...]


def list_ending(now: datetime) -> tuple[EndingStep, ...]:
    """Return the published videos whose last window ends within 30 days, soonest first, by step without empty ones."""
    rows = (
        Video.objects.filter(live=True)
        .exclude(windows__ends_at__isnull=True)
        .annotate(last_end=Max("windows__ends_at"))
        .filter(last_end__gt=now, last_end__lte=now + timedelta(days=STEPS[-1]))
        .order_by("last_end", "pk")[:MOST]
    )
    found: dict[int, list[EndingVideo]] = {step: [] for step in STEPS}
    for row in rows:
        step = next(days for days in STEPS if row.last_end <= now + timedelta(days=days))
        url = reverse("wagtailsnippets_mediathek_video:edit", args=[row.pk])
        found[step].append(EndingVideo(row.title, url, row.last_end))
    return tuple(EndingStep(days, tuple(videos)) for days, videos in found.items() if videos)


class EndingPanel(Component):
    """The warning on the start page of the editing interface."""

    name = "mediathek-ending"
    order = 90
    template_name = "mediathek/desk/ending.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the steps."""
        return {"steps": list_ending(timezone.now())}
