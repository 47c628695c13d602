"""Reads of resumable uploads."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from funkhaus.ingest.models import Upload, UploadState
from funkhaus.intake.tus.storage import UploadFile


def tus_folder() -> Path:
    """Where the bytes of all uploads lie."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / "tus"


def open_file(upload: Upload) -> UploadFile:
    """The bytes of an upload."""
    return UploadFile(tus_folder() / upload.key)


def get_offset(upload: Upload) -> int:
    """How many bytes of an upload are there; all of them once it is settled, although its file has moved on."""
    if upload.state != UploadState.OPEN:
        return upload.length_bytes or 0
    return open_file(upload).offset()


def is_whole(upload: Upload) -> bool:
    """True when the last byte is there."""
    return upload.is_joined and upload.length_bytes is not None and get_offset(upload) == upload.length_bytes


def get_upload_of(*, owner_id: int, key: str) -> Upload | None:
    """The upload of that key if it is this owner's: to everybody else it does not exist."""
    return Upload.objects.filter(owner_id=owner_id, key=key).first()


def list_uploads_of(owner_id: int) -> QuerySet[Upload]:
    """The files that somebody is uploading or has just uploaded, newest first."""
    return Upload.objects.filter(owner_id=owner_id, is_partial=False).order_by("-pk")


def list_open_uploads() -> QuerySet[Upload]:
    """Everything that is to become a file and is not one yet, oldest first."""
    return Upload.objects.filter(state=UploadState.OPEN, is_partial=False).order_by("pk")
