"""The selector of an article's page: it finds the article by its address and composes the view in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

from django.db.models import QuerySet

from funkhaus.cms.pictures import Shape
from funkhaus.cms.site_tree import note_privacy, public_url
from funkhaus.newsroom.articles.body import build_body, collect_material
from funkhaus.newsroom.articles.corrections import make_notes, read_stored, stored_corrections
from funkhaus.newsroom.articles.share_cards import find_card_url, stored_card
from funkhaus.newsroom.articles.structured_data import describe_article
from funkhaus.newsroom.lists.authors_and_topics import list_authors, list_topics, note_belongings
from funkhaus.newsroom.lists.programme_references import list_programmes
from funkhaus.newsroom.lists.visibility import note_withdrawal
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.template_data.article import ArticleView
from funkhaus.newsroom.template_data.correction import CorrectionNote
from funkhaus.ui.json_ld import to_json_ld


def get_article_view(page: ArticlePage, now: datetime) -> ArticleView:
    """Return the view of an article. A draft that was never published shows `now` as its date (preview)."""
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
    """Return the page's corrections; `find_article` has loaded them with the page, a preview runs one query."""
    if hasattr(page, "stored_corrections"):
        return read_stored(page.stored_corrections or [], now)
    return make_notes(page.corrections.all(), now) if page.pk else ()


def find_article(url_path: str) -> ArticlePage | None:
    """Return the article at Wagtail's `url_path`, published or not, with its corrections and the name of its card."""
    found: ArticlePage | None = _articles_with_all().filter(url_path=url_path).first()
    return found


@cache  # composing the query takes longer than running it
def _articles_with_all() -> QuerySet[ArticlePage]:
    noted = ArticlePage.objects.annotate(stored_corrections=stored_corrections(), stored_card=stored_card())
    return note_belongings(note_withdrawal(note_privacy(noted)))
