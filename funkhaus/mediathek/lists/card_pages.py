"""Pages of lists as ranges of one index, so that their cost does not grow with the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from funkhaus.cms.queries.pagination import Cursor, skip_to
from funkhaus.mediathek.lists.cards import CardRow, make_cards, read_rows
from funkhaus.mediathek.lists.public_videos import list_available, prepared_versions, running_windows
from funkhaus.mediathek.models import Listing, Video
from funkhaus.mediathek.rules.list_keys import ENDS
from funkhaus.ui.components import VideoCard

PAGE = 24  # cards; fills the rows of a grid with two, three, four or six columns


@dataclass(frozen=True)
class CardPage:
    """A page of cards; `following` is the cursor of the next page, None at the end."""

    cards: tuple[VideoCard, ...] = ()
    following: Cursor | None = None


def list_cards(
    key: str, now: datetime, *, after: Cursor | None = None, limit: int = PAGE, is_ascending: bool = False
) -> CardPage:
    """Return a page of the list `key` (`rules.list_keys`), by descending or ascending sort value (two queries)."""
    videos, following = find_videos(key, now, after=after, limit=limit, is_ascending=is_ascending)
    return CardPage(make_cards(videos), following)


def find_videos(
    key: str,
    now: datetime,
    *,
    after: Cursor | None = None,
    limit: int = PAGE,
    is_ascending: bool = False,
    latest: int | None = None,
) -> tuple[list[CardRow], Cursor | None]:
    """Return the rows of a page in order, and the cursor of the next page (one query).

    `latest` is the highest sort value to include. Entries only find candidates; the query decides from the catalogue
    which videos are available.
    """
    rows = select_videos(key, now, is_ascending=is_ascending)
    if latest is not None:
        rows = rows.filter(Q(sort_key__lte=latest))  # annotated by `select_videos`
    if after is not None:
        last = Video.objects.filter(public_id=after.name).values("pk")[:1]
        rows = skip_to(rows, after, last, is_ascending=is_ascending)
    found = read_rows(rows[: limit + 1])
    page = found[:limit]
    more = len(found) > limit
    return page, Cursor(page[-1].sort_key, page[-1].public_id) if more else None


def select_videos(key: str, now: datetime, *, is_ascending: bool = False) -> QuerySet[Video]:
    """Return the available videos of a list in its order.

    Entries of future starts, and of expired videos not yet swept, are filtered out.
    """
    second = int(now.timestamp())
    span = {"listings__sort_key__gt": second} if key == ENDS else {}
    if not is_ascending:
        span = {"listings__sort_key__lte": second}
    sign = "" if is_ascending else "-"
    return (
        list_available(now)
        .filter(listings__key=key, **span)
        .annotate(sort_key=F("listings__sort_key"), entry=F("listings__video"))
        .order_by(f"{sign}sort_key", f"{sign}entry")
    )


def has_videos(prefix: str, now: datetime) -> Exists:
    """Return a condition on shows (`prefix` is `show:`), genres etc.: the list of each has an available video."""
    return Exists(_visible_entries(Concat(Value(prefix), Cast(OuterRef("pk"), CharField())), now))


def find_filled(keys: Iterable[str], now: datetime) -> set[str]:
    """Return those of the list keys `keys` that have an available video (one query each)."""
    # Ordered like the index, so that it is used: `exists()` drops the order and leaves the plan to the database.
    return {key for key in keys if _visible_entries(key, now).order_by("-sort_key").values_list("pk")[:1]}


def _visible_entries(key: Any, now: datetime) -> QuerySet[Listing]:
    return Listing.objects.filter(
        Exists(running_windows("video_id", now)),
        Exists(prepared_versions("video_id")),
        key=key,
        sort_key__lte=int(now.timestamp()),
        video__live=True,
    )


def is_list_missing() -> bool:
    """Return True if there are published videos but no entries, as after an upgrade from an old version."""
    return Video.objects.filter(live=True).exists() and not Listing.objects.exists()
