"""Lists of stories, each a range of one index, so that the cost does not grow with the number of stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from wagtail.models import Page

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.cms.queries.pagination import Cursor, skip_to
from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.lists.visibility import visible
from funkhaus.newsroom.models import ArticlePage, StoryListing
from funkhaus.ui.components import Image, Teaser

NEW = "new"
PAGE_SIZE = 24
FIRST = 12


class StoryRow(NamedTuple):
    """The columns that a teaser shows of an article, a liveblog or a topic; topics alone have an introduction."""

    pk: int
    title: str
    url_path: str
    first_published_at: datetime | None
    kicker: str | None
    teaser: str | None
    picture_id: int | None
    sort_key: int
    introduction: str | None = None


@dataclass(frozen=True)
class StoryPage:
    """A page of a list. `rows` are for `make_teasers`; `following` is the cursor of the next page, None at the end."""

    rows: tuple[StoryRow, ...]
    following: Cursor | None


def select_stories(key: str, now: datetime) -> QuerySet[Any, Any]:
    """Return the stories of the list `key` that are public at `now`, newest first, with the columns of `StoryRow`."""
    rows = ArticlePage.objects.filter(listings__key=key, listings__sort_key__lte=int(now.timestamp()))
    return (
        visible(rows, now)
        .annotate(sort_key=F("listings__sort_key"), entry=F("listings__page"))
        .order_by("-sort_key", "-entry")
        .values_list(*StoryRow._fields[:-1])
    )


def select_story_entries(key: Any, now: datetime) -> QuerySet[StoryListing]:
    """Return the index entries of that list, in the same order; `key` may refer to an outer query."""
    public = Exists(visible(ArticlePage.objects.filter(pk=OuterRef("page_id")), now))
    return StoryListing.objects.filter(public, key=key, sort_key__lte=int(now.timestamp())).order_by(
        "-sort_key", "-page"
    )


def find_page(key: str, now: datetime, *, after: Cursor | None = None, without: Iterable[int] = ()) -> StoryPage:
    """Return a page of the list `key` after the cursor, without the stories `without` (one query)."""
    stories = select_stories(key, now).exclude(pk__in=list(without))
    if after is not None:
        last = StoryListing.objects.filter(key=key, sort_key=after.sort_key, page__slug=after.name).order_by("page")
        stories = skip_to(stories, after, last.values("page")[:1])
    found = [StoryRow._make((*row, None)) for row in stories[: PAGE_SIZE + 1]]
    rows = tuple(found[:PAGE_SIZE])
    return StoryPage(rows, _name(rows[-1]) if len(found) > PAGE_SIZE else None)


def find_newest(now: datetime, count: int) -> list[StoryRow]:
    """Return the newest stories of all, at most `FIRST` (one query)."""
    return [StoryRow._make((*row, None)) for row in _NEWEST.run(now)[:count]]


_NEWEST = PreparedQuery(lambda now: select_stories(NEW, now)[:FIRST])


def find_pages(keys: Collection[int], now: datetime) -> dict[int, StoryRow]:
    """Return the pages among `keys` that the public may see, of any type, by key (one query)."""
    return {row[0]: StoryRow._make(row) for row in _PAGES.run_for(now, keys)}


def _select_pages(now: datetime, *keys: int) -> QuerySet[Any, Any]:
    rows = visible(Page.objects.filter(pk__in=keys), now, embargo="articlepage__embargo_until").order_by()
    return rows.annotate(
        kicker=F("articlepage__kicker"),
        teaser=F("articlepage__teaser"),
        picture_id=F("articlepage__picture_id"),
        sort_key=Value(0),
        introduction=F("topicpage__introduction"),
    ).values_list(*StoryRow._fields)


_PAGES = PreparedQuery(_select_pages)


def _name(row: StoryRow) -> Cursor:
    return Cursor(row.sort_key, row.url_path.rstrip("/").rpartition("/")[2])


def are_lists_missing() -> bool:
    """Return whether there are stories but no list rows, as after an upgrade from before there were lists."""
    return ArticlePage.objects.filter(live=True).exists() and not StoryListing.objects.exists()


def make_teasers(pages: Iterable[StoryRow]) -> tuple[Teaser, ...]:
    """Return stories as teasers (one query for all pictures)."""
    rows = list(pages)
    images = load_images((row.picture_id, Shape.WIDE) for row in rows if row.picture_id)
    return tuple(make_teaser(row, images) for row in rows)


def make_teaser(page: StoryRow, images: Mapping[Wanted, Image]) -> Teaser:
    """Return one story as a teaser with its picture out of `images`."""
    return Teaser(
        url=public_url(page.url_path),
        kicker=page.kicker or "",
        headline=page.title,
        text=page.teaser or "",
        image=images.get((page.picture_id or 0, Shape.WIDE)),
        published_at=page.first_published_at,
    )
