"""The home page: news and Mediathek side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.mediathek.selectors import list_newest_videos
from funkhaus.newsroom.selectors import get_front
from funkhaus.portal.models import HomePage
from funkhaus.ui.components import Shelf, Teaser, VideoCard

SECONDARY = 3


@dataclass(frozen=True)
class HomeView:
    """The first page."""

    description: str
    lead: Teaser | None
    secondary: tuple[Teaser, ...]
    shelves: tuple[Shelf, ...]
    videos: tuple[VideoCard, ...]


def get_home_view(page: HomePage, now: datetime) -> HomeView:
    """Compose the home page: the chosen or newest lead, the next newest, each section's newest, videos."""
    front = get_front(page.lead_id, now, beside=SECONDARY, per_section=3)
    return HomeView(
        description=page.search_description or _("News and Mediathek of %(station)s") % {"station": settings.STATION},
        lead=front.lead,
        secondary=front.beside,
        shelves=front.shelves,
        videos=list_newest_videos(now, 8),
    )
