"""Selectors of the news index and of a section's page."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.cms.queries.pagination import Cursor
from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.fronts.front import list_section_shelves, list_shelves
from funkhaus.newsroom.lists.stories import find_page, make_teasers
from funkhaus.newsroom.models import NewsIndexPage, SectionPage
from funkhaus.newsroom.template_data.article import IndexView, SectionView


def get_index_view(page: NewsIndexPage, now: datetime) -> IndexView:
    """Return the view of the news index: a shelf for each section."""
    description = page.search_description or _("All news of %(station)s, section by section") % {
        "station": settings.STATION
    }
    return IndexView(page.title, description, list_shelves(now, 6))


def get_section_view(page: SectionPage, after: Cursor | None, now: datetime) -> SectionView | None:
    """Return the view of a page of a section's list after the cursor; None where nothing follows it."""
    found = find_page(f"section:{page.pk}", now, after=after)
    if not found.rows and after:
        return None
    teasers = make_teasers(found.rows)
    leads = bool(teasers) and after is None
    return SectionView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        lead=teasers[0] if leads else None,
        teasers=teasers[1:] if leads else teasers,
        shelves=list_section_shelves(page, [found.rows[0].pk] if leads else [], now) if after is None else (),
        address=public_url(page.url_path),
        is_first=after is None,
        following=str(found.following or ""),
    )
