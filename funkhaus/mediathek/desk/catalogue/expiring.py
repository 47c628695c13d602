"""What will soon be gone: the editors are warned 30 days, 7 days and 1 day before the last window ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from funkhaus.mediathek.models import Video

STEPS = (1, 7, 30)  # days (R2.3)
MOST = 30


@dataclass(frozen=True)
class EndingVideo:
    """A video that ends: its title, the edit page, the exclusive end."""

    title: str
    url: str
    ends_at: datetime


@dataclass(frozen=True)
class EndingStep:
    """Videos that end within so many days, and not within the step before."""

    days: int
    videos: tuple[EndingVideo, ...]


def list_ending(now: datetime) -> tuple[EndingStep, ...]:
    """Published videos whose last window ends within 30 days, the nearest first, by step; empty steps are left out."""
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
    """The warning on the first editing page."""

    name = "mediathek-ending"
    order = 90
    template_name = "mediathek/desk/ending.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """The steps."""
        return {"steps": list_ending(timezone.now())}
