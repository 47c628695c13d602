"""New items of the catalogue; each function is one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.utils import timezone

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.models import Season, Show, Version, VersionKind, Video
from funkhaus.mediathek.services.publishing import request_publication

if TYPE_CHECKING:
    from funkhaus.accounts.models import User
    from funkhaus.ingest.models import Asset


class VideoDetails(TypedDict, total=False):
    """What may be said of a new item besides; `language` is that of the original version (BCP 47)."""

    teaser: str
    description: str
    show: Show | None
    season: Season | None
    episode_number: int | None
    published_on: date
    language: str


def create_video(
    *,
    title: str,
    asset: Asset | None,
    kind: str = "clip",
    rating: str = "unrated",
    is_for_kids: bool = False,
    publish: bool = False,
    user: User | None = None,
    **details: Unpack[VideoDetails],
) -> Video:
    """Make a catalogue item with its original version.

    Published, it is available everywhere from then on without end; otherwise it is a draft without a window.
    `publish` waits for a media file that is being prepared (`request_publication`). Raises `ValidationError` for a
    value that the catalogue does not know.
    """
    language = details.pop("language", "de")
    video = Video(
        title=title,
        slug=make_slug(title),
        kind=kind,
        age_rating=rating,
        is_for_kids=is_for_kids,
        live=False,
        has_unpublished_changes=True,
        **{"published_on": timezone.localdate(), **details},
    )
    video.full_clean(validate_unique=False)  # unique is only its id in addresses: drawn, and held by the table
    with unit_of_work():
        video.save()
        Version.objects.create(video=video, kind=VersionKind.ORIGINAL, language=language, asset=asset)
        video.save_revision(user=user, clean=False)
        if publish:
            request_publication(video=video, user_id=user.pk if user else None)
    return video
