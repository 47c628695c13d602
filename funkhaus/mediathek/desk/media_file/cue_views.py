"""The cue editor: it shows a text track beside its film and stores the edited text as a new version."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.selectors import CODE_PAGES, read_webvtt_as
from funkhaus.mediathek.desk.access import missing_is_404, require_permission
from funkhaus.mediathek.desk.media_file.cue_editor_texts import list_texts
from funkhaus.mediathek.desk.media_file.file_description import get_media_file_view, list_videos_of
from funkhaus.mediathek.desk.wording import list_breadcrumbs
from funkhaus.mediathek.permissions import CHANGE
from funkhaus.mediathek.services import store_cues

if TYPE_CHECKING:
    from funkhaus.ingest.models import TextTrack
    from funkhaus.mediathek.models import Video

SPOKEN = {"subtitles", "captions"}


@require_http_methods(["GET", "POST"])
@missing_is_404
def edit_cues(request: HttpRequest, asset_id: int, track_id: int) -> HttpResponse:
    """Show the cues (GET), or store them (POST).

    A version that another editor stored meanwhile is overwritten only with `force`; otherwise the answer is 409.
    """
    require_permission(request, CHANGE)
    video, track = _get_track(asset_id, track_id)
    encoding = _read_encoding(request, track)
    if request.method != "POST":
        return _render(request, video, track, read_webvtt_as(track, encoding), track.file_name)
    content = request.POST.get("content", "").replace("\r\n", "\n")
    expected = track.file_name if request.POST.get("force") else request.POST.get("expected", "")
    try:
        warnings = store_cues(
            by=request.user, asset_id=asset_id, track_id=track.pk, expected=expected, content=content, encoding=encoding
        )
    except RefusedInput as refusal:
        status = HTTPStatus.CONFLICT if refusal.code == "subtitle_changed" else HTTPStatus.UNPROCESSABLE_ENTITY
        return _refuse(request, video, track, refusal.message, status)
    except WorkFailed as failure:
        return _refuse(request, video, track, failure.message, HTTPStatus.INSUFFICIENT_STORAGE)
    track.refresh_from_db()
    if _wants_json(request):
        return _answer({"expected": track.file_name, "warnings": warnings})
    messages.success(request, _("The text is stored."))
    for warning in warnings:
        messages.warning(request, warning)
    return redirect("mediathek_desk:track-edit", asset_id, track_id)


def _read_encoding(request: HttpRequest, track: TextTrack) -> str:
    """Return the encoding that the editor wants to see the text in; the track's own where it names none."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("encoding", "")
    return wanted if track.encoding and wanted in CODE_PAGES else track.encoding


def _get_track(asset_id: int, track_id: int) -> tuple[Video, TextTrack]:
    video = list_videos_of(asset_id).prefetch_related("versions__asset__text_tracks").order_by("pk").first()
    for version in video.versions.all() if video else ():
        if version.asset is not None and version.asset_id == asset_id:
            for track in version.asset.text_tracks.all():
                if track.pk == track_id:
                    return version.video, track
    raise Http404


def _refuse(request: HttpRequest, video: Video, track: TextTrack, message: str, status: HTTPStatus) -> HttpResponse:
    """Return the reason, with the editor's text unchanged."""
    if _wants_json(request):
        return _answer({"message": message}, status=status)
    messages.error(request, message)
    return _render(
        request, video, track, request.POST.get("content", ""), request.POST.get("expected", ""), status=status
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _answer(content: dict[str, Any], status: int = HTTPStatus.OK) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def _render(
    request: HttpRequest, video: Video, track: TextTrack, content: str, expected: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "video": video,
        "media": get_media_file_view(video),
        "track": track,
        "content": content,
        "expected": expected,
        "is_changed": status == HTTPStatus.CONFLICT,
        "is_speech": track.kind in SPOKEN,
        "encoding": _read_encoding(request, track),
        "encoding_name": CODE_PAGES.get(track.encoding, ""),
        "encodings": list(CODE_PAGES.items()) if track.encoding else [],
        "texts": list_texts(),
        "track_url": reverse("mediathek_desk:file-track", args=[track.asset_id, track.pk]),
        "file_url": reverse("mediathek_desk:file-detail", args=[track.asset_id]),
        "breadcrumbs": list_breadcrumbs(_("Text of “%(title)s”") % {"title": video.title}),
    }
    return render(request, "mediathek/desk/cues.html", context, status=status)
