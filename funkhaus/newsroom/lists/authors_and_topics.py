"""Authors and topics of a story: loaded in the article's own query, or asked separately for a draft."""

from __future__ import annotations

from typing import Any

from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from funkhaus.cms.queries.aggregates import JsonList
from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.lists.programme_references import NAMES
from funkhaus.newsroom.models import ArticlePage, ProgrammeReference
from funkhaus.ui.components import Link


def note_belongings(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the query with authors, public topics and public programmes loaded in the articles' own query."""
    authors = ArticlePage.authors.through.objects.filter(articlepage=OuterRef("pk")).order_by()
    topics = ArticlePage.topics.through.objects.filter(articlepage=OuterRef("pk"), topicpage__live=True).order_by()
    programmes = ProgrammeReference.objects.filter(article=OuterRef("pk"), video__live=True).order_by()
    return pages.annotate(
        stored_authors=_collect(authors, name="author__name", slug="author__slug", id="pk"),
        stored_topics=_collect(topics, name="topicpage__title", path="topicpage__url_path", id="pk"),
        stored_programmes=_collect(programmes, "article", **NAMES),
    )


def _collect(rows: QuerySet[Any], owner: str = "articlepage", **fields: str) -> Subquery:
    listed = rows.values(owner).annotate(list=JsonList(JSONObject(**fields))).values("list")
    return Subquery(listed, output_field=JSONField())


def list_authors(page: ArticlePage) -> tuple[Link, ...]:
    """Return the authors as links to their pages, in the order in which they were chosen."""
    if hasattr(page, "stored_authors"):
        rows = sorted(page.stored_authors or [], key=lambda row: row["id"])
        return tuple(Link(row["name"], author_url(row["slug"])) for row in rows)
    return tuple(Link(author.name, author_url(author.slug)) for author in page.authors.all())


def list_topics(page: ArticlePage) -> tuple[Link, ...]:
    """Return links to the topics that the public may see."""
    if hasattr(page, "stored_topics"):
        rows = sorted(page.stored_topics or [], key=lambda row: row["id"])
        return tuple(Link(row["name"], public_url(row["path"])) for row in rows)
    return tuple(Link(topic.title, public_url(topic.url_path)) for topic in page.topics.all() if topic.live)


def author_url(slug: str) -> str:
    """Return the address of an author's page in the active language."""
    return reverse("newsroom:author-detail", args=[slug])
