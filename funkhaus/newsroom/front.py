"""The home page's news, and the shelves of section pages: what editors arranged, else what arranges itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.cms.structure import public_url
from funkhaus.mediathek.selectors import find_videos, list_picture_keys, make_card
from funkhaus.newsroom.article_view import Front
from funkhaus.newsroom.listing import as_rows, list_published, make_teaser, make_teasers
from funkhaus.newsroom.models import SectionPage
from funkhaus.newsroom.shelf_plans import Plan, list_plans
from funkhaus.newsroom.shelves import choose_refs, find_stories, find_things, load_pictures, make_shelves
from funkhaus.ui.components import Shelf, Teaser

INDEX_CAP = 200
NEW_VIDEOS = 8

Groups = list[tuple[SectionPage, list[Any]]]


def get_front(lead_id: int | None, now: datetime, *, beside: int, per_section: int) -> Front:
    """Return the home page's news: the chosen or newest lead, the next newest, the shelves (at most six queries)."""
    plans = list_plans(None, now)
    if plans:
        return _get_curated(plans, lead_id, now, beside)
    return _get_automatic(lead_id, now, beside, per_section)


def _get_curated(plans: tuple[Plan, ...], lead_id: int | None, now: datetime, beside: int) -> Front:
    newest = list(as_rows(list_published(now))[: beside + 1])
    top = [lead_id] if lead_id else []
    above = [("story", key) for key in (*top, *(row.pk for row in newest))][: beside + 2]
    chosen = choose_refs(plans, above)
    finds = find_things({*above[:1], *(ref for refs in chosen.values() for ref in refs)}, now)
    lead = finds.stories.get(lead_id or 0) or (newest[0] if newest else None)
    shown = _stack(lead, newest, beside)
    images = load_pictures([*finds.list_pictures(), *(row.picture_id for row in shown if row.picture_id)])
    first = tuple(make_teaser(row, images) for row in shown)
    return Front(first[0] if first else None, first[1:], make_shelves(plans, chosen, finds, images))


def _stack(lead: Any, rows: Iterable[Any], beside: int) -> list[Any]:
    return [lead, *[row for row in rows if row.pk != lead.pk][:beside]] if lead else []


def _get_automatic(lead_id: int | None, now: datetime, beside: int, per_section: int) -> Front:
    rows = list(as_rows(list_published(now))[:INDEX_CAP])
    lead = next((row for row in rows if row.pk == lead_id), None)
    if lead is None and lead_id is not None:
        lead = find_stories({lead_id}, now).get(lead_id)
    top = _stack(lead or (rows[0] if rows else None), rows, beside)
    below = {row.pk for row in top}
    groups = _group(_list_sections(), [row for row in rows if row.pk not in below], per_section)
    shown = [*top, *(row for _section, group in groups for row in group)]
    videos, _more = find_videos("new", now, limit=NEW_VIDEOS)
    images = load_pictures([row.picture_id for row in shown if row.picture_id] + list_picture_keys(videos))
    teasers = {row.pk: make_teaser(row, images) for row in shown}
    first = tuple(teasers[row.pk] for row in top)
    cards = tuple(make_card(video, images) for video in videos)
    screen = Shelf(_("New in the Mediathek"), reverse("mediathek:new-list"), cards, "mediathek", lang="")
    shelves = (*([screen] if cards else []), *_make_shelves(groups, teasers))
    return Front(first[0] if first else None, first[1:], shelves)


def list_section_shelves(page: SectionPage, above: Iterable[int], now: datetime) -> tuple[Shelf, ...]:
    """The shelves that editors arranged on a section's page, without the stories `above` (at most five queries)."""
    plans = list_plans(page.pk, now)
    if not plans:
        return ()
    chosen = choose_refs(plans, [("story", key) for key in above])
    finds = find_things({ref for refs in chosen.values() for ref in refs}, now)
    return make_shelves(plans, chosen, finds, load_pictures(finds.list_pictures()))


def list_shelves(now: datetime, limit: int) -> tuple[Shelf, ...]:
    """Return every section with its newest stories (three queries)."""
    groups = _group(_list_sections(), list(as_rows(list_published(now))[:INDEX_CAP]), limit)
    shown = [row for _section, group in groups for row in group]
    return _make_shelves(groups, dict(zip((row.pk for row in shown), make_teasers(shown), strict=True)))


def _list_sections() -> list[SectionPage]:
    return list(SectionPage.objects.live().order_by("path").only("title", "url_path", "path", "depth"))


def _group(sections: Iterable[SectionPage], rows: Iterable[Any], limit: int) -> Groups:
    """Each section that has stories, with its first `limit` of `rows`."""
    stories = list(rows)
    groups = [(one, [row for row in stories if row.path.startswith(one.path)][:limit]) for one in sections]
    return [(section, group) for section, group in groups if group]


def _make_shelves(groups: Groups, teasers: Mapping[int, Teaser]) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(
            section.title,
            public_url(section.url_path),
            tuple(teasers[row.pk] for row in group),
            f"ressort-{section.pk}",
        )
        for section, group in groups
    )
