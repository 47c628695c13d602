"""Videos as cards: what every list of the house shows of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.mediathek.addresses import video_url
from funkhaus.mediathek.models import VersionKind, Video
from funkhaus.mediathek.ratings import describe_rating, say_reasons
from funkhaus.mediathek.selectors.videos import poster_url
from funkhaus.ui.components import Badge, Image, VideoCard
from funkhaus.ui.words import iso_length, say_length


def make_cards(videos: Iterable[Video]) -> tuple[VideoCard, ...]:
    """Turn videos of `list_available` into cards (one query for all their pictures)."""
    rows = list(videos)
    images = load_images((row.picture_id, Shape.WIDE) for row in rows if row.picture_id and not row.hides_preview)
    return tuple(make_card(row, images) for row in rows)


def make_card(video: Any, images: Mapping[Wanted, Image]) -> VideoCard:
    """Turn one video of `list_available` into a card with its picture out of `images`."""
    media = video.media
    seconds = (media["duration_ms"] or 0) / 1000
    has_still = bool(media["poster"]) and not video.hides_preview
    return VideoCard(
        url=video_url(video),
        title=video.title,
        kicker=video.show.title if video.show else capfirst(str(video.get_kind_display())),
        poster_url=poster_url(video, media["key"], media["poster_at_ms"]) if has_still else "",
        image=None if video.hides_preview else images.get((video.picture_id or 0, Shape.WIDE)),
        duration=say_length(seconds) if seconds else "",
        duration_iso=iso_length(seconds) if seconds else "",
        rating=describe_rating(video.rating).short if video.rating.minimum_age else "",
        rating_reasons=say_reasons(video.rating_reasons),
        available_until=video.until,
        text="" if video.hides_preview else video.teaser,
        line=say_place_in_show(video),
        badges=tuple(list_badges(video.version_kinds.split(","))),
        is_audio=not media["has_video"],
    )


def say_place_in_show(video: Video) -> str:
    """Season and episode in words; `season` is loaded."""
    parts = []
    if video.season:
        parts.append(video.season.title or _("Season %(number)d") % {"number": video.season.number})
    if video.episode_number:
        parts.append(_("Episode %(number)d") % {"number": video.episode_number})
    return ", ".join(parts)


def list_badges(kinds: Collection[str]) -> list[Badge]:
    """The other forms in which a work exists, each once, in a fixed order."""
    short = {
        VersionKind.AUDIO_DESCRIPTION: pgettext("badge: audio description", "AD"),
        VersionKind.SIGN_LANGUAGE: pgettext("badge: sign language", "SL"),
        VersionKind.CLEAR_SPEECH: pgettext("badge: clear speech", "CS"),
        VersionKind.EASY_LANGUAGE: pgettext("badge: easy language", "EL"),
        VersionKind.ORIGINAL_LANGUAGE: pgettext("badge: original language", "OL"),
    }
    return [Badge(text, str(kind.label)) for kind, text in short.items() if kind in kinds]
