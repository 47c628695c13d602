"""Publishing: at once, or as soon as the media file plays, is checked and nobody has to look at it first."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from funkhaus.cms.pictures import Shape, make_renditions
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import get_user_id, note_act, require
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.permissions import PUBLISH
from funkhaus.mediathek.playable.files import describe_file
from funkhaus.mediathek.rules.readiness import Publication, decide_publication
from funkhaus.mediathek.services.availability import open_availability

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor

logger = logging.getLogger(__name__)


def lock_original(*, video_id: int) -> Version | None:
    """The version that plays, held until the transaction ends, with its media files as they are now."""
    versions = Version.objects.select_for_update(of=("self",)).select_related("asset", "next_asset")
    return versions.filter(video_id=video_id, kind=VersionKind.ORIGINAL).order_by("pk").first()


@transaction.atomic
def ask_publication(*, by: Actor, video_id: int) -> Publication:
    """Publish the newest draft of the item, or remember that this is wished, with a row for either in the log.

    Raises `PermissionDenied` and `Video.DoesNotExist`.
    """
    require(by, PUBLISH)
    video, user_id = Video.objects.get(pk=video_id).get_latest_revision_as_object(), get_user_id(by)
    version = lock_original(video_id=video_id)
    wish = (version.publish_wished_at is not None, version.publish_wished_by_id) if version else (False, None)
    verdict = request_publication(video=video, user_id=user_id)
    if verdict in {Publication.WHEN_CHECKED, Publication.NEEDS_LOOK} and wish != (True, user_id):
        note_act(video, Act.WISH, by)
    return verdict


@transaction.atomic
def take_back_wish(*, by: Actor, video_id: int) -> bool:
    """Leave the item a draft when its media file could be published; False where nobody wished that.

    Raises `PermissionDenied` and `Video.DoesNotExist`.
    """
    require(by, PUBLISH)
    video = Video.objects.get(pk=video_id)
    if not video.versions.filter(publish_wished_at__isnull=False).exists():
        return False
    withdraw_wish(video=video)
    note_act(video, Act.WISH_BACK, by)
    return True


@transaction.atomic
def request_publication(*, video: Video, user_id: int | None = None) -> Publication:
    """Publish the item as it is stored, or remember the wish; return what became of it.

    It is fulfilled when the media file plays and is checked, and kept where an editor has to accept warnings first. Of
    a file that failed nothing is published, and no wish is kept.
    """
    version = lock_original(video_id=video.pk)
    is_public = Video.objects.filter(pk=video.pk, live=True).exists()
    verdict = decide_publication(describe_file(version.asset if version else None), is_public=is_public)
    if verdict is Publication.NOW:
        publish_video(video=video, user_id=user_id)
    elif verdict in {Publication.WHEN_CHECKED, Publication.NEEDS_LOOK} and version is not None:
        version.publish_wished_at, version.publish_wished_by_id = timezone.now(), user_id
        version.save(update_fields=["publish_wished_at", "publish_wished_by"])
    return verdict


def fulfil_wish(*, version: Version) -> None:
    """Publish the newest draft if that was wished and may be now. Called with the version locked."""
    if version.publish_wished_at is None or decide_publication(describe_file(version.asset)) is not Publication.NOW:
        return
    video = version.video.get_latest_revision_as_object()
    publish_video(video=video, user_id=version.publish_wished_by_id)
    logger.info("published %s: its media file plays and is checked", video.public_id)


@transaction.atomic
def withdraw_wish(*, video: Video) -> None:
    """Leave the item a draft when its media file could be published."""
    video.versions.update(publish_wished_at=None, publish_wished_by=None)


@transaction.atomic
def publish_video(*, video: Video, user_id: int | None = None) -> None:
    """Publish the item as it is stored; one that never had a window is available from now on without end.

    Raises `PublicationHeld` while an editor has to accept warnings of its media file.
    """
    open_availability(video=video)
    video.save()
    user = find_user(user_id=user_id)
    video.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    withdraw_wish(video=video)
    video.refresh_from_db()


@transaction.atomic
def unpublish_video(*, video: Video, user_id: int | None = None) -> None:
    """Make the item a draft again, and let it stay one."""
    withdraw_wish(video=video)
    if video.live:
        video.unpublish(user=find_user(user_id=user_id))


def prepare_picture(*, instance: Video, **_signal: Any) -> None:
    """Make the sizes that cards show before anybody asks for the page; a receiver of Wagtail's `published`."""
    if instance.picture is not None:
        make_renditions(instance.picture, [Shape.WIDE])


def find_user(*, user_id: int | None) -> object | None:
    """The account that a change is noted for."""
    return get_user_model().objects.filter(pk=user_id).first() if user_id is not None else None
