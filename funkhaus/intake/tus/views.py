"""The tus endpoint (https://tus.io/protocols/resumable-upload), below /api/uploads/.

The order matters: the caller is authenticated first, then the request is judged, and only then a byte of the body is
read. A refused body is read to its end where its sender must see the reason, but not where it only retries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from funkhaus.intake.refusals import SUBTITLE_LIMIT_BYTES, UploadRefusal, refuse_no_space, refuse_too_large
from funkhaus.intake.tus.authentication import find_caller
from funkhaus.intake.tus.completion import finish_upload
from funkhaus.intake.tus.protocol import (
    CHECKSUM_MISMATCH,
    CONTENT_TYPE,
    VERSION,
    Creation,
    ProtocolError,
    parse_checksum,
    parse_creation,
)
from funkhaus.intake.tus.request_body import patch_upload, take_body
from funkhaus.intake.tus.responses import (
    answer,
    describe_upload,
    expiry,
    refuse,
    tell_capabilities,
    tell_head,
    tell_json,
    upload_url,
)
from funkhaus.intake.tus.selectors import get_upload_of, list_uploads_of
from funkhaus.intake.tus.services import (
    TooManyUploadsError,
    WrongOffsetError,
    begin_joined_upload,
    begin_upload,
    end_upload,
)
from funkhaus.intake.tus.writer_lock import UploadBusyError
from funkhaus.intake.upload_metadata import read_target
from funkhaus.intake.upload_space import has_room

if TYPE_CHECKING:
    from funkhaus.accounts.models import User

Answering = Callable[..., HttpResponse]


def speaks_tus(view: Answering) -> Answering:
    """Wrap a view: check version and caller, and turn the errors of the services into protocol responses."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, **path: str) -> HttpResponse:
        method = find_method(request)
        if method == "OPTIONS":
            return tell_capabilities()
        caller = find_caller(request)
        if isinstance(caller, UploadRefusal):
            return refuse(caller)
        if method != "GET" and request.headers.get("Tus-Resumable") != VERSION:
            return refuse(UploadRefusal(412, "", f"Tus-Resumable: {VERSION}"), {"Tus-Version": VERSION})
        try:
            return view(request, method, caller.user, **path)
        except (ProtocolError, WrongOffsetError, UploadBusyError, FileNotFoundError) as error:
            return refuse_for(error)

    return checked


def refuse_for(error: Exception) -> HttpResponse:
    """Return the protocol's response to an error of a service."""
    if isinstance(error, ProtocolError):
        return refuse(UploadRefusal(error.status, "", str(error)))
    if isinstance(error, WrongOffsetError):
        refusal = UploadRefusal(409, "", _("The upload goes on at another place."))
        return refuse(refusal, {"Upload-Offset": error.offset})
    if isinstance(error, UploadBusyError):
        return refuse(UploadRefusal(423, "", _("This upload is being written at this moment.")))
    return refuse_unknown()  # it was removed during the request


def find_method(request: HttpRequest) -> str:
    """Return the method; `X-HTTP-Method-Override` of a POST replaces it, for proxies that block PATCH (tus core)."""
    if request.method == "POST":
        return request.headers.get("X-HTTP-Method-Override", "POST").upper()
    return request.method or ""


def refuse_unknown() -> HttpResponse:
    """Return 404, for an upload that does not exist or belongs to another account."""
    return refuse(UploadRefusal(404, "", _("There is no such upload.")))


@speaks_tus
def collection(request: HttpRequest, method: str, user: User) -> HttpResponse:
    """Create an upload (POST) or list the caller's own (GET)."""
    if method == "GET":
        return tell_json({"uploads": [describe_upload(upload) for upload in list_uploads_of(user.pk)]})
    if method != "POST":
        return answer(405, {"Allow": "GET, POST, OPTIONS"})
    creation = parse_creation(request.headers)
    parse_checksum(request.headers.get("Upload-Checksum"))
    has_body = request.content_type == CONTENT_TYPE and not creation.is_final
    if not has_body and int(request.META.get("CONTENT_LENGTH") or 0):
        raise ProtocolError(f"the body's type is {CONTENT_TYPE}", 415)
    refusal = _judge(creation, user)
    if refusal is not None:
        return refuse(refusal)
    return _begin(request, creation, user, has_body=has_body)


def _judge(creation: Creation, user: User) -> UploadRefusal | None:
    """Return the refusal before a byte is stored: of the target, the size or the disk space; None: accept."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if not creation.is_partial:
        wish = read_target(creation.metadata, user)
        if isinstance(wish, UploadRefusal):
            return wish
        if creation.length == 0:
            return UploadRefusal(422, "", _("This file is empty."))
        limit = SUBTITLE_LIMIT_BYTES if wish.track else limit
    if (creation.length or 0) > limit:
        return refuse_too_large(limit)
    if not has_room(Path(settings.FILE_UPLOAD_TEMP_DIR), creation.length or 0):
        return refuse_no_space()
    return None


def _begin(request: HttpRequest, creation: Creation, user: User, *, has_body: bool) -> HttpResponse:
    metadata = request.headers.get("Upload-Metadata", "")
    try:
        begin = begin_joined_upload if creation.is_final else begin_upload
        upload = begin(owner_id=user.pk, creation=creation, metadata=metadata)
    except TooManyUploadsError:
        return refuse(UploadRefusal(429, "", _("Too many uploads are open. End some of them first.")))
    if has_body:
        response = take_body(request, upload, 0, status=201)
        if response.status_code == CHECKSUM_MISMATCH:
            end_upload(upload=upload)  # its client does not know its address and cannot resume it
            return response
    else:
        finish_upload(upload)  # only a final one can be complete by now
        response = answer(201, expiry(upload))
    response["Location"] = upload_url(upload.key)
    return response


@speaks_tus
def upload(request: HttpRequest, method: str, user: User, key: str) -> HttpResponse:
    """Serve HEAD, PATCH and DELETE of the protocol; GET returns the state as JSON."""
    found = get_upload_of(owner_id=user.pk, key=key)
    if found is None:
        return refuse_unknown()
    if method == "PATCH":
        return patch_upload(request, found)
    if method == "DELETE":
        end_upload(upload=found)
        return answer(204)
    if method in {"HEAD", "GET"}:
        finish_upload(found)
        return tell_head(found) if method == "HEAD" else tell_json(describe_upload(found))
    return answer(405, {"Allow": "GET, HEAD, PATCH, DELETE, OPTIONS"})
