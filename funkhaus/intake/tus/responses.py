"""Responses of the upload interface: the protocol's headers, refusals, and the state of uploads as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date

from funkhaus.ingest.selectors import get_duration_s, get_progress
from funkhaus.intake.refusals import UploadRefusal
from funkhaus.intake.tus import protocol
from funkhaus.intake.tus.selectors import get_offset
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.selectors import video_url

if TYPE_CHECKING:
    from funkhaus.ingest.models import Upload


def answer(status: int, headers: dict[str, object] | None = None) -> HttpResponse:
    """Return a response without a body, with the headers that each response of the interface has."""
    return _finish(HttpResponse(status=status), headers or {})


def refuse(refusal: UploadRefusal, headers: dict[str, object] | None = None) -> HttpResponse:
    """Return a refusal as JSON: its message and the name of the metadata field that it concerns."""
    response = JsonResponse({"message": refusal.message, "field": refusal.field}, status=refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return _finish(response, headers or {})


def tell_capabilities() -> HttpResponse:
    """Return the version, extensions and limits of this server (tus core, OPTIONS)."""
    return answer(
        204,
        {
            "Tus-Version": protocol.VERSION,
            "Tus-Extension": ",".join(protocol.EXTENSIONS),
            "Tus-Max-Size": settings.UPLOAD_LIMIT_BYTES,
            "Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS),
        },
    )


def tell_head(upload: Upload) -> HttpResponse:
    """Return the offset, length and metadata of an upload as headers (tus core, HEAD)."""
    headers: dict[str, object] = {}
    if upload.is_joined:  # a final upload has no offset before its parts are joined (concatenation)
        headers["Upload-Offset"] = get_offset(upload)
    if upload.length_bytes is None:
        headers["Upload-Defer-Length"] = 1
    else:
        headers["Upload-Length"] = upload.length_bytes
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    if upload.is_partial:
        headers["Upload-Concat"] = "partial"
    elif upload.parts:
        headers["Upload-Concat"] = f"final;{' '.join(upload_url(key) for key in upload.parts.split())}"
    return answer(200, headers | expiry(upload))


def tell_offset(upload: Upload, offset: int, status: int = 204) -> HttpResponse:
    """Return the new offset in bytes after bytes were appended."""
    return answer(status, {"Upload-Offset": offset} | expiry(upload))


def tell_json(content: dict[str, Any]) -> HttpResponse:
    """Return a JSON response that the protocol does not define."""
    return _finish(JsonResponse(content), {})


def upload_url(key: str) -> str:
    """Return the URL path of an upload, without host: it is right behind any proxy."""
    return reverse("uploads:upload", args=[key])


def expiry(upload: Upload) -> dict[str, object]:
    """Return the header with the moment at which an open upload expires (expiration); none for a settled one."""
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())} if upload.state == "open" else {}


def describe_upload(upload: Upload) -> dict[str, Any]:
    """Return the state of an upload for JSON; `docs/uploads.md` defines the names."""
    offset = get_offset(upload) if upload.is_joined else upload.length_bytes
    metadata = protocol.parse_metadata(upload.metadata)
    is_whole = offset == upload.length_bytes
    return {
        "id": upload.key,
        "url": upload_url(upload.key),
        "state": upload.state if upload.state != "open" else "storing" if is_whole else "receiving",
        "name": metadata.get("filename", ""),
        "offset_bytes": offset,
        "length_bytes": upload.length_bytes,
        "metadata": metadata,
        "created_at": _moment(upload.created_at),
        "expires_at": _moment(upload.expires_at) if upload.state == "open" else None,
        "error": upload.error or None,
        **_describe_result(upload.asset_id),
    }


def _describe_result(asset_id: int | None) -> dict[str, Any]:
    plays = Q(versions__asset_id=asset_id) | Q(versions__next_asset_id=asset_id)
    video = Video.objects.filter(plays).order_by("pk").first() if asset_id else None
    if asset_id is None or video is None:
        return {"video": None, "page_url": None, "public_url": None, "is_public": None, "file": None}
    progress = get_progress(asset_id)
    return {
        "video": video.public_id,
        "page_url": reverse("mediathek_desk:file-detail", args=[asset_id]),
        "public_url": settings.PUBLIC_URL + video_url(video),
        "is_public": video.live,
        "file": {
            "state": progress.state,
            "state_label": progress.state_label,
            "step_label": progress.step_label,
            "progress": progress.progress,
            "duration_s": get_duration_s(asset_id),
            "warnings": list(progress.warnings),
            "error": progress.error or None,
            "is_working": not progress.is_settled,
        },
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _finish(response: HttpResponse, headers: dict[str, object]) -> HttpResponse:
    response["Tus-Resumable"] = protocol.VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name] = str(value)
    return response
