"""From the last byte of a resumable upload to a video in the catalogue: once, whatever is killed in between."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

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
from funkhaus.mediathek.desk.media_file.file_description import get_original_version
from funkhaus.mediathek.services import add_texts

if TYPE_CHECKING:
    from funkhaus.ingest.models import Upload
    from funkhaus.mediathek.models import Video

logger = logging.getLogger(__name__)


def finish_upload(upload: Upload) -> None:
    """Make of a whole upload what its sender wants; an unfinished or settled one stays as it is.

    When something around it fails (disk, database), it stays whole and is tried again: at the sender's next question,
    and by `tend_uploads`. What the sender must know is stored with the upload.
    """
    try:
        if not upload.is_joined:
            join_upload(upload=upload)
        if is_unfinished(upload):
            with writing(open_file(upload).folder):
                upload.refresh_from_db()
                if is_unfinished(upload):  # nobody was faster
                    _make(upload)
                discard_bytes(upload=upload)
    except UploadBusyError:
        return  # whoever holds it finishes it
    except (WorkFailed, DatabaseError, OSError):
        logger.exception("upload %s is whole but could not be stored yet", upload.key)


def tend_uploads(**_signal: Any) -> None:
    """Catch up with what killed processes left undone, and remove what nobody continues."""
    for upload in list_open_uploads():
        finish_upload(upload)
    remove_expired_uploads()


def is_unfinished(upload: Upload) -> bool:
    """True when all bytes are there and nothing was made of them yet."""
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
    """Give the newest media file of the video a text track; done twice, it is there once."""
    version = get_original_version(video)
    asset = (version.next_asset or version.asset) if version else None
    if asset is None:
        mark_refused(upload=upload, error=_("This video has no media file yet."))
        return
    data = open_file(upload).data
    # The ending may tell the format, and refusals name the file.
    named = data.parent / f"{Path(wish.name).stem[:60]}{Path(wish.name).suffix.lower()}"
    named.unlink(missing_ok=True)
    shutil.copyfile(data, named)
    subtitles = [SubtitleFile(named, wish.video.language or "de", wish.track)]
    add_texts(by=upload.owner, asset_id=asset.pk, subtitles=subtitles)
    mark_stored(upload=upload, asset=asset)
