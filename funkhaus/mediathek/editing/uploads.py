"""Receiving large files: streamed to disk, refused early, and nothing left behind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.utils import formats
from django.utils.translation import gettext as _

from funkhaus.ingest.uploads.storage import NO_SPACE, has_room

_VIDEO: Final = "mp4 m4v mov qt mkv webm avi mpg mpeg m2v vob ts m2ts mts mxf gxf dv wmv asf flv f4v ogv 3gp 3g2"
_SOUND: Final = "mp3 mp2 m4a m4b aac wav bwf flac ogg oga opus aif aiff wma ac3 eac3"
MEDIA_SUFFIXES: Final = frozenset(f".{ending}" for ending in f"{_VIDEO} {_SOUND}".split())
SUBTITLE_SUFFIXES: Final = frozenset(
    [".vtt", ".srt", ".ass", ".ssa", ".stl", ".xml", ".ttml", ".dfxp", ".ebutt", ".txt"]
)
SUBTITLE_LIMIT_BYTES: Final = 5_000_000
DRAIN_S: Final = 120.0
DRAIN_CHUNK: Final = 1_000_000


@dataclass(frozen=True)
class UploadRefusal:
    """Why a file was not taken: HTTP status, the form field it belongs to, a sentence for the editor."""

    status: int
    field: str
    message: str


def say_size(size_bytes: int) -> str:
    """A size in decimal megabytes or gigabytes, as the setting counts them and as file managers show them."""
    unit, divisor = ("GB", 1e9) if size_bytes >= 1e9 else ("MB", 1e6)
    return f"{formats.localize(round(size_bytes / divisor, 1)).removesuffix(',0').removesuffix('.0')} {unit}"


def refuse_too_large(limit_bytes: int, field: str = "file") -> UploadRefusal:
    """The refusal of a file above the limit."""
    return UploadRefusal(
        413,
        field,
        _("This file is too large: at most %(limit)s are possible.") % {"limit": say_size(limit_bytes)},
    )


def refuse_no_space(field: str = "file") -> UploadRefusal:
    """The refusal for want of space on the server's disk (RFC 4918 § 11.5)."""
    return UploadRefusal(
        507,
        field,
        _("There is no space left on the server for this file. Nothing was stored. Please tell the people who run it."),
    )


def find_refusal(declared_bytes: int) -> UploadRefusal | None:
    """Judge an upload by its declared size in bytes before a byte of it is stored; None: go on."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if declared_bytes > limit + SUBTITLE_LIMIT_BYTES:
        return refuse_too_large(limit)
    if not has_room(Path(settings.FILE_UPLOAD_TEMP_DIR), declared_bytes):
        return refuse_no_space()
    return None


class StreamingUploadHandler(TemporaryFileUploadHandler):
    """Write every file of a request to the upload folder, and stop at the first that cannot be taken."""

    def __init__(self, request: HttpRequest, refusal: UploadRefusal | None = None) -> None:
        super().__init__(request)
        self.refusal = refusal
        self.is_interrupted = False
        self._received = 0
        self._opened: list[TemporaryUploadedFile] = []

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Open a temporary file, unless the name or an earlier finding speaks against it."""
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
        """Store a chunk; stop at the size limit and at a full disk."""
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
        """Hand the file over; the last buffered bytes are written here and may find the disk full."""
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._stop_for(error)

    def upload_interrupted(self) -> None:
        """The sender went away in the middle of a file."""
        self.is_interrupted = True
        self.discard()

    def discard(self) -> None:
        """Close and remove every temporary file that nobody has taken over."""
        for file in self._opened:
            try:
                file.close()
            except OSError:
                # The buffer of a file on a full disk cannot be flushed; the file itself must go all the same.
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


def drain(request: HttpRequest) -> None:
    """Read what is still coming and drop it, for at most `DRAIN_S` seconds.

    A browser that is cut off while it sends shows its own error page instead of our message. Django's own draining
    goes by lines, which ends early behind an ASGI server whose buffer happens to be empty.
    """
    deadline = time.monotonic() + DRAIN_S
    try:
        while request.read(DRAIN_CHUNK) and time.monotonic() < deadline:
            pass
    except UnreadablePostError:
        return  # the sender has gone: nobody is left to be told


def find_refusal_by_name(field_name: str, file_name: str) -> UploadRefusal | None:
    """Judge a file by the ending of its name; `field_name` is that of the form, and says what it is to be."""
    suffix = Path(file_name).suffix.lower()
    if field_name == "subtitle_file":
        if suffix in SUBTITLE_SUFFIXES:
            return None
        message = _(
            "“%(name)s” is no subtitle file. Possible are WebVTT, SubRip, EBU-TT, EBU-TT-D, EBU STL and ASS; "
            "chapters also as text."
        )
    else:
        if suffix in MEDIA_SUFFIXES:
            return None
        message = _("“%(name)s” is neither video nor sound. Possible are MP4, MOV, MKV, MXF, MP3, WAV and more.")
    return UploadRefusal(415, field_name, message % {"name": file_name})
