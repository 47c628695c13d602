"""Which shelves editors have arranged for a page, and the keys of what may stand on each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse

from funkhaus.cms.prepared import PreparedQuery
from funkhaus.cms.structure import public_url
from funkhaus.mediathek.selectors import select_ending_entries, select_entries
from funkhaus.newsroom.models import ArticlePage, Shelf, ShelfKind
from funkhaus.newsroom.visibility import visible

MOST = 24  # keys that fill a shelf by itself; some of these things stand elsewhere on the page already
WAYS: dict[str, str] = {
    ShelfKind.NEW: "new-list",
    ShelfKind.ENDING: "ending-list",
    ShelfKind.FILMS: "film-list",
    ShelfKind.AUDIO: "audio-list",
}
HANDS = {"story", "topic", "video", "show"}

Ref = tuple[str, int]
"""A thing by its kind (one of `HANDS`) and its key."""


@dataclass(frozen=True)
class Plan:
    """A shelf with what may stand on it, in order. `url`: where all of it is; empty where there is no such place."""

    key: int
    title: str
    kind: str
    count: int
    url: str
    refs: tuple[Ref, ...]

    @property
    def is_picked(self) -> bool:
        """True where editors chose every item."""
        return self.kind == ShelfKind.PICKED


class _Listed(Func):
    """All values of a subquery as one JSON list: an aggregate without groups, on either database."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def list_plans(section: int | None, now: datetime) -> tuple[Plan, ...]:
    """The shelves of a section's page, or of the home page, in their order (one query).

    The end is decided here, at the request; the start is a publication, which the schedule makes.
    """
    return tuple(_make_plan(row) for row in _PLANS.run(now, section))


def _select(now: datetime, section: int | None) -> QuerySet[Any, Any]:
    rows = Shelf.objects.filter(Q(expire_at=None) | Q(expire_at__gt=now), live=True, stands_on=section)
    places = ("section__url_path", "topic__url_path", "show__public_id", "show__slug", "genre__slug")
    names = ("pk", "title", "kind", "count", "items", "found", *places)
    return rows.annotate(found=_find(now)).order_by("place", "pk").values_list(*names)


_PLANS = PreparedQuery(_select)


def _make_plan(row: tuple[Any, ...]) -> Plan:
    key, title, kind, count, items, found, *places = row
    is_picked = kind == ShelfKind.PICKED
    refs = _read_picked(json.loads(items or "[]")) if is_picked else _read_found(kind, json.loads(found or "[]"))
    return Plan(key, title, kind, count, _find_way(kind, *places), tuple(refs))


def _read_picked(items: list[Any]) -> Iterator[Ref]:
    for item in items:
        if item["type"] in HANDS and isinstance(item["value"], int):
            yield item["type"], item["value"]


def _read_found(kind: str, entries: list[Any]) -> Iterator[Ref]:
    """In the order of the list: the newest first, or the next to go."""
    thing = "story" if kind in {ShelfKind.SECTION, ShelfKind.TOPIC} else "video"
    found = sorted(((entry["at"] or "", entry["key"]) for entry in entries), reverse=kind != ShelfKind.ENDING)
    return ((thing, key) for _at, key in found)


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
    """The keys of what fills a shelf by itself, each with its place; only the part that its kind needs is asked."""
    stories = visible(ArticlePage.objects.order_by(F("first_published_at").desc(), "-pk"), now)
    section, topic, key = (OuterRef(OuterRef(name)) for name in ("section__path", "topic_id", "list_key"))
    return Case(
        When(kind=ShelfKind.PICKED, then=None),
        When(
            kind=ShelfKind.SECTION, then=_collect(stories.filter(path__startswith=section), "pk", "first_published_at")
        ),
        When(kind=ShelfKind.TOPIC, then=_collect(stories.filter(topics=topic), "pk", "first_published_at")),
        When(kind=ShelfKind.ENDING, then=_collect(select_ending_entries(now), "video_id", "place")),
        default=_collect(select_entries(key, now), "video_id", "place"),
        output_field=JSONField(),
    )


def _collect(rows: QuerySet[Any], key: str, at: str) -> Subquery:
    """The first of `rows` as a JSON list, in no order: each with its key and what it is ordered by."""
    first = rows.model.objects.filter(pk__in=rows.values("pk")[:MOST]).order_by()
    return Subquery(first.annotate(list=_Listed(JSONObject(key=key, at=at))).values("list"), output_field=JSONField())
