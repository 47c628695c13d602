"""What the public sees of the newsroom: one call per page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from funkhaus.cms.keyset import Cursor
from funkhaus.cms.pictures import Shape
from funkhaus.cms.structure import note_privacy, public_url
from funkhaus.newsroom.article_view import ArticleView, IndexView, SectionView
from funkhaus.newsroom.body import build_body, collect_material
from funkhaus.newsroom.breaking import read_breaking, stored_breaking
from funkhaus.newsroom.bylines import list_authors, list_topics, note_belongings
from funkhaus.newsroom.cards import are_cards_missing, find_card_url, stored_card
from funkhaus.newsroom.corrections import (
    CorrectionNote,
    list_for_video,
    make_notes,
    read_stored,
    stored_corrections,
)
from funkhaus.newsroom.describing import describe_article, describe_correction
from funkhaus.newsroom.front import get_front, list_section_shelves, list_shelves
from funkhaus.newsroom.gathering import get_author_view, get_standing_view, get_topic_view
from funkhaus.newsroom.gone import Gone, explain_address, explain_page
from funkhaus.newsroom.listing import are_lists_missing, find_page, make_teasers
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, SectionPage
from funkhaus.newsroom.programmes import list_programmes
from funkhaus.newsroom.sampling import build_samples, find_sample_material
from funkhaus.newsroom.visibility import note_withdrawal, standing_of
from funkhaus.ui.structured import to_json_ld

__all__ = [
    "Gone",
    "are_cards_missing",
    "are_lists_missing",
    "build_samples",
    "describe_correction",
    "explain_address",
    "explain_page",
    "find_article",
    "find_page",
    "find_sample_material",
    "get_article_view",
    "get_author_view",
    "get_front",
    "get_standing_view",
    "get_topic_view",
    "list_for_video",
    "note_withdrawal",
    "read_breaking",
    "standing_of",
    "stored_breaking",
    "stored_corrections",
]


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
        card_url=find_card_url(page, image),
        authors=list_authors(page),
        topics=list_topics(page),
        programmes=list_programmes(page),
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
    """Return the article at Wagtail's `url_path`, published or not, with its corrections and the name of its card."""
    found: ArticlePage | None = _articles_with_all().filter(url_path=url_path).first()
    return found


@cache  # making the question costs more than asking it
def _articles_with_all() -> QuerySet[ArticlePage]:
    noted = ArticlePage.objects.annotate(stored_corrections=stored_corrections(), stored_card=stored_card())
    return note_belongings(note_withdrawal(note_privacy(noted)))


def get_index_view(page: NewsIndexPage, now: datetime) -> IndexView:
    """Compose the news index: a shelf for each section."""
    description = page.search_description or _("All news of %(station)s, section by section") % {
        "station": settings.STATION
    }
    return IndexView(page.title, description, list_shelves(now, 6))


def get_section_view(page: SectionPage, after: Cursor | None, now: datetime) -> SectionView | None:
    """Compose a page of a section's list, from `after` on; None where nothing follows there."""
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
