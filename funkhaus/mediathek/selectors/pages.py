"""The pages of the Mediathek, each with one call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.mediathek.addresses import show_url, video_url
from funkhaus.mediathek.models import Show, VersionKind, Video, VideoKind
from funkhaus.mediathek.page_views import (
    SeasonView,
    ShowEntry,
    ShowListView,
    ShowPageView,
    VideoPageView,
)
from funkhaus.mediathek.ratings import describe_rating
from funkhaus.mediathek.rules import Availability, Available, Expired, GeoBlocked, NotYet
from funkhaus.mediathek.selectors.labels import label_page
from funkhaus.mediathek.selectors.transcripts import get_transcript
from funkhaus.mediathek.selectors.videos import (
    LIST_CAP,
    Withdrawn,
    availability_of,
    list_available,
    list_newest_videos,
    make_cards,
    poster_url,
)
from funkhaus.mediathek.words import video_seconds
from funkhaus.ui.components import Image, Link, Notice, VideoCard
from funkhaus.ui.structured import to_json_ld
from funkhaus.ui.words import iso_length, say_length, say_moment

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

SHOW_CAP = 1000
MORE = 4


def get_video_page_view(video: Video, now: datetime) -> VideoPageView:
    """Compose the page of a published video that `selectors.get_video` returned."""
    availability = availability_of(video, now)
    original = next((v for v in video.versions.all() if v.kind == VersionKind.ORIGINAL), None)
    asset = original.asset if original else None
    seconds = video_seconds(video)
    notice = explain(availability) or (None if asset and asset.is_playable else preparing())
    until = availability.until if isinstance(availability, Available) else None
    show = Link(video.show.title, show_url(video.show)) if video.show and video.show.live else None
    return VideoPageView(
        public_id=video.public_id,
        address=video_url(video),
        above=(_mediathek(), show) if show else (_mediathek(),),
        kind=capfirst(str(video.get_kind_display())),
        title=video.title,
        line=_line(video),
        show=show,
        teaser="" if video.hides_preview else video.teaser,
        description="" if video.hides_preview else video.description,
        rating=describe_rating(video.rating, video.rating_reasons),
        age_label=label_page(video.rating),
        duration=say_length(seconds) if seconds else "",
        duration_iso=iso_length(seconds) if seconds else "",
        published_at=video.first_published_at,
        available_until=until,
        notice=notice,
        image=None,
        more=_more(video, now),
        structured=_structured(video, asset, until, seconds),
        transcript=None if notice else get_transcript(video),
    )


def _mediathek() -> Link:
    return Link(_("Mediathek"), reverse("mediathek:show-list"))


def explain(availability: Availability) -> Notice | None:
    """Why a video has no player now; None where it has one."""
    match availability:
        case Available() | GeoBlocked():  # where the viewer is, is asked when they play
            return None
        case NotYet(starts_at):
            return Notice(_("Not yet available"), _("From %(moment)s.") % {"moment": say_moment(starts_at)})
        case Expired(ended_at):
            return Notice(
                _("No longer available"),
                _("The time for which we may show this video ended on %(moment)s.") % {"moment": say_moment(ended_at)},
            )
    return Notice(_("Not available"), _("This video is not released for the Mediathek."))


def preparing() -> Notice:
    """The file is there and not yet ready for players."""
    return Notice(_("Being prepared"), _("This video will be ready in a few minutes."))


def _line(video: Video) -> str:
    parts = []
    if video.season:
        parts.append(video.season.title or _("Season %(number)d") % {"number": video.season.number})
    if video.episode_number:
        parts.append(_("Episode %(number)d") % {"number": video.episode_number})
    return ", ".join(parts)


def _more(video: Video, now: datetime) -> tuple[VideoCard, ...]:
    """Others of the same show, or of the same kind."""
    others = list_available(now).exclude(pk=video.pk)
    if video.show_id:
        others = others.filter(show_id=video.show_id).order_by("-season__number", "-episode_number", "-pk")
    else:
        others = others.filter(show__isnull=True).order_by(F("first_published_at").desc(nulls_last=True), "-pk")
    return make_cards(others[:MORE], now)


def _thumbnail(video: Video, asset: Asset | None) -> str | None:
    if asset is None or video.hides_preview:
        return None
    return settings.PUBLIC_URL + poster_url(video, asset.key, asset.poster_at_ms)


def _structured(video: Video, asset: Asset | None, until: datetime | None, seconds: float) -> Any:
    return to_json_ld(
        {
            "@type": "VideoObject",
            "name": video.title,
            "description": video.title if video.hides_preview else video.teaser or video.title,
            "thumbnailUrl": _thumbnail(video, asset),
            "uploadDate": video.first_published_at.isoformat() if video.first_published_at else None,
            "duration": iso_length(seconds) if seconds else None,
            "expires": until.isoformat() if until else None,
            "inLanguage": "de",
            "isFamilyFriendly": not video.rating.is_restricted,
        }
    )


def get_show_page_view(public_id: str, now: datetime) -> ShowPageView | Withdrawn | None:
    """Compose a show's page with its available episodes, newest season first."""
    show = Show.objects.filter(public_id=public_id).first()
    if show is None or (not show.live and show.first_published_at is None):
        return None
    if not show.live:
        return Withdrawn()
    episodes = list(
        list_available(now)
        .filter(show=show)
        .order_by(F("season__number").desc(nulls_last=True), "episode_number", "first_published_at")[:LIST_CAP]
    )
    cards = dict(zip((row.pk for row in episodes), make_cards(episodes, now), strict=True))
    seasons = tuple(
        SeasonView(_season_title(rows), tuple(cards[row.pk] for row in rows))
        for rows in (list(group) for _key, group in groupby(episodes, key=lambda row: row.season_id))
    )
    return ShowPageView(
        address=show_url(show),
        above=(_mediathek(),),
        title=show.title,
        teaser=show.teaser,
        description=show.description,
        image=_images([show]).get(show.pk),
        seasons=seasons,
    )


def _season_title(rows: list[Video]) -> str:
    season = rows[0].season
    if season is None:
        return ""
    return season.title or _("Season %(number)d") % {"number": season.number}


def _images(shows: Iterable[Show]) -> dict[int, Image]:
    owners = {show.pk: show.picture_id for show in shows if show.picture_id}
    images = load_images((picture, Shape.WIDE) for picture in owners.values())
    return {pk: images[picture, Shape.WIDE] for pk, picture in owners.items() if (picture, Shape.WIDE) in images}


def get_show_list_view(now: datetime) -> ShowListView:
    """Compose the list from A to Z: published shows in which something can be watched."""
    available = list_available(now).filter(show=OuterRef("pk"))
    shows = sorted(
        Show.objects.filter(Exists(available), live=True).order_by("title")[:SHOW_CAP],
        key=lambda show: sort_key(show.title),
    )
    images = _images(shows)
    letters = groupby(shows, key=lambda show: first_letter(show.title))
    films = list_available(now).filter(kind=VideoKind.FILM).order_by("-first_published_at")[:MORE]
    return ShowListView(
        letters=tuple(
            (
                letter,
                tuple(ShowEntry(show.title, show_url(show), show.teaser, images.get(show.pk)) for show in group),
            )
            for letter, group in letters
        ),
        newest=list_newest_videos(now, 8),
        films=make_cards(films, now),
    )


_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def sort_key(title: str) -> str:
    """The place of a title in the list: umlauts as their base letter (DIN 5007-1)."""
    return title.casefold().translate(_FOLDED)


def first_letter(title: str) -> str:
    """The letter under which a title stands; «0-9» for what begins with none."""
    letter = sort_key(title)[:1].upper()
    return letter if letter.isalpha() else "0–9"
