"""Publish checks of an article; each of these gates warns, blocks or is off (setting `FUNKHAUS_GATES`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from funkhaus.cms.models import Picture
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.selectors import videos_with_media
from funkhaus.newsroom.articles.pictures import key_of, list_items
from funkhaus.newsroom.errors import BlockedByGates
from funkhaus.newsroom.models import ArticlePage, CaptionException

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

KICKER_HOLDS = 40  # characters that fit on one line above a headline in the narrowest list


@dataclass(frozen=True)
class Finding:
    """Something that is missing, in words that tell an editor what to do.

    Where `blocks` is true, nothing is published.
    """

    gate: str
    text: str
    blocks: bool


def refuse_blocked(draft: ArticlePage) -> None:
    """Raise `BlockedByGates` where a gate that blocks finds something in a draft today."""
    blocking = [finding.text for finding in judge_article(draft, timezone.localdate()) if finding.blocks]
    if blocking:
        raise BlockedByGates(draft, blocking)


def judge_article(page: ArticlePage, today: date) -> tuple[Finding, ...]:
    """Return everything that the gates find in an article on the day `today` (at most eight queries)."""
    found = [*_judge_pictures(page), *_judge_videos(page, today), *_judge_kicker(page), *_judge_reference(page)]
    stands = {gate: settings.GATES.get(gate, "off") for gate, _text in found}
    return tuple(Finding(gate, text, stands[gate] == "block") for gate, text in found if stands[gate] != "off")


def _judge_kicker(page: ArticlePage) -> Iterable[tuple[str, str]]:
    if len(page.kicker) > KICKER_HOLDS:
        text = _("The kicker has %(count)d characters; more than %(limit)d break into a second line in lists.")
        yield "kicker", text % {"count": len(page.kicker), "limit": KICKER_HOLDS}


def _judge_reference(page: ArticlePage) -> Iterable[tuple[str, str]]:
    if not page.no_reference_reason.strip() and not page.programme_references.all():
        yield "reference", _("The text belongs to no programme: name one, or the reason why there is none.")


def _judge_pictures(page: ArticlePage) -> Iterable[tuple[str, str]]:
    named: set[int] = {page.picture_id} if page.picture_id else set()
    for value in _picture_values(page):
        if not str(value.get("alt_text") or "").strip():
            named.add(key_of(value))
    for picture in Picture.objects.filter(pk__in=named - {0}):
        if not picture.alt_text.strip():
            text = _("The picture “%(title)s” has no alternative text: say what can be seen, in one sentence.")
            yield "alt", text % {"title": picture.title}


def _picture_values(page: ArticlePage) -> Iterable[Any]:
    for block in page.body.raw_data:
        if block["type"] in {"picture", "map"}:
            yield block["value"]
        elif block["type"] == "gallery":
            yield from list_items(block["value"].get("pictures"))
        elif block["type"] == "related" and key_of(block["value"]):
            yield {"picture": key_of(block["value"])}


def _judge_videos(page: ArticlePage, today: date) -> Iterable[tuple[str, str]]:
    rows = (block["value"] for block in page.body.raw_data if block["type"] in {"video", "audio"})
    keys = {key for row in rows if (key := key_of(row, "video"))}
    if not keys:
        return
    excepted = set(
        CaptionException.objects.filter(video_id__in=keys, until__gte=today).values_list("video_id", flat=True)
    )
    for video in videos_with_media().filter(pk__in=keys):
        if video.rating is AgeRating.UNRATED:
            text = _("“%(title)s” has no age rating: rate it in the Mediathek first.")
            yield "rating", text % {"title": video.title}
        if video.pk not in excepted and _lacks_captions(video):
            text = _("“%(title)s” has no captions: add some, or note an exception with a date.")
            yield "captions", text % {"title": video.title}


def _lacks_captions(video: Video) -> bool:
    assets = [version.asset for version in video.versions.all() if version.asset and version.asset.has_video]
    kinds = {track.kind for asset in assets for track in asset.text_tracks.all()}
    return bool(assets) and not kinds & {"subtitles", "captions"}
