"""Views of one media file: its page, its progress, its preview, its text tracks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from funkhaus.ingest.package.layout import MEDIA_TYPES
from funkhaus.ingest.selectors import get_progress
from funkhaus.mediathek.audit.take_down_state import describe_take_down
from funkhaus.mediathek.desk.access import find_asset, find_video, missing_is_404
from funkhaus.mediathek.desk.catalogue.publication_state import describe_public_page, describe_publication
from funkhaus.mediathek.desk.jobs.views import describe_progress
from funkhaus.mediathek.desk.media_file.byte_ranges import send_file
from funkhaus.mediathek.desk.media_file.file_description import PREVIEWS, describe_asset, list_videos_of
from funkhaus.mediathek.desk.media_file.posters import describe_poster
from funkhaus.mediathek.desk.media_file.version_names import find_version, name_version, replace_url
from funkhaus.mediathek.desk.media_file.waiting_replacement import describe_succession
from funkhaus.mediathek.desk.wording import list_breadcrumbs
from funkhaus.mediathek.permissions import CHANGE, PUBLISH, RATE
from funkhaus.mediathek.services import remove_text, retry_preparation


@require_GET
def show_file(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Show the page of a media file with the progress of its preparation and the next actions."""
    video, asset = find_asset(request, asset_id)
    version = find_version(video, asset_id)
    context = {
        "video": video,
        "version": name_version(version) if version else "",
        "versions_url": reverse("mediathek_desk:version-list", args=[video.pk]),
        "media": describe_asset(video, asset),
        "public_page": describe_public_page(video),
        "succession": None if version else describe_succession(video, asset_id),
        "publication": describe_publication(video),
        "take_down": describe_take_down(video, request.user, request.path),
        "poster": describe_poster(video, asset),
        "may_publish": request.user.has_perm(PUBLISH),
        "edit_url": reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
        "replace_url": replace_url(version) if version else reverse("intake:file-replace", args=[video.pk]),
        "publish_url": reverse("mediathek_desk:video-publish", args=[video.pk]),
        "withdraw_url": reverse("mediathek_desk:publish-withdraw", args=[video.pk]),
        "retry_url": reverse("mediathek_desk:file-retry", args=[asset_id]),
        "subtitle_url": reverse("intake:subtitle-upload", args=[asset_id]),
        "breadcrumbs": list_breadcrumbs(video.title),
    }
    return render(request, "mediathek/desk/file.html", context)


@require_GET
def show_progress(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Return the progress of the preparation as JSON."""
    find_video(request, asset_id)
    response = JsonResponse(describe_progress(get_progress(asset_id)))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@missing_is_404
def retry(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Queue the preparation again."""
    if retry_preparation(by=request.user, asset_id=asset_id):
        messages.success(request, _("The preparation starts again."))
    else:
        messages.warning(request, _("There is nothing to repeat: the file is being prepared or ready."))
    if not list_videos_of(asset_id).exists():
        return redirect("mediathek_desk:job-list")
    return redirect("mediathek_desk:file-detail", asset_id)


@require_GET
def send_preview(request: HttpRequest, asset_id: int, name: str) -> HttpResponseBase:
    """Send film, sound or poster, at any hour and before publication, to who changes or rates; never a public URL."""
    _video, asset = find_asset(request, asset_id, CHANGE, RATE)
    if name not in PREVIEWS:
        raise Http404
    path = asset.folder / PREVIEWS[name]
    return send_file(path, MEDIA_TYPES[path.suffix], request.headers.get("Range", ""))


@require_GET
def send_track(request: HttpRequest, asset_id: int, track_id: int) -> HttpResponseBase:
    """Send one text track as WebVTT."""
    asset, track = _get_track(request, asset_id, track_id)
    path = asset.folder / track.file_name
    return send_file(path, MEDIA_TYPES[path.suffix], "")


@require_POST
@missing_is_404
def remove_track(request: HttpRequest, asset_id: int, track_id: int) -> HttpResponse:
    """Remove a text track."""
    remove_text(by=request.user, asset_id=asset_id, track_id=track_id)
    messages.success(request, _("The subtitles are removed."))
    return redirect("mediathek_desk:file-detail", asset_id)


def _get_track(request: HttpRequest, asset_id: int, track_id: int) -> Any:
    _video, asset = find_asset(request, asset_id)
    for track in asset.text_tracks.all():
        if track.pk == track_id:
            return asset, track
    raise Http404
