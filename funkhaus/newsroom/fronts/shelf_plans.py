"""Selects the shelves that editors arranged for a page, with the keys of the items each of them may show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, JSONField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast
from django.urls import reverse

from funkhaus.cms.queries.aggregates import collect, read_collected
from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.cms.site_tree import public_url
from funkhaus.mediathek.selectors import select_ending_entries, select_entries
from funkhaus.newsroom.lists.stories import select_story_entries
from funkhaus.newsroom.models import Shelf, ShelfKind

MOST = 24  # keys read for an automatic shelf: more than it shows, as some are on the page already
WAYS: dict[str, str] = {
    ShelfKind.NEW: "new-list",
    ShelfKind.ENDING: "ending-list",
    ShelfKind.FILMS: "film-list",
    ShelfKind.AUDIO: "audio-list",
}
STORIES = (ShelfKind.SECTION, ShelfKind.TOPIC)
PICKED_KINDS = {"story", "topic", "video", "show"}

Ref = tuple[str, int]
"""An item by its kind (one of `PICKED_KINDS`) and its primary key."""


@dataclass(frozen=True)
class ShelfPlan:
    """A shelf with the keys of its items, in order.

    `url` is the address of the full list; empty where there is none.
    """

    key: int
    title: str
    kind: str
    count: int
    url: str
    refs: tuple[Ref, ...]

    @property
    def is_picked(self) -> bool:
        """Return whether editors chose every item."""
        return self.kind == ShelfKind.PICKED


def list_plans(section: int | None, now: datetime) -> tuple[ShelfPlan, ...]:
    """Return the shelves of a section's page, or of the home page, in their order (one query).

    The end is decided here, at the request; the start is a publication, which the schedule makes.
    """
    return tuple(_make_plan(row) for row in _PLANS.run(now, section))


def _select(now: datetime, section: int | None) -> QuerySet[Any, Any]:
    rows = Shelf.objects.filter(Q(expire_at=None) | Q(expire_at__gt=now), live=True, stands_on=section)
    places = ("section__url_path", "topic__url_path", "show__public_id", "show__slug", "genre__slug")
    names = ("pk", "title", "kind", "count", "chosen", "found", *places)
    chosen = Cast("items", JSONField())  # as JSON: the field itself would convert it to blocks
    return rows.annotate(chosen=chosen, found=_find(now)).order_by("place", "pk").values_list(*names)


_PLANS = PreparedQuery(_select)


def _make_plan(row: tuple[Any, ...]) -> ShelfPlan:
    key, title, kind, count, items, found, *places = row
    is_picked = kind == ShelfKind.PICKED
    refs = _read_picked(items or []) if is_picked else _read_found(kind, found)
    return ShelfPlan(key, title, kind, count, _find_way(kind, *places), tuple(refs))


def _read_picked(items: list[Any]) -> Iterator[Ref]:
    for item in items:
        if item["type"] in PICKED_KINDS and isinstance(item["value"], int):
            yield item["type"], item["value"]


def _read_found(kind: str, found: list[Any] | None) -> Iterator[Ref]:
    """Return the references in the order of the list: the newest first, or those whose availability ends next."""
    thing = "story" if kind in STORIES else "video"
    return ((thing, key) for _at, key in read_collected(found, is_ascending=kind == ShelfKind.ENDING))


def _find_way(kind: str, section: str | None, topic: str | None, show: str | None, *slugs: str | None) -> str:
    show_slug, genre_slug = slugs
    match kind:
        case ShelfKind.SECTION | ShelfKind.TOPIC if section or topic:
            return public_url(section or topic or "")
        case ShelfKind.SHOW if show:
            return reverse("mediathek:show-detail", args=[show, show_slug])
        case ShelfKind.GENRE if genre_slug:
            return reverse("mediathek:genre-detail", args=[genre_slug])
    return reverse(f"mediathek:{WAYS[kind]}") if kind in WAYS else ""


def _find(now: datetime) -> Case:
    """Return an expression: the keys of a shelf's automatic items with their sort values, only for the shelf's kind."""
    key = OuterRef(OuterRef("list_key"))
    return Case(
        When(kind=ShelfKind.PICKED, then=None),
        When(kind__in=STORIES, then=collect(select_story_entries(key, now), "page_id", MOST)),
        When(kind=ShelfKind.ENDING, then=collect(select_ending_entries(now), "video_id", MOST)),
        default=collect(select_entries(key, now), "video_id", MOST),
        output_field=JSONField(),
    )
