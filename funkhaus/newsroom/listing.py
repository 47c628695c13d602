"""Published articles and their teasers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.cms.structure import public_url
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.visibility import visible
from funkhaus.ui.components import Image, Teaser

PAGE_SIZE = 24


def list_published(now: datetime) -> QuerySet[ArticlePage]:
    """Articles that the public may see at `now`, newest first, with what a teaser shows."""
    return (
        visible(ArticlePage.objects.all(), now)
        .order_by(F("first_published_at").desc(), "-pk")
        .only("title", "url_path", "path", "depth", "kicker", "teaser", "picture_id", "first_published_at")
    )


def as_rows(pages: QuerySet[ArticlePage]) -> QuerySet[Any, Any]:
    """The same articles as plain rows of what a teaser shows: for pages that look at many and show few."""
    names = ("pk", "title", "url_path", "path", "first_published_at", "kicker", "teaser", "picture_id")
    return pages.values_list(*names, named=True)


def make_teasers(pages: Iterable[Any], *, sections: Mapping[str, str] | None = None) -> tuple[Teaser, ...]:
    """Turn articles into teasers (one query for all pictures). `sections`: names by tree path."""
    rows = list(pages)
    images = load_images((row.picture_id, Shape.WIDE) for row in rows if row.picture_id)
    return tuple(make_teaser(row, images, (sections or {}).get(row.path[: -ArticlePage.steplen], "")) for row in rows)


def make_teaser(page: Any, images: Mapping[Wanted, Image], section: str = "") -> Teaser:
    """Turn one article into a teaser with its picture out of `images`."""
    return Teaser(
        url=public_url(page.url_path),
        kicker=page.kicker,
        headline=page.title,
        text=page.teaser,
        image=images.get((page.picture_id or 0, Shape.WIDE)),
        published_at=page.first_published_at,
        section=section,
    )
