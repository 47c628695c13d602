"""Services of resumable uploads: create, append, concatenate, end; `completion` makes the target objects."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from funkhaus.ingest import constants
from funkhaus.ingest.models import Upload, UploadState
from funkhaus.intake.tus.protocol import Checksum, Creation, ProtocolError
from funkhaus.intake.tus.selectors import get_offset, is_whole, open_file
from funkhaus.intake.tus.storage import Appended, Read
from funkhaus.intake.tus.writer_lock import writing

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset
    from funkhaus.kernel.incoming_body import IncomingBody

EXPIRY_STEP = timedelta(hours=1)  # the expiry moves in steps, so that not each request writes the row


class TooManyUploadsError(Exception):
    """The owner has the allowed number of open uploads already."""


class WrongOffsetError(Exception):
    """The offered bytes do not begin at the end of the stored ones; `offset` is the expected begin."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def begin_upload(*, owner_id: int, creation: Creation, metadata: str) -> Upload:
    """Create an empty upload; `metadata` is the unparsed header. Raises `TooManyUploadsError`."""
    if Upload.objects.filter(owner_id=owner_id, state=UploadState.OPEN).count() >= constants.OPEN_UPLOADS:
        raise TooManyUploadsError
    upload = Upload(
        owner_id=owner_id,
        length_bytes=creation.length,
        metadata=metadata,
        is_partial=creation.is_partial,
        expires_at=_expiry(),
    )
    open_file(upload).create()  # first, so that no row names a missing file
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def begin_joined_upload(*, owner_id: int, creation: Creation, metadata: str) -> Upload:
    """Create the upload that concatenates complete parts, or return the one of an earlier equal request.

    Raises `ProtocolError` for parts that do not exist, are incomplete, or belong to another upload.
    """
    keys = " ".join(creation.parts)
    before = Upload.objects.filter(owner_id=owner_id, parts=keys).first()
    if before is not None:
        return before
    parts = list(Upload.objects.select_for_update().filter(owner_id=owner_id, key__in=creation.parts, is_partial=True))
    if len(parts) < len(creation.parts) or any(part.joined_by_id for part in parts):
        raise ProtocolError("Upload-Concat names a part that does not exist or is used already")
    if not all(is_whole(part) for part in parts):
        raise ProtocolError("Upload-Concat names a part that is not whole")
    upload = Upload(
        owner_id=owner_id,
        length_bytes=sum(part.length_bytes or 0 for part in parts),
        metadata=metadata,
        parts=keys,
        is_joined=False,
        expires_at=_expiry(),
    )
    open_file(upload).create()
    upload.save(force_insert=True)
    Upload.objects.filter(pk__in=[part.pk for part in parts]).update(joined_by=upload)
    return upload


def join_upload(*, upload: Upload) -> None:
    """Concatenate the bytes of the parts; continue where a killed process stopped.

    Raises `UploadBusyError` while another process does it, and `OSError` when the disk is full.
    """
    file = open_file(upload)
    with writing(file.folder):
        upload.refresh_from_db()
        if upload.is_joined:
            return
        parts = {part.key: part for part in upload.joins.all()}
        ordered = [parts[key] for key in upload.parts.split()]
        file.join([(open_file(part), part.length_bytes or 0) for part in ordered])
        with transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(is_joined=True)
            upload.joins.all().delete()
        upload.is_joined = True
    for part in ordered:
        open_file(part).discard()


def declare_length(*, upload: Upload, length: int) -> None:
    """Store the length in bytes of an upload that began without; raises `ProtocolError` if it has another."""
    if length < get_offset(upload):
        raise ProtocolError("Upload-Length is less than what is there")
    Upload.objects.filter(pk=upload.pk, length_bytes=None).update(length_bytes=length)
    upload.refresh_from_db(fields=["length_bytes"])
    if upload.length_bytes != length:
        raise ProtocolError("Upload-Length cannot be changed")


def append_bytes(
    *,
    upload: Upload,
    at: int,
    read: Read,
    limit: int,
    checksum: Checksum | None = None,
    body: IncomingBody | None = None,
) -> Appended:
    """Append what `read` returns to an open upload whose offset must be `at`, up to `limit` bytes in all.

    Raises `UploadBusyError`, `WrongOffsetError`, and `FileNotFoundError` for an upload that was removed meanwhile.
    """
    file = open_file(upload)
    with writing(file.folder, body):
        if not file.data.exists():
            raise FileNotFoundError(file.data)
        if file.offset() != at:
            raise WrongOffsetError(file.offset())
        appended = file.append(read, limit=limit, checksum=checksum)
    _postpone_expiry(upload)
    return appended


def end_upload(*, upload: Upload) -> None:
    """Delete an upload and its bytes (tus termination); a request that appends at this moment is interrupted.

    The video of a stored upload stays. Raises `UploadBusyError` when the writer does not stop, and `ProtocolError` for
    a part that another upload needs.
    """
    if upload.joined_by_id is not None:
        raise ProtocolError("this part belongs to another upload already", 403)
    file = open_file(upload)
    try:
        with writing(file.folder, is_ending=True):
            Upload.objects.filter(pk=upload.pk).delete()
            file.discard()
    except FileNotFoundError:
        Upload.objects.filter(pk=upload.pk).delete()


def mark_stored(*, upload: Upload, asset: Asset) -> None:
    """Store the asset that was made of a complete upload, in the caller's transaction."""
    _settle(upload, state=UploadState.STORED, asset=asset)


def mark_refused(*, upload: Upload, error: str) -> None:
    """Store the reason why nothing was made of a complete upload."""
    _settle(upload, state=UploadState.REFUSED, error=error)


def discard_bytes(*, upload: Upload) -> None:
    """Remove the bytes of a settled upload; after a crash before this the housekeeping removes them."""
    if upload.state != UploadState.OPEN:
        open_file(upload).discard()


def _settle(upload: Upload, *, state: UploadState, asset: Asset | None = None, error: str = "") -> None:
    upload.state, upload.asset, upload.error = state, asset, error
    upload.expires_at = timezone.now() + timedelta(seconds=constants.UPLOAD_KNOWN_S)
    upload.save(update_fields=["state", "asset", "error", "expires_at"])


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=settings.UPLOAD_DAYS)


def _postpone_expiry(upload: Upload) -> None:
    """Move the expiry: its days count from the last received byte."""
    expiry = _expiry()
    if expiry - upload.expires_at > EXPIRY_STEP:
        Upload.objects.filter(pk=upload.pk, state=UploadState.OPEN).update(expires_at=expiry)
        upload.expires_at = expiry
