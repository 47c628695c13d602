"""The request bodies of tus: checks before the body is read, then appending to the upload."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from funkhaus.intake.refusals import UploadRefusal, refuse_no_space, refuse_too_large
from funkhaus.intake.refused_body import drain
from funkhaus.intake.tus.completion import finish_upload
from funkhaus.intake.tus.protocol import (
    CHECKSUM_MISMATCH,
    CONTENT_TYPE,
    ProtocolError,
    parse_checksum,
    parse_length,
    parse_offset,
)
from funkhaus.intake.tus.responses import refuse, respond_with_offset
from funkhaus.intake.tus.selectors import get_offset
from funkhaus.intake.tus.services import WrongOffsetError, append_bytes, declare_length
from funkhaus.intake.tus.storage import Appended, End, Read
from funkhaus.intake.upload_space import has_room
from funkhaus.kernel.incoming_body import SCOPE_KEY, IncomingBody

if TYPE_CHECKING:
    from funkhaus.ingest.models import Upload


def patch_upload(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Append the body to the upload (tus core, PATCH). Raises `ProtocolError` and `WrongOffsetError`."""
    if request.content_type != CONTENT_TYPE:
        raise ProtocolError(f"the body's type is {CONTENT_TYPE}", 415)
    if upload.parts or upload.joined_by_id is not None:
        raise ProtocolError("an upload of parts takes no bytes", 403)
    at = parse_offset(request.headers.get("Upload-Offset"))
    if upload.state != "open":
        return _follow_up(upload, at)
    length = parse_length(request.headers.get("Upload-Length"))
    if length is not None and length != upload.length_bytes:
        if length > settings.UPLOAD_LIMIT_BYTES:
            return _refuse_unread(request, refuse_too_large(settings.UPLOAD_LIMIT_BYTES))
        declare_length(upload=upload, length=length)
    return take_body(request, upload, at)


def _follow_up(upload: Upload, at: int) -> HttpResponse:
    """Return the offset to a client that missed the answer about its last bytes."""
    offset = get_offset(upload)
    if at != offset:
        raise WrongOffsetError(offset)
    return respond_with_offset(upload, offset)


def take_body(request: HttpRequest, upload: Upload, at: int, *, status: int = 204) -> HttpResponse:
    """Append the body to the upload, whose offset must be `at` bytes, and finish it when it is complete.

    Raises `WrongOffsetError`, `UploadBusyError`, `ProtocolError`, and `FileNotFoundError` for a removed upload.
    """
    declared = int(request.META.get("CONTENT_LENGTH") or 0)
    limit = settings.UPLOAD_LIMIT_BYTES if upload.length_bytes is None else upload.length_bytes
    checksum = parse_checksum(request.headers.get("Upload-Checksum"))
    if at == get_offset(upload) and at + declared > limit:
        return _refuse_unread(request, _too_long(upload))
    if not has_room(Path(settings.FILE_UPLOAD_TEMP_DIR), declared):
        return _refuse_unread(request, refuse_no_space())
    appended = append_bytes(
        upload=upload, at=at, read=_reader(request), limit=limit, checksum=checksum, body=_incoming(request)
    )
    refusal = _find_refusal(upload, appended)
    if refusal is not None:
        return _refuse_unread(request, refusal)
    finish_upload(upload)
    return respond_with_offset(upload, appended.offset, status)


def _find_refusal(upload: Upload, appended: Appended) -> UploadRefusal | None:
    if appended.end is End.NO_SPACE:
        return UploadRefusal(
            507,
            "",
            _("There is no space left on the server. What was uploaded so far is kept: continue when there is."),
        )
    if appended.end is End.TOO_LONG:
        return _too_long(upload)
    if appended.end is End.WRONG_CHECKSUM:
        return UploadRefusal(CHECKSUM_MISMATCH, "", _("A part of the file was damaged on its way. Send it again."))
    return None


def _too_long(upload: Upload) -> UploadRefusal:
    if upload.length_bytes is None:
        return refuse_too_large(settings.UPLOAD_LIMIT_BYTES)
    return UploadRefusal(413, "", _("More came than the length that was announced."))


def _refuse_unread(request: HttpRequest, refusal: UploadRefusal) -> HttpResponse:
    """Read the rest of the body, then refuse: a client that is disconnected while it sends does not see the reason."""
    drain(request)
    return refuse(refusal)


def _reader(request: HttpRequest) -> Read:
    """Return the function that reads the body; Django treats a body without Content-Length as empty."""
    if request.META.get("CONTENT_LENGTH"):
        return cast("Read", request.read)
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        return cast("Read", request.META["wsgi.input"].read)
    return lambda _size: b""


def _incoming(request: HttpRequest) -> IncomingBody | None:
    """Return the handle that interrupts reading of this body; None where the server is not ours."""
    scope = request.META.get("asgi.scope")
    return scope.get(SCOPE_KEY) if scope is not None else None
