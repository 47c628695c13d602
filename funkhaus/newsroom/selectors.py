"""What the public sees of the newsroom: one call per page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from funkhaus.cms.pictures import Shape
from funkhaus.cms.structure import note_privacy, public_url
from funkhaus.newsroom.article_view import ArticleView, Front, IndexView, SectionView
from funkhaus.newsroom.body import build_body, collect_material
from funkhaus.newsroom.bylines import list_authors, list_topics, note_belongings
from funkhaus.newsroom.corrections import (
    CorrectionNote,
    describe_correction,
    list_for_video,
    make_notes,
    read_stored,
    stored_corrections,
)
from funkhaus.newsroom.gathering import get_author_view, get_standing_view, get_topic_view
from funkhaus.newsroom.gone import Gone, explain_address, explain_page
from funkhaus.newsroom.listing import PAGE_SIZE, StoryRow, list_published, make_teasers, read_stories
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, SectionPage
from funkhaus.newsroom.sampling import build_samples, find_sample_material
from funkhaus.newsroom.visibility import note_withdrawal, standing_of
from funkhaus.ui.components import Image, Link, Shelf, Teaser
from funkhaus.ui.structured import to_json_ld

__all__ = [
    "Gone",
    "build_samples",
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
    "note_withdrawal",
    "standing_of",
    "stored_corrections",
]

SHELF = 4
INDEX_CAP = 200

Groups = list[tuple[Any, list[StoryRow]]]


def get_article_view(page: ArticlePage, now: datetime) -> ArticleView:
    """Compose an article. A draft that was never published shows `now` as its date (preview)."""
    blocks = list(page.body.raw_data)
    material = collect_material(blocks, [page.picture_id] if page.picture_id else [], now)
    image = material.images.get((page.picture_id or 0, Shape.WIDE))
    published = page.first_published_at or now
    updated = page.last_significant_update_at
    corrections = _get_corrections(page, now)
    authors = list_authors(page)
    return ArticleView(
        title=page.seo_title or page.title,
        kicker=page.kicker,
        headline=page.title,
        description=page.search_description or page.teaser,
        teaser=page.teaser,
        published_at=published,
        updated_at=updated if updated and updated > published else None,
        image=image,
        body=build_body(blocks, material),
        structured=_structured(page, published, image, corrections, authors),
        card_url=settings.PUBLIC_URL + image.src if image else "",
        authors=authors,
        topics=list_topics(page),
        serious=tuple(note for note in corrections if note.is_serious),
        minor=tuple(note for note in corrections if not note.is_serious),
    )


def _get_corrections(page: ArticlePage, now: datetime) -> tuple[CorrectionNote, ...]:
    """The page's corrections; `find_article` has brought them along, a preview asks."""
    if hasattr(page, "stored_corrections"):
        return read_stored(page.stored_corrections or [], now)
    return make_notes(page.corrections.all(), now) if page.pk else ()


def _structured(
    page: ArticlePage,
    published: datetime,
    image: Image | None,
    corrections: Iterable[CorrectionNote],
    authors: Iterable[Link],
) -> Any:
    return to_json_ld(
        {
            "@type": "NewsArticle",
            "headline": page.title[:110],
            "description": page.teaser,
            "datePublished": published.isoformat(timespec="seconds"),
            "dateModified": (page.last_significant_update_at or published).isoformat(timespec="seconds"),
            "image": settings.PUBLIC_URL + image.src if image else None,
            "inLanguage": "de",
            "mainEntityOfPage": settings.PUBLIC_URL + public_url(page.url_path),
            "author": [
                {"@type": "Person", "name": author.label, "url": settings.PUBLIC_URL + author.url} for author in authors
            ],
            "correction": [describe_correction(note) for note in corrections],
            "publisher": {"@type": "NewsMediaOrganization", "name": settings.STATION, "url": settings.PUBLIC_URL},
        }
    )


def find_article(url_path: str) -> ArticlePage | None:
    """Return the article at Wagtail's `url_path`, published or not, with its corrections."""
    found: ArticlePage | None = _articles_with_all().filter(url_path=url_path).first()
    return found


@cache  # making the question costs more than asking it
def _articles_with_all() -> QuerySet[ArticlePage]:
    rows = note_withdrawal(note_privacy(ArticlePage.objects.annotate(stored_corrections=stored_corrections())))
    return note_belongings(rows)


def get_front(lead_id: int | None, now: datetime, *, beside: int, per_section: int) -> Front:
    """Return the first page's news (three queries): the chosen or newest lead, the next newest, every section."""
    rows = read_stories(list_published(now)[:INDEX_CAP])
    lead = next((row for row in rows if row.pk == lead_id), None)
    if lead is None and lead_id is not None:
        lead = next(iter(read_stories(list_published(now).filter(pk=lead_id))), None)
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
    groups = _group(_list_sections(), read_stories(list_published(now)[:INDEX_CAP]), limit)
    shown = [row for _section, group in groups for row in group]
    return _make_shelves(groups, dict(zip((row.pk for row in shown), make_teasers(shown), strict=True)))


def _list_sections() -> list[Any]:
    fields = ("title", "url_path", "path")
    return list(SectionPage.objects.live().order_by("path").values_list(*fields, named=True))


def _group(sections: Iterable[Any], rows: Iterable[StoryRow], limit: int) -> Groups:
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
    rows = read_stories(
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
