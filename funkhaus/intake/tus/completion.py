"""Completion of resumable uploads: each complete upload becomes a video exactly once, also across crashes."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from funkhaus.ingest.models import Upload
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.services import SubtitleFile
from funkhaus.intake.receive import ReceivedFile, receive_replacement, receive_video
from funkhaus.intake.refusals import UploadRefusal
from funkhaus.intake.tus.expiry import remove_expired_uploads
from funkhaus.intake.tus.protocol import parse_metadata
from funkhaus.intake.tus.selectors import is_whole, list_open_uploads, open_file
from funkhaus.intake.tus.services import discard_bytes, join_upload, mark_refused, mark_stored
from funkhaus.intake.tus.writer_lock import UploadBusyError, writing
from funkhaus.intake.upload_metadata import UploadTarget, read_target
from funkhaus.mediathek.selectors import original_of
from funkhaus.mediathek.services import add_texts

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

logger = logging.getLogger(__name__)


def finish_upload(upload: Upload) -> None:
    """Make the target object of a complete upload; ignore an unfinished or settled one.

    A failure of disk or database is logged and leaves the upload complete and open; it is tried again at the client's
    next request and by `tend_uploads`. The result or the refusal is stored with the upload.
    """
    try:
        if not upload.is_joined:
            join_upload(upload=upload)
        if is_unfinished(upload):
            with writing(open_file(upload).folder):
                upload.refresh_from_db(from_queryset=Upload.objects.select_related("owner"))
                if is_unfinished(upload):  # no other process was faster
                    _make(upload)
                discard_bytes(upload=upload)
    except UploadBusyError:
        return  # the process that holds the lock finishes it
    except (WorkFailed, DatabaseError, OSError):
        logger.exception("upload %s is whole but could not be stored yet", upload.key)


def tend_uploads(**_signal: Any) -> None:
    """Finish complete uploads that a killed process left open, and remove expired ones.

    It is a receiver of `housekeeping_due`.
    """
    for upload in list_open_uploads():
        finish_upload(upload)
    remove_expired_uploads()


def is_unfinished(upload: Upload) -> bool:
    """Return True if all bytes were received and the target object is not stored yet."""
    return upload.state == "open" and not upload.is_partial and is_whole(upload)


def _make(upload: Upload) -> None:
    wish = read_target(parse_metadata(upload.metadata), upload.owner)
    if not upload.owner.is_active or not upload.owner.has_perm("mediathek.add_video"):
        mark_refused(upload=upload, error=_("This account may not add videos any more."))
    elif isinstance(wish, UploadRefusal):
        mark_refused(upload=upload, error=wish.message)
    else:
        try:
            _receive(upload, wish)
        except RefusedInput as refused:
            mark_refused(upload=upload, error=refused.message)


def _receive(upload: Upload, wish: UploadTarget) -> None:
    file = ReceivedFile(
        path=open_file(upload).data,
        name=wish.name,
        by=upload.owner,
        priority=wish.priority,
        note=lambda asset: mark_stored(upload=upload, asset=asset),
    )
    if wish.of is None:
        receive_video(file=file, wish=wish.video)
    elif wish.track:
        _receive_track(upload, wish, wish.of)
    else:
        receive_replacement(video=wish.of, file=file)


def _receive_track(upload: Upload, wish: UploadTarget, video: Video) -> None:
    """Add the upload as a text track to the video's newest media file; a repetition replaces the same track."""
    version = original_of(video.versions.all())
    asset = (version.next_asset or version.asset) if version else None
    if asset is None:
        mark_refused(upload=upload, error=_("This video has no media file yet."))
        return
    data = open_file(upload).data
    # The suffix may tell the format, and refusals name the file; 60 characters fit into 255 bytes.
    named = data.parent / f"{Path(wish.name).stem[:60]}{Path(wish.name).suffix.lower()}"
    named.unlink(missing_ok=True)
    shutil.copyfile(data, named)
    subtitles = [SubtitleFile(named, wish.video.language or "de", wish.track)]
    add_texts(by=upload.owner, asset_id=asset.pk, subtitles=subtitles)
    mark_stored(upload=upload, asset=asset)
