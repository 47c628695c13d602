"""Queries of resumable uploads."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from funkhaus.ingest.models import Upload, UploadState
from funkhaus.intake.tus.storage import UploadFile


def tus_folder() -> Path:
    """Return the folder that holds the bytes of all uploads."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "tus"


def open_file(upload: Upload) -> UploadFile:
    """Return the file object of an upload; nothing is opened on disk."""
    return UploadFile(tus_folder() / upload.key)


def get_offset(upload: Upload) -> int:
    """Return the number of received bytes; of a settled upload, whose file was moved, its whole length."""
    if upload.state != UploadState.OPEN:
        return upload.length_bytes or 0
    return open_file(upload).offset()


def is_whole(upload: Upload) -> bool:
    """Return True if all bytes were received and parts are concatenated."""
    return upload.is_joined and upload.length_bytes is not None and get_offset(upload) == upload.length_bytes


def get_upload_of(*, owner_id: int, key: str) -> Upload | None:
    """Return the upload of that key if it belongs to this owner; None otherwise, as if it did not exist."""
    return Upload.objects.filter(owner_id=owner_id, key=key).first()


def list_uploads_of(owner_id: int) -> QuerySet[Upload]:
    """Return the open and recently settled uploads of an account without partial ones, newest first."""
    return Upload.objects.filter(owner_id=owner_id, is_partial=False).order_by("-pk")


def list_open_uploads() -> QuerySet[Upload]:
    """Return all open uploads but partial ones, oldest first."""
    return Upload.objects.filter(state=UploadState.OPEN, is_partial=False).order_by("pk")
