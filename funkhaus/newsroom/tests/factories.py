"""Stories for tests."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Page

from funkhaus.cms.models import Picture
from funkhaus.newsroom.models import ArticlePage, LiveblogPage, LivePost, NewsIndexPage, SectionPage
from funkhaus.newsroom.services import save_post


def make_picture(**details: Any) -> Picture:
    """A small picture with all that must be said of it."""
    data = BytesIO()
    Image.new("RGB", (64, 36), "teal").save(data, "PNG")
    values = {"title": "Hafen", "alt_text": "Ein Kutter liegt am Kai.", "credit": "Funkhaus"} | details
    picture = Picture(file=ContentFile(data.getvalue(), name="hafen.png"), **values)
    picture.save()
    return picture


def make_index() -> NewsIndexPage:
    """The news index below the first page, whoever made that."""
    first = Page.objects.filter(depth=2).first()
    index: NewsIndexPage = first.add_child(
        instance=NewsIndexPage(title="Nachrichten", slug="nachrichten", locale=first.locale)
    )
    return index


def make_section(slug: str = "region", index: NewsIndexPage | None = None) -> SectionPage:
    """A section below the news index, which is made where it is missing."""
    index = index or NewsIndexPage.objects.first() or make_index()
    section: SectionPage = index.add_child(instance=SectionPage(title=slug.title(), slug=slug, locale=index.locale))
    return section


def make_article(section: SectionPage, slug: str = "turm", **details: Any) -> ArticlePage:
    """A published article."""
    values: dict[str, Any] = {
        "title": "Der Turm leuchtet",
        "kicker": "Am Hafen",
        "teaser": "Seit gestern brennt wieder Licht.",
        "first_published_at": datetime.fromisoformat("2026-11-01T10:00:00+01:00"),
        "locale": section.locale,
    }
    article: ArticlePage = section.add_child(instance=ArticlePage(slug=slug, **(values | details)))
    return article


def make_liveblog(section: SectionPage, slug: str = "live", **details: Any) -> LiveblogPage:
    """A published liveblog without posts."""
    values: dict[str, Any] = {
        "title": "Der Kran kommt",
        "kicker": "Am Hafen",
        "teaser": "Wir sind dabei.",
        "first_published_at": datetime.fromisoformat("2026-11-01T10:00:00+01:00"),
        "starts_at": datetime.fromisoformat("2026-11-01T09:00:00+01:00"),
        "locale": section.locale,
    }
    page: LiveblogPage = section.add_child(instance=LiveblogPage(slug=slug, **(values | details)))
    return page


def write_post(liveblog: LiveblogPage, headline: str, **details: Any) -> LivePost:
    """A post that is out."""
    return save_post(post=LivePost(headline=headline, **details), liveblog=liveblog, user=None)
