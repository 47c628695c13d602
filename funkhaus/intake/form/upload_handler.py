"""An upload handler for large files: it streams to disk, refuses early and leaves no file behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from funkhaus.intake.refusals import (
    SUBTITLE_LIMIT_BYTES,
    UploadRefusal,
    find_refusal_by_name,
    refuse_no_space,
    refuse_too_large,
)
from funkhaus.intake.upload_space import NO_SPACE


class StreamingUploadHandler(TemporaryFileUploadHandler):
    """Writes each file of a request to the upload folder, and stops at the first that is refused."""

    def __init__(self, request: HttpRequest, refusal: UploadRefusal | None = None) -> None:
        super().__init__(request)
        self.refusal = refusal
        self.is_interrupted = False
        self._received = 0
        self._opened: list[TemporaryUploadedFile] = []

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Open a temporary file; raises `StopUpload` where the name or an earlier check refuses it."""
        self._received = 0
        self.field_name = field_name
        refusal = self.refusal or find_refusal_by_name(field_name, file_name)
        if refusal is not None:
            self._stop(refusal)
        try:
            super().new_file(field_name, file_name, *args, **kwargs)
        except OSError as error:
            self._stop_for(error)
        self._opened.append(self.file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Store a chunk; raises `StopUpload` above the size limit and when the disk is full."""
        self._received += len(raw_data)
        field = self.field_name
        limit = SUBTITLE_LIMIT_BYTES if field == "subtitle_file" else settings.UPLOAD_LIMIT_BYTES
        if self._received > limit:
            self._stop(refuse_too_large(limit, field))
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._stop_for(error)

    def file_complete(self, file_size: int) -> Any:
        """Return the finished file; its last buffered bytes are written here, so a full disk may raise `StopUpload`."""
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._stop_for(error)

    def upload_interrupted(self) -> None:
        """Discard everything: the client disconnected in the middle of a file."""
        self.is_interrupted = True
        self.discard()

    def discard(self) -> None:
        """Close and remove each temporary file that was not moved elsewhere."""
        for file in self._opened:
            try:
                file.close()
            except OSError:
                # The buffer of a file on a full disk cannot be flushed; the file is to be removed all the same.
                Path(file.temporary_file_path()).unlink(missing_ok=True)
        self._opened.clear()

    def _stop_for(self, error: OSError) -> None:
        if error.errno not in NO_SPACE:
            raise error
        self._stop(refuse_no_space(self.field_name))

    def _stop(self, refusal: UploadRefusal) -> None:
        self.refusal = refusal
        self.discard()
        if hasattr(self, "file"):
            del self.file  # Django closes it once more otherwise, and a full disk would raise again
        raise StopUpload(connection_reset=True)  # `drain` reads the rest
