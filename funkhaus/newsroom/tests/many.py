"""Thousands of stories at once, written past the models: for the tests that count and for the bench."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Page

from funkhaus.mediathek.tests.many import insert_rows, move_sequences
from funkhaus.newsroom.lists.list_index import index_all_stories
from funkhaus.newsroom.models import ArticlePage, Author, SectionPage, TopicPage

TITLE = "Ein Titel von der Länge, die im Haus üblich ist"
TEASER = "Ein Vorspann von der Länge, die im Haus üblich ist, damit die Zeilen nicht kürzer sind als echte es sind."


def fill_stories(section: SectionPage, count: int, now: datetime, topic: TopicPage, author: Author) -> None:
    """Add `count` stories to a section, one a minute back from `now`; every tenth is a draft, every fourth one of the
    topic and of the author.
    """
    first = 1 + (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    begin = 1 + section.numchild
    pages, articles, topics, authors = [], [], [], []
    kind = ContentType.objects.get_for_model(ArticlePage).pk
    for at in range(count):
        pk, moment = first + at, now - timedelta(minutes=at + 1)
        path = section._get_path(section.path, section.depth + 1, begin + at)
        pages.append(_make_page(section, pk, at, path, kind, moment))
        articles.append({"page_ptr_id": pk, "kicker": "Hafen", "teaser": TEASER, "body": "[]"})
        if at % 4 == 0:
            topics.append((pk, topic.pk))
            authors.append((pk, author.pk))
    with transaction.atomic():
        _write(Page, pages)
        _write(ArticlePage, articles)
        insert_rows(ArticlePage.topics.through, ("articlepage_id", "topicpage_id"), topics)
        insert_rows(ArticlePage.authors.through, ("articlepage_id", "author_id"), authors)
    if connection.vendor == "postgresql":
        move_sequences(Page)
    Page.objects.filter(pk=section.pk).update(numchild=section.numchild + count)
    section.refresh_from_db()
    index_all_stories()


def _make_page(section: SectionPage, pk: int, at: int, path: str, kind: int, moment: datetime) -> dict[str, object]:
    return {
        "id": pk,
        "path": path,
        "depth": section.depth + 1,
        "title": f"{TITLE} {at}",
        "draft_title": TITLE,
        "slug": f"s{at}",
        "url_path": f"{section.url_path}s{at}/",
        "content_type_id": kind,
        "live": at % 10 != 6,
        "first_published_at": moment,
        "locale_id": section.locale_id,
        "translation_key": uuid4().hex,
    }


def _write(model: type[Page], rows: list[dict[str, object]]) -> None:
    """Write rows with every column of the table that must be filled."""
    own = [field for field in model._meta.local_concrete_fields if not field.null and not field.primary_key]
    rest = {field.attname: field.get_default() for field in own}
    insert_rows(model, [*(rest | rows[0])], [tuple((rest | row).values()) for row in rows])
