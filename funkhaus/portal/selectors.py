"""The selector of the home page: news and Mediathek."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from funkhaus.newsroom.selectors import get_front
from funkhaus.portal.models import HomePage
from funkhaus.portal.theme_files import find_look
from funkhaus.ui.components import ShelfView, Teaser
from funkhaus.ui.json_ld import describe_station, to_json_ld

SECONDARY = 3


@dataclass(frozen=True)
class HomeView:
    """The view of the home page."""

    description: str
    lead: Teaser | None
    secondary: tuple[Teaser, ...]
    shelves: tuple[ShelfView, ...]
    structured: SafeString


def get_home_view(page: HomePage, now: datetime) -> HomeView:
    """Return the home page: the chosen or newest lead, the next newest stories, and arranged or automatic shelves."""
    front = get_front(page.lead_id, now, beside=SECONDARY, per_section=3)
    return HomeView(
        description=page.search_description or _("News and Mediathek of %(station)s") % {"station": settings.STATION},
        lead=front.lead,
        secondary=front.beside,
        shelves=front.shelves,
        structured=_describe_site(),
    )


def _describe_site() -> SafeString:
    """Return the structured data of the site and its publisher (schema.org)."""
    station = describe_station() | {
        "logo": settings.PUBLIC_URL + static(find_look(settings.LOOK_ROOT).logo or "ui/favicon.svg"),
        "correctionsPolicy": settings.PUBLIC_URL + reverse("newsroom:correction-list"),
    }
    site = {"@type": "WebSite", "name": settings.STATION, "url": f"{settings.PUBLIC_URL}/", "publisher": station}
    return to_json_ld(site)
