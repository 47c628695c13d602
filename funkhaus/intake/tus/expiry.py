"""Removal of expired uploads and of the folders that killed processes left without a row."""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.utils import timezone

from funkhaus.ingest import constants
from funkhaus.ingest.models import Upload, UploadState
from funkhaus.intake.tus.selectors import is_whole, open_file, tus_folder
from funkhaus.intake.tus.writer_lock import UploadBusyError, writing

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)


def remove_expired_uploads() -> None:
    """Remove expired uploads: open ones with their bytes, settled ones as rows, and folders without a row.

    A complete upload stays until its target object is stored, without a time limit; so do the parts of another upload.
    """
    now = timezone.now()
    Upload.objects.exclude(state=UploadState.OPEN).filter(expires_at__lt=now).delete()
    for upload in Upload.objects.filter(state=UploadState.OPEN, expires_at__lt=now, joined_by=None):
        if upload.is_partial or not is_whole(upload):
            _remove(upload)
    _remove_strays()


def _remove(upload: Upload) -> None:
    """Remove one upload, unless a client continues it at this moment."""
    file = open_file(upload)
    try:
        with writing(file.folder):
            deleted, _ = Upload.objects.filter(pk=upload.pk, expires_at=upload.expires_at).delete()
            if deleted:
                file.discard()
    except FileNotFoundError:
        Upload.objects.filter(pk=upload.pk).delete()
    except UploadBusyError:
        return
    logger.info("upload %s was not continued and is removed", upload.key)


def _remove_strays() -> None:
    """Remove folders without an open upload: a folder is made before its row and removed after it."""
    if not tus_folder().is_dir():
        return
    states = dict(Upload.objects.values_list("key", "state"))
    for folder in tus_folder().iterdir():
        state = states.get(folder.name)
        if state != UploadState.OPEN and (state is not None or _is_old(folder)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_old(folder: Path) -> bool:
    with suppress(FileNotFoundError):
        return time.time() - folder.stat().st_mtime > constants.ABANDONED_AFTER_S
    return False
