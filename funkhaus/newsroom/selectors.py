"""What the public sees of the newsroom: one call per page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.cms.pictures import Shape
from funkhaus.cms.structure import note_privacy, public_url
from funkhaus.newsroom.article_view import ArticleView, Front, IndexView, SectionView
from funkhaus.newsroom.body import build_body, collect_material
from funkhaus.newsroom.bylines import list_authors, list_topics, note_belongings
from funkhaus.newsroom.corrections import (
    CorrectionNote,
    list_for_video,
    make_notes,
    read_stored,
    stored_corrections,
)
from funkhaus.newsroom.describing import describe_article, describe_correction
from funkhaus.newsroom.gathering import get_author_view, get_standing_view, get_topic_view
from funkhaus.newsroom.gone import Gone, explain_address, explain_page
from funkhaus.newsroom.listing import PAGE_SIZE, list_published, make_teasers
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, SectionPage
from funkhaus.newsroom.sampling import build_samples, find_sample_material
from funkhaus.newsroom.visibility import note_withdrawal, standing_of
from funkhaus.ui.components import Shelf, Teaser
from funkhaus.ui.structured import to_json_ld

__all__ = [
    "Gone",
    "build_samples",
    "describe_correction",
    "explain_address",
    "explain_page",
    "find_article",
    "find_sample_material",
    "get_article_view",
    "get_author_view",
    "get_front",
    "get_standing_view",
    "get_topic_view",
    "list_for_video",
    "list_published",
    "make_teasers",
    "standing_of",
    "stored_corrections",
]

SHELF = 4
INDEX_CAP = 200

Groups = list[tuple[SectionPage, list[ArticlePage]]]


def get_article_view(page: ArticlePage, now: datetime) -> ArticleView:
    """Compose an article. A draft that was never published shows `now` as its date (preview)."""
    blocks = list(page.body.raw_data)
    material = collect_material(blocks, [page.picture_id] if page.picture_id else [], now)
    image = material.images.get((page.picture_id or 0, Shape.WIDE))
    published = page.first_published_at or now
    updated = page.last_significant_update_at
    corrections = _get_corrections(page, now)
    view = ArticleView(
        title=page.seo_title or page.title,
        kicker=page.kicker,
        headline=page.title,
        description=page.search_description or page.teaser,
        teaser=page.teaser,
        published_at=published,
        updated_at=updated if updated and updated > published else None,
        image=image,
        body=build_body(blocks, material),
        card_url=settings.PUBLIC_URL + image.src if image else "",
        authors=list_authors(page),
        topics=list_topics(page),
        serious=tuple(note for note in corrections if note.is_serious),
        minor=tuple(note for note in corrections if not note.is_serious),
    )
    return replace(view, structured=to_json_ld(describe_article(view, public_url(page.url_path))))


def _get_corrections(page: ArticlePage, now: datetime) -> tuple[CorrectionNote, ...]:
    """The page's corrections; `find_article` has brought them along, a preview asks."""
    if hasattr(page, "stored_corrections"):
        return read_stored(page.stored_corrections or [], now)
    return make_notes(page.corrections.all(), now) if page.pk else ()


def find_article(url_path: str) -> ArticlePage | None:
    """Return the article at Wagtail's `url_path`, published or not, with its corrections."""
    rows = note_withdrawal(note_privacy(ArticlePage.objects.annotate(stored_corrections=stored_corrections())))
    found: ArticlePage | None = note_belongings(rows).filter(url_path=url_path).first()
    return found


def get_front(lead_id: int | None, now: datetime, *, beside: int, per_section: int) -> Front:
    """Return the first page's news (three queries): the chosen or newest lead, the next newest, every section."""
    rows = list(list_published(now)[:INDEX_CAP])
    lead = next((row for row in rows if row.pk == lead_id), None)
    if lead is None and lead_id is not None:
        lead = list_published(now).filter(pk=lead_id).first()
    top = [lead or rows[0]] if lead or rows else []
    top += [row for row in rows if row.pk != top[0].pk][:beside]
    below = {row.pk for row in top}
    groups = _group(_list_sections(), [row for row in rows if row.pk not in below], per_section)
    shown = [*top, *(row for _section, group in groups for row in group)]
    teasers = dict(zip((row.pk for row in shown), make_teasers(shown), strict=True))
    first = tuple(teasers[row.pk] for row in top)
    return Front(first[0] if first else None, first[1:], _make_shelves(groups, teasers))


def list_shelves(now: datetime, limit: int = SHELF) -> tuple[Shelf, ...]:
    """Return every section with its newest stories (three queries)."""
    groups = _group(_list_sections(), list(list_published(now)[:INDEX_CAP]), limit)
    shown = [row for _section, group in groups for row in group]
    return _make_shelves(groups, dict(zip((row.pk for row in shown), make_teasers(shown), strict=True)))


def _list_sections() -> list[SectionPage]:
    return list(SectionPage.objects.live().order_by("path").only("title", "url_path", "path", "depth"))


def _group(sections: Iterable[SectionPage], rows: Iterable[ArticlePage], limit: int) -> Groups:
    """Each section that has stories, with its first `limit` of `rows`."""
    stories = list(rows)
    groups = [(one, [row for row in stories if row.path.startswith(one.path)][:limit]) for one in sections]
    return [(section, group) for section, group in groups if group]


def _make_shelves(groups: Groups, teasers: Mapping[int, Teaser]) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(section.title, public_url(section.url_path), tuple(teasers[row.pk] for row in group))
        for section, group in groups
    )


def get_index_view(page: NewsIndexPage, now: datetime) -> IndexView:
    """Compose the news index: a shelf for each section."""
    description = page.search_description or _("All news of %(station)s, section by section") % {
        "station": settings.STATION
    }
    return IndexView(page.title, description, list_shelves(now, 6))


def get_section_view(page: SectionPage, number: int, now: datetime) -> SectionView | None:
    """Compose page `number` (from 1) of a section's list; None where the list has no such page."""
    start = (number - 1) * PAGE_SIZE
    rows = list(
        list_published(now).filter(path__startswith=page.path, depth=page.depth + 1)[start : start + PAGE_SIZE + 1]
    )
    if not rows and number > 1:
        return None
    teasers = make_teasers(rows[:PAGE_SIZE])
    leads = bool(teasers) and number == 1
    return SectionView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        lead=teasers[0] if leads else None,
        teasers=teasers[1:] if leads else teasers,
        number=number,
        newer="" if number == 1 else f"?seite={number - 1}" if number > 2 else public_url(page.url_path),
        older=f"?seite={number + 1}" if len(rows) > PAGE_SIZE else "",
    )
