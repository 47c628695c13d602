"""Selectors of the home page's news and of section pages' shelves: arranged by editors, else made automatically."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.cms.queries.aggregates import collect, read_collected
from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.cms.site_tree import public_url
from funkhaus.mediathek.selectors import find_videos, list_picture_keys, make_card
from funkhaus.newsroom.fronts.shelf_plans import ShelfPlan, list_plans
from funkhaus.newsroom.fronts.shelves import choose_refs, find_things, load_pictures, make_shelves
from funkhaus.newsroom.lists.stories import (
    FIRST,
    find_newest,
    find_pages,
    make_teaser,
    make_teasers,
    select_story_entries,
)
from funkhaus.newsroom.models import SectionPage
from funkhaus.newsroom.template_data.article import Front
from funkhaus.ui.components import ShelfView, Teaser

NEW_VIDEOS = 8


class Section(NamedTuple):
    """A section with its newest stories: their sort values and keys."""

    pk: int
    title: str
    url_path: str
    is_live: bool
    newest: list[tuple[int, int]]


Groups = list[tuple[Section, list[Any]]]


def get_front(lead_id: int | None, now: datetime, *, beside: int, per_section: int) -> Front:
    """Return the home page's news: the chosen or newest lead, the next newest, the shelves (at most six queries)."""
    plans = list_plans(None, now)
    if plans:
        return _get_curated(plans, lead_id, now, beside)
    return _get_automatic(lead_id, now, beside, per_section)


def _get_curated(plans: tuple[ShelfPlan, ...], lead_id: int | None, now: datetime, beside: int) -> Front:
    newest = find_newest(now, beside + 1)
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
    sections = _list_sections(now)
    newest = [key for _at, key in sorted((at for one in sections for at in one.newest), reverse=True)][: beside + 1]
    below = _choose(sections, {lead_id, *newest[:beside]}, per_section + 1)
    rows = find_pages(
        {*newest, *([lead_id] if lead_id else []), *(key for keys in below.values() for key in keys)}, now
    )
    found = [rows[key] for key in newest if key in rows]
    top = _stack(rows.get(lead_id or 0) or (found[0] if found else None), found, beside)
    rest = {key: row for key, row in rows.items() if row not in top}
    groups = _group(sections, below, rest, per_section)
    shown = [*top, *(row for _section, group in groups for row in group)]
    videos, _more = find_videos("new", now, limit=NEW_VIDEOS)
    images = load_pictures([row.picture_id for row in shown if row.picture_id] + list_picture_keys(videos))
    teasers = {row.pk: make_teaser(row, images) for row in shown}
    first = tuple(teasers[row.pk] for row in top)
    cards = tuple(make_card(video, images) for video in videos)
    screen = ShelfView(_("New in the Mediathek"), reverse("mediathek:new-list"), cards, "mediathek", lang="")
    shelves = (*([screen] if cards else []), *_make_shelves(groups, teasers))
    return Front(first[0] if first else None, first[1:], shelves)


def list_section_shelves(page: SectionPage, above: Iterable[int], now: datetime) -> tuple[ShelfView, ...]:
    """Return the shelves that editors arranged on a section's page, without the stories `above` (at most 5 queries)."""
    plans = list_plans(page.pk, now)
    if not plans:
        return ()
    chosen = choose_refs(plans, [("story", key) for key in above])
    finds = find_things({ref for refs in chosen.values() for ref in refs}, now)
    return make_shelves(plans, chosen, finds, load_pictures(finds.list_pictures()))


def list_shelves(now: datetime, limit: int) -> tuple[ShelfView, ...]:
    """Return every section with its newest stories (three queries)."""
    sections = _list_sections(now)
    below = _choose(sections, set(), limit)
    groups = _group(sections, below, find_pages({key for keys in below.values() for key in keys}, now), limit)
    shown = [row for _section, group in groups for row in group]
    return _make_shelves(groups, dict(zip((row.pk for row in shown), make_teasers(shown), strict=True)))


def _list_sections(now: datetime) -> list[Section]:
    rows = sorted(_SECTIONS.run(now))  # by path, in Python: the database would scan all pages
    return [Section._make((*facts, read_collected(newest))) for _path, *facts, newest in rows]


def _select_sections(now: datetime) -> QuerySet[Any, Any]:
    """Return all sections, since stories at the top may be from one without a page of its own."""
    key = Concat(Value("section:"), Cast(OuterRef(OuterRef("pk")), CharField()))
    newest = collect(select_story_entries(key, now), "page_id", FIRST)
    names = ("path", "pk", "title", "url_path", "live")
    return SectionPage.objects.order_by().annotate(newest=newest).values_list(*names, "newest")


_SECTIONS = PreparedQuery(_select_sections)


def _choose(sections: Iterable[Section], above: Collection[int | None], count: int) -> dict[int, list[int]]:
    """Return the story keys for the shelf of each section: its newest, without those that the page shows above."""
    return {one.pk: [key for _at, key in one.newest if key not in above][:count] for one in sections if one.is_live}


def _group(sections: Iterable[Section], keys: Mapping[int, list[int]], rows: Mapping[int, Any], count: int) -> Groups:
    """Return each section that has stories, with its first `count` of `rows`."""
    groups = [(one, [rows[key] for key in keys.get(one.pk, ()) if key in rows][:count]) for one in sections]
    return [(section, group) for section, group in groups if group]


def _make_shelves(groups: Groups, teasers: Mapping[int, Teaser]) -> tuple[ShelfView, ...]:
    return tuple(
        ShelfView(
            section.title,
            public_url(section.url_path),
            tuple(teasers[row.pk] for row in group),
            f"ressort-{section.pk}",
        )
        for section, group in groups
    )
