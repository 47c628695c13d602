"""Selectors of the kids area's pages: pictures as links, and no link that leads out of the area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from funkhaus.mediathek.rules.for_children import is_for_children
from funkhaus.mediathek.selectors import (
    Withdrawn,
    describe_absence,
    get_kids_show,
    get_video,
    load_show_images,
    make_cards,
    read_rows,
    read_shows,
    select_kids_shows,
    select_kids_videos,
    write_summary,
)
from funkhaus.ui.components import Image

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from funkhaus.mediathek.models import Show, Video
    from funkhaus.mediathek.selectors import CardRow, ShowRow

SHOWS, VIDEOS, MORE = 12, 24, 6


@dataclass(frozen=True)
class Tile:
    """A picture as a link. `still` is a frame, shown where there is no picture.

    `is_show`: it leads to a show's videos. `is_first`: it is seen before anything is scrolled.
    """

    url: str
    title: str
    image: Image | None
    still: Image | None = None
    is_show: bool = False
    is_first: bool = False


@dataclass(frozen=True)
class KidsPageView:
    """A page of pictures: the area's first, or a show's."""

    address: str
    title: str
    shows: tuple[Tile, ...]
    videos: tuple[Tile, ...]


@dataclass(frozen=True)
class KidsVideoView:
    """One video with suggestions; none of them starts by itself. `summary`: what lists of results show of it."""

    address: str
    video: Video
    title: str
    summary: str
    back: str
    more: tuple[Tile, ...]


def get_kids_home(now: datetime) -> KidsPageView:
    """Return the view of the first page of the kids area."""
    shows = read_shows(select_kids_shows(now)[:SHOWS])
    images = load_show_images(shows)
    tiles = tuple(Tile(_show_url(show), show.title, images.get(show.pk), is_show=True) for show in shows)
    videos = _tell_apart(_make_tiles(select_kids_videos(now)[:VIDEOS]), tiles)
    if tiles:
        return KidsPageView(reverse("kids:home"), "", _mark_first(tiles), videos)
    return KidsPageView(reverse("kids:home"), "", (), _mark_first(videos))


def get_kids_show_view(public_id: str, now: datetime) -> KidsPageView | None:
    """Return the view of a show's page; None for a show that children may not know of."""
    show = get_kids_show(public_id, now)
    if show is None:
        return None
    videos = _make_tiles(select_kids_videos(now, show)[:VIDEOS])
    return KidsPageView(_show_url(show), show.title, (), _mark_first(videos))


def get_kids_video_view(public_id: str, now: datetime) -> KidsVideoView | None:
    """Return the view of a video's page; None for one that children may not know of, or that does not play now."""
    video = get_video(public_id)
    if video is None or isinstance(video, Withdrawn):
        return None
    is_made = is_for_children(is_marked=video.is_for_kids, rating=video.rating, hides_preview=video.hides_preview)
    if not is_made or describe_absence(video, now) is not None:
        return None
    home = video.show if video.show and video.show.live and video.show.is_for_kids else None
    others = _make_tiles(select_kids_videos(now, home).exclude(pk=video.pk)[:MORE])
    if home and not others:
        others = _make_tiles(select_kids_videos(now).exclude(pk=video.pk)[:MORE])
    back = _show_url(home) if home else reverse("kids:home")
    summary = write_summary(video.teaser, video.description) or video.title
    return KidsVideoView(_video_url(video), video, video.title, summary, back, others)


def _make_tiles(videos: QuerySet[Video]) -> tuple[Tile, ...]:
    rows = read_rows(videos)
    cards = make_cards(rows)
    return tuple(
        Tile(_video_url(video), card.title, card.image, card.still) for video, card in zip(rows, cards, strict=True)
    )


def _tell_apart(videos: tuple[Tile, ...], shows: tuple[Tile, ...]) -> tuple[Tile, ...]:
    """Return the videos with a still where their picture stands for a show already: titles tell nothing here."""
    taken = {show.image.src for show in shows if show.image}
    return tuple(
        replace(video, image=None) if video.still and video.image and video.image.src in taken else video
        for video in videos
    )


def _mark_first(tiles: tuple[Tile, ...]) -> tuple[Tile, ...]:
    return tuple(replace(tile, is_first=number == 0) for number, tile in enumerate(tiles))


def _show_url(show: Show | ShowRow) -> str:
    return reverse("kids:show-detail", args=[show.public_id, show.slug])


def _video_url(video: Video | CardRow) -> str:
    return reverse("kids:video-detail", args=[video.public_id, video.slug])
