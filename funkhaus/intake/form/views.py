"""Upload pages: a new video, a replacement for an existing one, subtitles.

The order matters: the permission is checked before a byte of the body is read, then size and disk space, then the body
is streamed to disk, and only then can the CSRF token inside it be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.admin import messages

from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.selectors.machine import measure_room
from funkhaus.ingest.services import PRIORITIES, SubtitleFile
from funkhaus.intake.form.forms import ReplaceForm, SubtitleForm, UploadForm
from funkhaus.intake.form.tus_sender import describe_sender
from funkhaus.intake.form.upload_handler import StreamingUploadHandler
from funkhaus.intake.receive import ReceivedFile, VideoMetadata, receive_replacement, receive_video
from funkhaus.intake.refusals import UploadRefusal, find_refusal
from funkhaus.intake.refused_body import drain
from funkhaus.mediathek.desk.media_file.file_description import list_videos_of
from funkhaus.mediathek.desk.wording import list_breadcrumbs
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.permissions import ADD, CHANGE, PUBLISH
from funkhaus.mediathek.services import add_texts

Receive = Callable[[HttpRequest, forms.Form], str]


@dataclass(frozen=True)
class UploadPage:
    """An upload page: its form, texts, back link, and the function that receives the valid form and returns a URL."""

    form_class: type[forms.Form]
    title: str
    submit_label: str
    back_url: str
    receive: Receive
    intro: str = ""
    is_for_media: bool = True
    """False: subtitles, which are small and sent as a form."""
    replaced: Video | None = None


@csrf_exempt
def upload_video(request: HttpRequest) -> HttpResponse:
    """Receive a new video as a file."""
    page = UploadPage(
        form_class=UploadForm,
        title=_("Upload videos and sound files"),
        submit_label=_("Upload"),
        back_url=reverse("wagtailsnippets_mediathek_video:list"),
        receive=_receive_new,
        intro=_("Each becomes a draft. While it is being prepared you can complete and publish it."),
    )
    return _serve(request, page, ADD)


@csrf_exempt
def replace_file(request: HttpRequest, video_id: int) -> HttpResponse:
    """Receive a replacement file for an existing video."""
    video = get_object_or_404(Video, pk=video_id)

    def receive(request: HttpRequest, form: forms.Form) -> str:
        asset = receive_replacement(video=video, file=_name_file(request, form))
        return reverse("mediathek_desk:file-detail", args=[asset.pk])

    page = UploadPage(
        form_class=ReplaceForm,
        title=_("Replace the media file of “%(title)s”") % {"title": video.title},
        submit_label=_("Replace"),
        back_url=reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
        receive=receive,
        intro=_(
            "Address, texts and availability stay as they are. What plays now goes on until the new file is ready."
        ),
        replaced=video,
    )
    return _serve(request, page, CHANGE)


@csrf_exempt
def add_subtitle(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Receive subtitles for an existing media file; those of the same kind and language are replaced."""
    video = get_object_or_404(list_videos_of(asset_id)[:1])
    file_url = reverse("mediathek_desk:file-detail", args=[asset_id])

    def receive(request: HttpRequest, form: forms.Form) -> str:
        subtitles = [_read_subtitle(form.cleaned_data)]
        for warning in add_texts(by=request.user, asset_id=asset_id, subtitles=subtitles):
            messages.warning(request, warning)
        return file_url

    page = UploadPage(
        form_class=SubtitleForm,
        title=_("Subtitles for “%(title)s”") % {"title": video.title},
        submit_label=_("Add subtitles"),
        back_url=file_url,
        receive=receive,
        intro=_("Subtitles of the same kind and language are replaced."),
        is_for_media=False,
    )
    return _serve(request, page, CHANGE)


def _receive_new(request: HttpRequest, form: forms.Form) -> str:
    data = form.cleaned_data
    subtitle = _read_subtitle(data) if data.get("subtitle_file") else None
    received = receive_video(
        file=_name_file(request, form),
        wish=VideoMetadata(
            title=data["title"],
            kind=data["kind"],
            rating=data["rating"],
            publish=data["publish"] and request.user.has_perm(PUBLISH),
        ),
        subtitle=subtitle,
    )
    if received.subtitle_refusal:
        messages.warning(request, _("The subtitles were not taken: %(reason)s") % {"reason": received.subtitle_refusal})
    messages.success(request, _("“%(title)s” is uploaded.") % {"title": received.video.title})
    return reverse("mediathek_desk:file-detail", args=[received.asset.pk])


def _name_file(request: HttpRequest, form: forms.Form) -> ReceivedFile:
    file = form.cleaned_data["file"]
    priority = PRIORITIES[form.cleaned_data.get("priority") or "normal"]
    return ReceivedFile(Path(file.temporary_file_path()), file.name or "upload", request.user, priority)


def _read_subtitle(data: Mapping[str, Any]) -> SubtitleFile:
    return SubtitleFile(
        path=Path(data["subtitle_file"].temporary_file_path()),
        language=data.get("subtitle_language") or "",
        kind=data.get("subtitle_kind") or "subtitles",
        name=data["subtitle_file"].name or "",
        encoding=data.get("subtitle_encoding") or "",
    )


def _serve(request: HttpRequest, page: UploadPage, permission: str) -> HttpResponse:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    if request.method != "POST":
        return _render(request, page, page.form_class(), status=200)
    try:
        declared = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        declared = 0
    handler = StreamingUploadHandler(request, find_refusal(declared))
    request.upload_handlers = [handler]
    try:
        response: HttpResponse = csrf_protect(_take)(request, page, handler)
    finally:
        handler.discard()
        drain(request)
    return response


def _take(request: HttpRequest, page: UploadPage, handler: StreamingUploadHandler) -> HttpResponse:
    form = page.form_class(request.POST, request.FILES)
    refusal = handler.refusal
    if refusal is None and handler.is_interrupted:
        refusal = UploadRefusal(400, "file", _("The upload broke off. Please start it again."))
    if refusal is None and form.is_valid():
        try:
            target = page.receive(request, form)
        except RefusedInput as refused:
            refusal = UploadRefusal(422, "subtitle_file", refused.message)
        except WorkFailed as failed:
            refusal = UploadRefusal(507, "file", failed.message)
        else:
            return JsonResponse({"url": target}) if _wants_json(request) else redirect(target)
    return _refuse(request, page, form, refusal)


def _refuse(request: HttpRequest, page: UploadPage, form: forms.Form, refusal: UploadRefusal | None) -> HttpResponse:
    status = 422
    if refusal is not None:
        status = refusal.status
        field = refusal.field if refusal.field in form.fields else "file"
        form.errors.pop(field, None)
        form.errors[field] = form.error_class([refusal.message])
    if _wants_json(request):
        return JsonResponse({"errors": {name: list(errors) for name, errors in form.errors.items()}}, status=status)
    return _render(request, page, form, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _render(request: HttpRequest, page: UploadPage, form: forms.Form, *, status: int) -> HttpResponse:
    if not request.user.has_perm(PUBLISH):
        form.fields.pop("publish", None)
    context = {
        "page": page,
        "form": form,
        "sender": describe_sender(request, page.replaced) if page.is_for_media else None,
        "breadcrumbs": list_breadcrumbs(page.title),
        "disk_warning": measure_room().warning if page.is_for_media else "",
    }
    return render(request, "intake/desk/upload.html", context, status=status)
