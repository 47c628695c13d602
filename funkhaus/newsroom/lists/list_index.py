"""Keeps the index of lists (`models.list_index`) up to date: once for each unit of work that changes pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from wagtail.models import Page

from funkhaus.cms.queries.derived_rows import keep_rows
from funkhaus.cms.unit_of_work import defer, unit_of_work
from funkhaus.newsroom.lists.stories import NEW
from funkhaus.newsroom.models import ArticlePage, SectionPage, StoryListing

BATCH = 400  # stories per transaction, so that other writers wait briefly
DECIDING = {"live", "first_published_at", "embargo_until"}


@unit_of_work()
def index_stories(pks: Collection[int]) -> None:
    """Update the list rows of these articles and liveblogs, in at most six queries however many they are."""
    facts = ("pk", "path", "first_published_at", "embargo_until")
    rows = list(ArticlePage.objects.filter(pk__in=pks, live=True).values_list(*facts))
    moments = {pk: max(filter(None, (first, embargo)), default=None) for pk, _path, first, embargo in rows}
    sort_keys = {pk: int(moment.timestamp()) if moment else 0 for pk, moment in moments.items()}
    groups = [(pk, NEW) for pk in sort_keys]
    if sort_keys:
        groups += [*_list_sections({pk: path for pk, path, *_rest in rows}), *_list_groups(sort_keys)]
    keep_rows(StoryListing, "page", "key", pks, {(pk, key): sort_keys[pk] for pk, key in groups})


def _list_sections(paths: dict[int, str]) -> Iterator[tuple[int, str]]:
    above = {pk: path[: -ArticlePage.steplen] for pk, path in paths.items()}
    sections = dict(SectionPage.objects.filter(path__in=set(above.values())).values_list("path", "pk"))
    yield from ((pk, f"section:{sections[path]}") for pk, path in above.items() if path in sections)


def _list_groups(pks: Collection[int]) -> Iterator[tuple[int, str]]:
    topics = ArticlePage.topics.through.objects.filter(articlepage__in=pks)
    yield from ((pk, f"topic:{topic}") for pk, topic in topics.values_list("articlepage_id", "topicpage_id"))
    authors = ArticlePage.authors.through.objects.filter(articlepage__in=pks)
    yield from ((pk, f"author:{author}") for pk, author in authors.values_list("articlepage_id", "author_id"))


def index_all_stories() -> int:
    """Rebuild all lists, in batches; return the number of stories. For imports that write past the models."""
    count, last = 0, 0
    while pks := list(ArticlePage.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        index_stories(pks)
        count, last = count + len(pks), pks[-1]
    return count


def follow_page(instance: Page, update_fields: Collection[str] | None = None, **_news: Any) -> None:
    """Update the lists of a page that was saved or moved. Stories of a moved section keep their lists."""
    if update_fields is None or DECIDING.intersection(update_fields):
        defer(index_stories, [instance.pk])


def follow_groups(instance: Any, action: str, **_news: Any) -> None:
    """Update the lists of a story whose topics or authors changed."""
    if action.startswith("post_"):
        defer(index_stories, [instance.pk])
