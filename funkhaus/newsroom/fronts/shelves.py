"""Turns planned shelves into views: all items are looked up together, and none repeats the page's top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.cms.site_tree import public_url
from funkhaus.mediathek.selectors import (
    find_available,
    find_shows,
    list_picture_keys,
    make_card,
    show_url,
)
from funkhaus.newsroom.fronts.shelf_plans import Ref, ShelfPlan
from funkhaus.newsroom.lists.stories import find_pages, make_teaser
from funkhaus.ui.components import Image, ShelfView, Teaser, VideoCard


@dataclass(frozen=True)
class Finds:
    """The public items that shelves name, by key. `stories` holds topics too."""

    stories: Mapping[int, Any] = field(default_factory=dict)
    videos: Mapping[int, Any] = field(default_factory=dict)
    shows: Mapping[int, Any] = field(default_factory=dict)

    def get(self, ref: Ref) -> Any:
        """Return the item; None where the public may not see it."""
        kind, key = ref
        return {"video": self.videos, "show": self.shows}.get(kind, self.stories).get(key)

    def list_pictures(self) -> list[int]:
        """Return the keys of all pictures of these items."""
        rows = [*self.stories.values(), *self.shows.values()]
        return [row.picture_id for row in rows if row.picture_id] + list_picture_keys(list(self.videos.values()))


def choose_refs(plans: Iterable[ShelfPlan], above: Iterable[Ref]) -> dict[int, list[Ref]]:
    """Return the references for each shelf: all picked ones; no automatic item twice, and none that is `above`."""
    rows = list(plans)
    seen = {*above, *(ref for plan in rows if plan.is_picked for ref in plan.refs)}
    chosen = {}
    for plan in rows:
        fresh = plan.refs if plan.is_picked else [ref for ref in plan.refs if ref not in seen][: plan.count]
        seen.update(fresh)
        chosen[plan.key] = list(fresh)
    return chosen


def find_things(refs: Collection[Ref], now: datetime) -> Finds:
    """Return the public items among the references (a query for each kind that occurs: at most three)."""
    keys = {kind: {key for one, key in refs if one == kind} for kind in ("story", "topic", "video", "show")}
    return Finds(
        stories=find_pages(keys["story"] | keys["topic"], now),
        videos=find_available(keys["video"], now),
        shows=find_shows(keys["show"], now),
    )


def make_shelves(
    plans: Iterable[ShelfPlan], chosen: Mapping[int, list[Ref]], finds: Finds, images: Mapping[Wanted, Image]
) -> tuple[ShelfView, ...]:
    """Return the views of the shelves that have at least one item."""
    made = []
    for plan in plans:
        found = ((ref, finds.get(ref)) for ref in chosen[plan.key])
        items = tuple(_make_item(ref[0], thing, images) for ref, thing in found if thing is not None)
        if items:
            made.append(ShelfView(plan.title, plan.url, items, f"regal-{plan.key}"))
    return tuple(made)


def load_pictures(keys: Iterable[int]) -> dict[Wanted, Image]:
    """Return the pictures in the shape of teasers and cards (one query)."""
    return load_images((key, Shape.WIDE) for key in keys)


def _make_item(kind: str, thing: Any, images: Mapping[Wanted, Image]) -> Teaser | VideoCard:
    if kind == "video":
        return make_card(thing, images)
    if kind == "show":
        image = images.get((thing.picture_id or 0, Shape.WIDE))
        return Teaser(show_url(thing), thing.title, pgettext("programme", "Show"), thing.teaser, image)
    if thing.introduction is not None:
        return Teaser(public_url(thing.url_path), thing.title, _("Topic"), thing.introduction)
    return make_teaser(thing, images)
