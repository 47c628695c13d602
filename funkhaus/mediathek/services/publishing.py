"""Services of publication: at once, or as soon as the media file plays, is checked and has no open grave warnings."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from funkhaus.cms.pictures import Shape, make_missing_sizes, make_renditions
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import get_user_id, note_act, require
from funkhaus.mediathek.models import TakeDown, Version, Video
from funkhaus.mediathek.permissions import PUBLISH
from funkhaus.mediathek.playable.file_state import describe_file
from funkhaus.mediathek.rules.readiness import Publication, decide_publication
from funkhaus.mediathek.services.availability import open_availability

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor

UPLOADED_LATELY = timedelta(hours=12)  # older pictures get their sizes when they are first shown
logger = logging.getLogger(__name__)
NEWEST = 50  # drafts that are looked at: bounds the work where somebody saves again and again


def lock_original(*, video_id: int) -> Version | None:
    """Return the original version with its media files, locked until the transaction ends; None if missing."""
    versions = Version.objects.select_for_update(of=("self",)).select_related("video", "asset", "next_asset")
    return versions.originals().filter(video_id=video_id).first()


@unit_of_work()
def ask_publication(*, by: Actor, video_id: int) -> Publication:
    """Publish the newest draft of the item, or store the request to publish it; either writes a log row.

    Return the decision. Raises `PermissionDenied` and `Video.DoesNotExist`.
    """
    require(by, PUBLISH)
    video, user_id = Video.objects.get(pk=video_id).get_latest_revision_as_object(), get_user_id(by)
    version = lock_original(video_id=video_id)
    wish = (version.publish_wished_at is not None, version.publish_wished_by_id) if version else (False, None)
    verdict = request_publication(video=video, user_id=user_id)
    if verdict in {Publication.WHEN_CHECKED, Publication.NEEDS_LOOK} and wish != (True, user_id):
        note_act(video, Act.WISH, by)
    return verdict


@unit_of_work()
def take_back_wish(*, by: Actor, video_id: int) -> bool:
    """Withdraw the request to publish the item; return False if there is none.

    Raises `PermissionDenied` and `Video.DoesNotExist`.
    """
    require(by, PUBLISH)
    video = Video.objects.get(pk=video_id)
    if not video.versions.filter(publish_wished_at__isnull=False).exists():
        return False
    withdraw_wish(video=video)
    note_act(video, Act.WISH_BACK, by)
    return True


@unit_of_work()
def request_publication(*, video: Video, user_id: int | None = None) -> Publication:
    """Publish the item as it is stored, or store the request; return the decision.

    The request is fulfilled when the media file plays and is checked, and waits while grave warnings are not accepted.
    For a failed file neither happens.
    """
    version = lock_original(video_id=video.pk)
    is_public = Video.objects.filter(pk=video.pk, live=True).exists()
    verdict = decide_publication(
        describe_file(version.asset if version else None),
        is_public=is_public,
        is_taken_down=TakeDown.objects.filter(video=video.pk).exists(),
    )
    if verdict is Publication.NOW:
        publish_video(video=video, user_id=user_id)
    elif verdict in {Publication.WHEN_CHECKED, Publication.NEEDS_LOOK} and version is not None:
        version.publish_wished_at, version.publish_wished_by_id = timezone.now(), user_id
        version.save(update_fields=["publish_wished_at", "publish_wished_by"])
    return verdict


def may_fulfil_wish(*, version: Version) -> bool:
    """Return True if a publication was requested and the media file allows it now."""
    if version.publish_wished_at is None or decide_publication(describe_file(version.asset)) is not Publication.NOW:
        return False
    return not TakeDown.objects.filter(video=version.video_id).exists()


def fulfil_wish(*, version: Version) -> None:
    """Publish the newest draft if that was requested and is allowed now; the caller has locked the version.

    A draft that was saved since by somebody who may not publish stays a draft.
    """
    if not may_fulfil_wish(version=version):
        return
    video = open_availability(video=_choose_draft(version))
    if video.first_published_at is None:
        for window in video.windows.all():
            if not window.pk:  # the other parts of a draft are stored
                window.save()
    _publish(video, version.publish_wished_by_id)
    logger.info("published %s: its media file plays and is checked", video.public_id)


def _choose_draft(version: Version) -> Video:
    """Return the newest draft of who wished it, of a program, or of somebody else who may publish."""
    video = version.video
    if video.has_unpublished_changes:
        for revision in video.revisions.select_related("user").order_by("-created_at", "-pk")[:NEWEST]:
            user: Any = revision.user  # the types do not know that there may be none
            if user is None or user.pk == version.publish_wished_by_id or user.has_perm(PUBLISH):
                draft: Video = revision.as_object()
                return draft
    return video


@unit_of_work()
def withdraw_wish(*, video: Video) -> None:
    """Delete the request to publish the item, without a log row."""
    video.versions.update(publish_wished_at=None, publish_wished_by=None)


@unit_of_work()
def publish_video(*, video: Video, user_id: int | None = None) -> None:
    """Publish the item as it is stored; one without windows gets one from now on without end.

    Raises `PublicationHeld` while grave warnings of its media file are not accepted, or while it is taken down.
    """
    open_availability(video=video)
    if video.first_published_at is None:
        video.save()  # what was public before is stored by the publication alone, which notes what it changes
    _publish(video, user_id)
    video.refresh_from_db()


def _publish(video: Video, user_id: int | None) -> None:
    user = find_user(user_id=user_id)
    video.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    withdraw_wish(video=video)


@unit_of_work()
def unpublish_video(*, video: Video, user_id: int | None = None) -> None:
    """Make the item a draft, and delete a request to publish it."""
    withdraw_wish(video=video)
    if video.live:
        video.unpublish(user=find_user(user_id=user_id))


def prepare_picture(*, instance: Video, **_signal: Any) -> None:
    """Make the picture sizes of cards before the first request; a receiver of Wagtail's `published`."""
    if instance.picture is not None:
        make_renditions(instance.picture, [Shape.WIDE])


def make_recent_sizes(**_signal: object) -> None:
    """Make the sizes of large pictures of the last hours, in the worker; a receiver of `seconds_passed`."""
    make_missing_sizes(since=timezone.now() - UPLOADED_LATELY)


def find_user(*, user_id: int | None) -> object | None:
    """Return the account to log a change for; None for none or a deleted one."""
    return get_user_model().objects.filter(pk=user_id).first() if user_id is not None else None
