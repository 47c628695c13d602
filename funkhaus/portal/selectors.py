"""The home page: news and Mediathek side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.mediathek.selectors import list_newest_videos
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.selectors import list_published, list_shelves, make_teasers
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
    newest = list(list_published()[: SECONDARY + 1])
    lead = next((row for row in newest if row.pk == page.lead_id), None) or _chosen(page) or next(iter(newest), None)
    secondary = [row for row in newest if lead and row.pk != lead.pk][:SECONDARY]
    top = make_teasers([*([lead] if lead else []), *secondary])
    return HomeView(
        description=page.search_description or _("News and Mediathek of %(station)s") % {"station": settings.STATION},
        lead=top[0] if top else None,
        secondary=top[1:],
        shelves=list_shelves(3, without=[row.pk for row in (lead, *secondary) if row]),
        videos=list_newest_videos(now, 4),
    )


def _chosen(page: HomePage) -> ArticlePage | None:
    if page.lead_id is None:
        return None
    found: ArticlePage | None = list_published().filter(pk=page.lead_id).first()
    return found
