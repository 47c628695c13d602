"""The public page of a video, without its player."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from funkhaus.mediathek.lists.breadcrumbs_and_tabs import mediathek_link
from funkhaus.mediathek.lists.card_pages import select_videos
from funkhaus.mediathek.lists.cards import describe_episode, make_cards, read_rows
from funkhaus.mediathek.lists.public_videos import availability_of, poster_url
from funkhaus.mediathek.models import CreditRole, Video
from funkhaus.mediathek.pages.machine_labels import label_page
from funkhaus.mediathek.pages.transcripts import get_transcript
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.playable.video_duration import video_seconds
from funkhaus.mediathek.rules.availability import Availability, Available, Expired, GeoBlocked, NotYet
from funkhaus.mediathek.vocabulary.accessibility import list_badges
from funkhaus.mediathek.vocabulary.addresses import person_url, show_url, video_url
from funkhaus.mediathek.vocabulary.ratings import RatingWords
from funkhaus.mediathek.vocabulary.template_data import PersonView, VideoPageView
from funkhaus.ui.components import Link, Notice, VideoCard
from funkhaus.ui.json_ld import describe_station, to_json_ld
from funkhaus.ui.time_phrases import describe_end, describe_length, describe_planned, iso_length

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

# Cards of other videos (one row), and people named at most: both bound the page.
MORE, PEOPLE_CAP = 4, 60


def get_video_page_view(
    video: Video, now: datetime, describe: Mapping[str, Any] = MappingProxyType({})
) -> VideoPageView:
    """Return the page of a published video that `selectors.get_video` returned.

    `describe`: further schema.org properties of the calling package.
    """
    availability, season = availability_of(video, now), video.season
    original = original_of(video.versions.all())
    asset = original.asset if original else None
    seconds = video_seconds(video)
    notice = describe_absence(video, now)
    until = availability.until if isinstance(availability, Available) else None
    show = Link(video.show.title, show_url(video.show), lang="de") if video.show and video.show.live else None
    return VideoPageView(
        public_id=video.public_id,
        address=video_url(video),
        above=(mediathek_link(), show) if show else (mediathek_link(),),
        kind=capfirst(str(video.get_kind_display())),
        title=video.title,
        line=describe_episode(
            season.number if season else None, season.title if season else None, video.episode_number
        ),
        show=show,
        teaser="" if video.hides_preview else video.teaser,
        description="" if video.hides_preview else video.description,
        rating=RatingWords(video.rating, tuple(video.rating_reasons), is_over=isinstance(availability, Expired)),
        age_label=label_page(video.rating),
        duration=describe_length(seconds) if seconds else "",
        duration_iso=iso_length(seconds) if seconds else "",
        published_at=None if isinstance(availability, NotYet) else video.first_published_at,
        available_until=until,
        notice=notice,
        image=None,
        more=_more(video, now),
        structured=to_json_ld(_structured(video, asset, until, seconds) | dict(describe)),
        transcript=None if notice else get_transcript(video, now),
        people=_list_people(video),
        access=() if notice else list_badges((getattr(video, "access", None) or "").split(",")),
    )


def describe_unavailability(availability: Availability) -> Notice | None:
    """Return the notice why a video has no player now; None if it has one."""
    match availability:
        case Available() | GeoBlocked():  # the territory is checked at playback: pages are the same for all
            return None
        case NotYet(starts_at):
            return Notice(_("Not yet available"), _("From %(moment)s.") % {"moment": describe_planned(starts_at)})
        case Expired(ended_at):
            return Notice(
                _("No longer available"),
                _("The time for which we may show this video ended on %(moment)s.")
                % {"moment": describe_end(ended_at)},
            )
    return Notice(_("Not available"), _("This video is not released for the Mediathek."))


def describe_absence(video: Video, now: datetime) -> Notice | None:
    """Return the notice why there is no player on the video's page now; None if there is one."""
    original = original_of(video.versions.all())
    is_ready = original is not None and original.asset is not None and original.asset.is_playable
    return describe_unavailability(availability_of(video, now)) or (None if is_ready else preparing())


def preparing() -> Notice:
    """Return the notice that the media file is not encoded yet."""
    return Notice(_("Being prepared"), _("This video will be ready in a few minutes."))


def _more(video: Video, now: datetime) -> tuple[VideoCard, ...]:
    """Return cards of other videos of the same show, or of the same kind, newest first."""
    key = f"show:{video.show_id}" if video.show_id else f"kind:{video.kind}"
    return make_cards(read_rows(select_videos(key, now).exclude(pk=video.pk)[:MORE]))


def _list_people(video: Video) -> tuple[tuple[str, tuple[PersonView, ...]], ...]:
    """Return the credits by role, in the editors' order (one query)."""
    by_role: dict[str, list[PersonView]] = {}
    for credit in video.credits.select_related("person").order_by("sort_order", "pk")[:PEOPLE_CAP]:
        role = capfirst(str(CreditRole(credit.role).label))
        person = PersonView(credit.person.name, person_url(credit.person), credit.character)
        by_role.setdefault(role, []).append(person)
    return tuple((role, tuple(people)) for role, people in by_role.items())


def _thumbnail(video: Video, asset: Asset | None) -> str | None:
    if asset is None or video.hides_preview:
        return None
    return settings.PUBLIC_URL + poster_url(video, asset.key, asset.poster_at_ms)


def _structured(video: Video, asset: Asset | None, until: datetime | None, seconds: float) -> dict[str, Any]:
    is_audio = asset is not None and asset.has_audio and not asset.has_video
    return {
        "@type": "AudioObject" if is_audio else "VideoObject",
        "name": video.title,
        "description": video.title if video.hides_preview else video.teaser or video.title,
        "thumbnailUrl": _thumbnail(video, asset),
        "uploadDate": video.first_published_at.isoformat(timespec="seconds") if video.first_published_at else None,
        "duration": iso_length(seconds) if seconds else None,
        "expires": until.isoformat(timespec="seconds") if until else None,
        "inLanguage": "de",
        "isFamilyFriendly": not video.rating.is_restricted,
        "publisher": describe_station(),
    }
