"""Services that take a video down at once, with the bytes that are already granted, and release it again.

The row is stored first, then the servers of media bytes are told by marks (`ingest.package.taken_down_marks`).
Housekeeping compares the two once a minute, so that neither a kill in between nor a restored backup leaves them apart.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest.models import Asset
from funkhaus.ingest.selectors.taken_down import list_taken_down
from funkhaus.ingest.services import resume_bytes, stop_bytes
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import get_user, note_act, require
from funkhaus.mediathek.audit.take_down_state import may_release
from funkhaus.mediathek.models import LONGEST_REASON, TakeDown, Version, Video
from funkhaus.mediathek.permissions import TAKE_DOWN

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor

logger = logging.getLogger(__name__)


def take_down(*, by: Actor, video_id: int, reason: str) -> bool:
    """Withdraw the video and end every path to its media that was handed out; return False if it is down already.

    Raises `PermissionDenied`, `Video.DoesNotExist`, `ValidationError` without a reason, and `OSError` where the servers
    of media bytes could not be told: then the video is withdrawn, and housekeeping tries again.
    """
    require(by, TAKE_DOWN)
    is_new = _store(by, video_id, reason)
    stop_bytes(keys=_list_keys([video_id]))
    return is_new


def release(*, by: Actor, video_id: int) -> bool:
    """Undo a take-down: what was public is public again, as it is stored; return False if there is none.

    Paths that have not ended work again too. Who took it down may release it; else it needs a permission. Raises
    `PermissionDenied`, `Video.DoesNotExist`, and `OSError` as `take_down` does.
    """
    if not _remove(by, video_id):
        return False
    resume_bytes(keys=_list_keys([video_id]) - _list_keys(TakeDown.objects.values_list("video", flat=True)))
    return True


def tend_take_downs(**_signal: Any) -> None:
    """Make the marks agree with the rows; a receiver of `housekeeping_due`.

    The marks are read first: one that is new has its row already. A file that no version plays any more keeps its mark
    until it is removed, since its video may have been deleted.
    """
    marked = list_taken_down(Path(settings.ASSET_ROOT))
    wanted = _list_keys(TakeDown.objects.values_list("video", flat=True))
    stale = marked - wanted
    rows = dict(Asset.objects.filter(key__in=stale).values_list("key", "versions"))
    stop_bytes(keys=wanted - marked)
    resume_bytes(keys={key for key in stale if key not in rows or rows[key] is not None})


def _list_keys(video_ids: Iterable[int]) -> set[str]:
    """Return the keys of every media file of the videos: those that play or wait, and those that did once.

    A replaced file goes on for whoever began it; the rows of the acts name it.
    """
    pks = list(video_ids)
    keys: set[str] = set()
    for playing, waiting in Version.objects.filter(video__in=pks).values_list("asset__key", "next_asset__key"):
        keys |= {key for key in (playing, waiting) if key}
    for video in Video.objects.filter(pk__in=pks):
        acts = ModelLogEntry.objects.for_instance(video).filter(action__in=[act.value for act in Act])
        for entry in acts:
            named = [entry.data.get(part) for part in ("on", "before", "after", "dropped")]
            keys |= {part["key"] for part in named if isinstance(part, dict) and "key" in part}
    return keys


@unit_of_work()
def _store(by: Actor, video_id: int, reason: str) -> bool:
    """Store the take-down with its log row and unpublish the video; return False if it is stored already."""
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why, for those who look at it later."))
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("The reason is too long."))
    video = Video.objects.select_for_update().get(pk=video_id)
    if TakeDown.objects.filter(video=video).exists():
        return False
    was_live = video.live
    TakeDown.objects.create(
        video=video,
        by=get_user(by),
        reason=reason,
        was_live=was_live,
        live_revision=video.live_revision,
    )
    if was_live:
        video.unpublish(log_action=False)  # with a user, Wagtail would ask for the permission to publish
    note_act(video, Act.TAKE_DOWN, by, reason=reason, live=was_live)
    logger.warning("taken down: %s", video.public_id)
    return True


@unit_of_work()
def _remove(by: Actor, video_id: int) -> bool:
    """Delete the take-down with a log row and make public what was; return False if there is none."""
    video = Video.objects.select_for_update().get(pk=video_id)
    row = TakeDown.objects.filter(video=video).first()
    if row is None:
        return False
    if not may_release(by, row):
        raise PermissionDenied
    has_ended = video.expire_at is not None and video.expire_at <= timezone.now()
    is_live = row.was_live and not has_ended
    row.delete()
    if is_live:
        # The stored fields are what was public. Publishing the old revision would undo what was changed since by acts
        # that count at once, such as a higher age rating.
        video.live, video.live_revision = True, row.live_revision
        video.has_unpublished_changes = video.latest_revision_id != row.live_revision_id
        video.save(update_fields=["live", "live_revision", "has_unpublished_changes"])
    elif row.was_live:  # its planned end came meanwhile
        video.expired = True
        video.save(update_fields=["expired"])
    note_act(video, Act.RELEASE, by, live=is_live)
    logger.warning("released: %s", video.public_id)
    return True
