"""Selectors for embedding: the embed page, the HTML code, and the description for oEmbed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from PIL import Image

from funkhaus.kernel.public_id import PATTERN
from funkhaus.mediathek.selectors import Withdrawn, availability_of, describe_unavailability, get_video, video_url
from funkhaus.playback.player_view import PlayerView
from funkhaus.playback.selectors import get_player_view, get_poster
from funkhaus.syndication.player_size import AUDIO_HEIGHT, SIZES, WIDTH, fit
from funkhaus.ui.components import Notice

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

_ITEM = re.compile(rf"(?:/en)?/(?:video/({PATTERN})-[-a-z0-9_]*|embed/({PATTERN}))/", re.ASCII)
ALLOWED = "fullscreen; picture-in-picture; encrypted-media; web-share"


@dataclass(frozen=True)
class EmbedView:
    """The embed page for other sites; `player` is None where `notice` gives the reason, or where embedding is off."""

    title: str
    language: str
    page_url: str
    is_embeddable: bool
    player: PlayerView | None
    notice: Notice | None


@dataclass(frozen=True)
class ShareView:
    """The embedding offer on a video's page: HTML code of the usual size, and the values for other sizes."""

    code: str
    address: str
    title: str
    sizes: tuple[tuple[int, int], ...]
    width: int
    oembed: str


@dataclass(frozen=True)
class OEmbedView:
    """An item for oEmbed 1.0; sizes in pixels, `thumbnail` as address, width and height."""

    kind: str
    title: str
    author_name: str
    author_url: str
    code: str
    width: int
    height: int
    thumbnail: tuple[str, int, int] | None


def get_embed_view(public_id: str, now: datetime, from_s: int) -> EmbedView | Withdrawn | None:
    """Return the embed page of a published item; None when the public may not know of it."""
    video = get_video(public_id)
    if video is None or isinstance(video, Withdrawn):
        return video
    notice = describe_unavailability(availability_of(video, now))
    plays = video.is_embeddable and notice is None
    return EmbedView(
        title=video.title,
        language="de",
        page_url=settings.PUBLIC_URL + video_url(video) + (f"#t={from_s}" if from_s else ""),
        is_embeddable=video.is_embeddable,
        player=get_player_view(video, is_embedded=True, from_s=from_s) if plays else None,
        notice=notice,
    )


def get_share_view(video: Video, player: PlayerView) -> ShareView | None:
    """Return the embedding offer on the page of `video` with this player (no query); None where embedding is off."""
    if not video.is_embeddable:
        return None
    width, height = _size(player)
    address = settings.PUBLIC_URL + reverse("syndication:embed", args=[video.public_id])
    return ShareView(
        code=write_code(address, video.title, width, height),
        address=address,
        title=video.title,
        sizes=tuple(dict.fromkeys(_size(player, longest=longest) for longest in SIZES)),
        width=width,
        oembed=f"{settings.PUBLIC_URL}{reverse('oembed')}?{urlencode({'url': settings.PUBLIC_URL + video_url(video)})}",
    )


def get_oembed(address: str, now: datetime, *, max_width: int | None, max_height: int | None) -> OEmbedView | None:
    """Return the item at one of our addresses; None where there is none that may be embedded now."""
    public_id = find_id(address)
    video = get_video(public_id) if public_id else None
    if (
        video is None
        or isinstance(video, Withdrawn)
        or not video.is_embeddable
        or describe_unavailability(availability_of(video, now))
    ):
        return None
    player = get_player_view(video)
    width, height = _size(player, max_width=max_width, max_height=max_height)
    frame = settings.PUBLIC_URL + reverse("syndication:embed", args=[video.public_id])
    return OEmbedView(
        kind="rich" if player.is_audio else "video",
        title=video.title,
        author_name=video.show.title if video.show and video.show.live else settings.STATION,
        author_url=settings.PUBLIC_URL + "/",
        code=write_code(frame, video.title, width, height),
        width=width,
        height=height,
        thumbnail=_get_thumbnail(video.public_id, player.poster_url) if player.poster_url else None,
    )


def find_id(address: str) -> str | None:
    """Return the public id in the address of a video or embed page of this site; None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as an incomplete IPv6 address
        return None
    own = {urlsplit(settings.PUBLIC_URL).hostname, *settings.ALLOWED_HOSTS}
    if parts.scheme not in {"http", "https"} or parts.hostname not in own:
        return None
    found = _ITEM.fullmatch(parts.path)
    return (found[1] or found[2]) if found else None


def write_code(address: str, title: str, width: int, height: int) -> str:
    """Return the HTML code that other sites put into their pages."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" allow="{}" allowfullscreen></iframe>',
        address, title, str(width), str(height), ALLOWED,
    )  # fmt: skip


def _get_thumbnail(public_id: str, address: str) -> tuple[str, int, int] | None:
    poster = get_poster(public_id)
    if poster is None:
        return None
    with Image.open(poster.path) as picture:
        return settings.PUBLIC_URL + address, picture.width, picture.height


def _size(player: PlayerView, **limits: int | None) -> tuple[int, int]:
    if player.is_audio:
        given = {name: limit for name, limit in limits.items() if limit}
        return given.get("max_width", WIDTH), min(AUDIO_HEIGHT, given.get("max_height", AUDIO_HEIGHT))
    shape = (player.width, player.height) if player.width and player.height else None
    return fit(shape, **{name: limit for name, limit in limits.items() if limit})
