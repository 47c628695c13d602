"""Services that create catalogue items."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.utils import timezone

from funkhaus.cms.content_changes.unseen_changes import quiet_if
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.models import Season, Show, Version, VersionKind, Video
from funkhaus.mediathek.services.publishing import request_publication

if TYPE_CHECKING:
    from funkhaus.accounts.models import User
    from funkhaus.ingest.models import Asset


class VideoDetails(TypedDict, total=False):
    """Optional attributes of a new item; `language` is that of the original version (BCP 47)."""

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
    """Store a catalogue item with its original version.

    A published one is available everywhere from now on without end; a draft has no window. `publish` waits for a media
    file in preparation (`request_publication`). Raises `ValidationError` for an invalid value.
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
    video.full_clean(validate_unique=False)  # the only unique value is the random public id, which the table checks
    with unit_of_work():
        video.save()
        with quiet_if(is_hidden=True):  # of a draft
            Version.objects.create(video=video, kind=VersionKind.ORIGINAL, language=language, asset=asset)
        video.save_revision(user=user, clean=False)
        if publish:
            request_publication(video=video, user_id=user.pk if user else None)
    return video
