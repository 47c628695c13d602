"""Pages and answers about one media file: its state, its preview, what can be done with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from funkhaus.ingest.selectors import get_progress
from funkhaus.ingest.services import remove_subtitles, retry_asset
from funkhaus.mediathek.editing.byte_ranges import send_file
from funkhaus.mediathek.editing.job_views import describe_progress
from funkhaus.mediathek.editing.media_file import PREVIEWS, get_media_file_view, list_videos_of
from funkhaus.mediathek.editing.public_pages import describe_public_page
from funkhaus.mediathek.editing.wording import describe_rating, list_breadcrumbs
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import publish_video

TYPES = {".mp4": "video/mp4", ".m4a": "audio/mp4", ".jpg": "image/jpeg", ".vtt": "text/vtt; charset=utf-8"}


def _get_video(request: HttpRequest, asset_id: int, permission: str) -> Video:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    videos = list_videos_of(asset_id).prefetch_related("versions__asset__text_tracks")
    return get_object_or_404(videos.order_by("pk")[:1])


@require_GET
def show_file(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The page of a media file: follows the preparation, and offers what comes next."""
    video = _get_video(request, asset_id, "mediathek.change_video")
    media = get_media_file_view(video)
    has_hope = media is not None and not media.is_failed
    context = {
        "video": video,
        "media": media,
        "public_page": describe_public_page(video),
        "edit_url": reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
        "replace_url": reverse("mediathek_editing:file-replace", args=[video.pk]),
        "publish_url": reverse("mediathek_editing:video-publish", args=[video.pk]),
        "retry_url": reverse("mediathek_editing:file-retry", args=[asset_id]),
        "subtitle_url": reverse("mediathek_editing:subtitle-upload", args=[asset_id]),
        "may_publish": has_hope and request.user.has_perm("mediathek.publish_video"),
        "breadcrumbs": list_breadcrumbs(video.title),
    }
    return render(request, "mediathek/editing/file.html", context)


@require_GET
def show_progress(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The state of the preparation as JSON."""
    _get_video(request, asset_id, "mediathek.change_video")
    response = JsonResponse(describe_progress(get_progress(asset_id)))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def retry(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Put the preparation into the queue once more."""
    _get_video(request, asset_id, "mediathek.change_video")
    if get_progress(asset_id).can_retry:
        retry_asset(asset_id=asset_id)
        messages.success(request, _("The preparation starts again."))
    else:
        messages.warning(request, _("There is nothing to repeat: the file is being prepared or ready."))
    return redirect("mediathek_editing:file-detail", asset_id)


@require_POST
def publish(request: HttpRequest, video_id: int) -> HttpResponse:
    """Publish the newest draft of the video."""
    if not request.user.has_perm("mediathek.publish_video"):
        raise PermissionDenied
    video = get_object_or_404(Video, pk=video_id).get_latest_revision_as_object()
    publish_video(video=video, user_id=request.user.pk)
    notice = describe_rating(video).notice
    messages.success(request, " ".join([_("“%(title)s” is published.") % {"title": video.title}, notice]).strip())
    return redirect("wagtailsnippets_mediathek_video:edit", video_id)


@require_GET
def send_preview(request: HttpRequest, asset_id: int, name: str) -> HttpResponseBase:
    """Film, sound or poster for the editor, at any hour and before publication: never a public address."""
    video = _get_video(request, asset_id, "mediathek.change_video")
    if name not in PREVIEWS:
        raise Http404
    asset = next(one.asset for one in video.versions.all() if one.asset_id == asset_id)
    if asset is None:
        raise Http404
    path = asset.folder / PREVIEWS[name]
    return send_file(path, TYPES[path.suffix], request.headers.get("Range", ""))


@require_GET
def send_track(request: HttpRequest, asset_id: int, track_id: int) -> HttpResponseBase:
    """One text track as WebVTT."""
    asset, track = _get_track(request, asset_id, track_id)
    return send_file(asset.folder / track.file_name, TYPES[".vtt"], "")


@require_POST
def remove_track(request: HttpRequest, asset_id: int, track_id: int) -> HttpResponse:
    """Take a text track away."""
    _asset, track = _get_track(request, asset_id, track_id)
    remove_subtitles(asset_id=asset_id, language=track.language, kind=track.kind)
    messages.success(request, _("The subtitles are removed."))
    return redirect("mediathek_editing:file-detail", asset_id)


def _get_track(request: HttpRequest, asset_id: int, track_id: int) -> Any:
    video = _get_video(request, asset_id, "mediathek.change_video")
    for version in video.versions.all():
        if version.asset is not None and version.asset_id == asset_id:
            for track in version.asset.text_tracks.all():
                if track.pk == track_id:
                    return version.asset, track
    raise Http404
