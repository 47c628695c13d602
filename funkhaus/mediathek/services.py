"""Changes of the catalogue; each function is one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.editing.upload_folder import claim_upload_folder
from funkhaus.mediathek.models import Season, Show, Version, VersionKind, Video
from funkhaus.mediathek.preview import open_availability, use_renderer

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

__all__ = [
    "claim_upload_folder",
    "create_video",
    "open_availability",
    "publish_video",
    "replace_asset",
    "unpublish_video",
    "use_renderer",
]


class VideoDetails(TypedDict, total=False):
    """What may be said of a new item besides; `language` is that of the original version (BCP 47)."""

    teaser: str
    description: str
    show: Show | None
    season: Season | None
    episode_number: int | None
    published_on: date
    language: str


@transaction.atomic
def create_video(
    *,
    title: str,
    asset: Asset | None,
    kind: str = "clip",
    rating: str = "unrated",
    is_for_kids: bool = False,
    publish: bool = False,
    user_id: int | None = None,
    **details: Unpack[VideoDetails],
) -> Video:
    """Make a catalogue item with its original version.

    Published, it is available everywhere from now on without end; otherwise it is a draft without a window.
    Raises `ValidationError` for a value that the catalogue does not know.
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
    video.full_clean()
    video.save()
    Version.objects.create(video=video, kind=VersionKind.ORIGINAL, language=language, asset=asset)
    if publish:
        publish_video(video=video, user_id=user_id)
    else:
        video.save_revision(user=_get_user(user_id))
    return video


@transaction.atomic
def publish_video(*, video: Video, user_id: int | None = None) -> None:
    """Publish the item as it is stored; one that never had a window is available from now on without end."""
    open_availability(video)
    video.save()
    user = _get_user(user_id)
    video.save_revision(user=user).publish(user=user)
    video.refresh_from_db()


@transaction.atomic
def unpublish_video(*, video: Video, user_id: int | None = None) -> None:
    """Make the item a draft again."""
    video.unpublish(user=_get_user(user_id))


@transaction.atomic
def replace_asset(*, video: Video, asset: Asset | None) -> None:
    """Let the original version of the item play another media file; the old one stays stored."""
    version = video.versions.filter(kind=VersionKind.ORIGINAL).order_by("pk").first()
    if version is None:
        Version.objects.create(video=video, kind=VersionKind.ORIGINAL, asset=asset)
    else:
        version.asset = asset
        version.save(update_fields=["asset"])


def _get_user(user_id: int | None) -> object | None:
    return get_user_model().objects.filter(pk=user_id).first() if user_id is not None else None
