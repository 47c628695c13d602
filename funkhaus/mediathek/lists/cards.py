"""Cards of videos, the same in all lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.ingest.package.layout import POSTER_WIDTHS
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.lists.public_videos import list_available, poster_url
from funkhaus.mediathek.models import Video, VideoKind
from funkhaus.mediathek.vocabulary.accessibility import list_badges
from funkhaus.mediathek.vocabulary.addresses import video_url
from funkhaus.mediathek.vocabulary.ratings import RatingWords
from funkhaus.ui.components import Image, VideoCard
from funkhaus.ui.time_phrases import describe_length, iso_length

WHOLE_WIDTH = 1280  # pixels: what browsers are told of the whole poster, which is as wide as its film


class CardRow(NamedTuple):
    """The columns that a card needs, as plain values: model instances would dominate the cost of a list."""

    pk: int
    public_id: str
    slug: str
    title: str
    kind: str
    teaser: str
    picture_id: int | None
    age_rating: str
    rating_reasons: list[str]
    hides_preview: bool
    episode_number: int | None
    show__title: str | None
    season__title: str | None
    season__number: int | None
    until: datetime | None
    access: str | None
    media: dict[str, Any]
    sort_key: int


def read_rows(videos: QuerySet[Video]) -> list[CardRow]:
    """Return the rows of videos of `list_available` (one query)."""
    return [CardRow._make(row) for row in videos.values_list(*CardRow._fields)]


def find_available(keys: Collection[int], now: datetime) -> dict[int, CardRow]:
    """Return the rows of the videos among `keys` that are available now, by key (one query)."""
    return {row[0]: CardRow._make(row) for row in _AVAILABLE.run_for(now, keys)}


def _select_available(now: datetime, *keys: int) -> QuerySet[Any, Any]:
    return list_available(now).filter(pk__in=keys).values_list(*CardRow._fields)


_AVAILABLE = PreparedQuery(_select_available)


def make_cards(rows: Iterable[CardRow]) -> tuple[VideoCard, ...]:
    """Return the cards of these rows (one query for all pictures)."""
    rows = list(rows)
    images = load_images((row.picture_id, Shape.WIDE) for row in rows if row.picture_id and not row.hides_preview)
    return tuple(make_card(row, images) for row in rows)


def make_card(video: CardRow, images: Mapping[Wanted, Image]) -> VideoCard:
    """Return the card of one row; `images` contains its picture, if it has one."""
    media, rating = video.media, RatingWords(AgeRating(video.age_rating), tuple(video.rating_reasons))
    seconds = (media["duration_ms"] or 0) / 1000
    has_still = bool(media["poster"]) and not video.hides_preview
    return VideoCard(
        url=video_url(video),
        title=video.title,
        kicker=video.show__title or capfirst(str(VideoKind(video.kind).label)),
        still=_make_still(video, media) if has_still else None,
        image=None if video.hides_preview else images.get((video.picture_id or 0, Shape.WIDE)),
        duration=describe_length(seconds) if seconds else "",
        duration_iso=iso_length(seconds) if seconds else "",
        rating=rating.mark,
        rating_reasons=rating.reasons,
        available_until=video.until,
        text="" if video.hides_preview else video.teaser,
        line=describe_episode(video.season__number, video.season__title, video.episode_number),
        badges=list_badges((video.access or "").split(",")),
        is_audio=not media["has_video"],
    )


def _make_still(video: CardRow, media: Mapping[str, Any]) -> Image:
    """Return the poster in its widths; `width` and `height` give the shape of a card."""
    addresses = {width: poster_url(video, media["key"], media["poster_at_ms"], width) for width in (*POSTER_WIDTHS, 0)}
    srcset = ", ".join(f"{address} {width or WHOLE_WIDTH}w" for width, address in addresses.items())
    return Image(addresses[max(POSTER_WIDTHS)], srcset, width=800, height=450, alt="")


def describe_episode(season: int | None, season_title: str | None, episode: int | None) -> str:
    """Return season (its title, else its number) and episode as text."""
    parts = []
    if season is not None:
        parts.append(season_title or _("Season %(number)d") % {"number": season})
    if episode:
        parts.append(_("Episode %(number)d") % {"number": episode})
    return ", ".join(parts)
