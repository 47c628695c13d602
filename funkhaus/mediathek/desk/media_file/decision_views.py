"""What an editor decides about a media file: publish, accept warnings, keep or drop a replacement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from funkhaus.mediathek.desk.access import CHANGE, PUBLISH, find_video, require_permission
from funkhaus.mediathek.desk.media_file.file_description import get_asset
from funkhaus.mediathek.desk.wording import describe_verdict
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.rules.readiness import Publication
from funkhaus.mediathek.services import accept_warnings, drop_replacement, request_publication, withdraw_wish
from funkhaus.mediathek.vocabulary.ratings import RatingWords


@require_POST
def publish(request: HttpRequest, video_id: int) -> HttpResponse:
    """Publish the newest draft of the video, now or as soon as it plays and is checked."""
    require_permission(request, PUBLISH)
    video = get_object_or_404(Video, pk=video_id).get_latest_revision_as_object()
    verdict = request_publication(video=video, user_id=request.user.pk)
    if verdict is Publication.NOW:
        notice = RatingWords(video.rating).notice
        messages.success(request, " ".join([_("“%(title)s” is published.") % {"title": video.title}, notice]).strip())
        return redirect("wagtailsnippets_mediathek_video:edit", video_id)
    tell = messages.success if verdict is Publication.WHEN_CHECKED else messages.warning
    tell(request, describe_verdict(verdict))
    return _back(video)


@require_POST
def withdraw(request: HttpRequest, video_id: int) -> HttpResponse:
    """Let the video stay a draft."""
    require_permission(request, PUBLISH)
    video = get_object_or_404(Video, pk=video_id)
    withdraw_wish(video=video)
    messages.success(request, _("It stays a draft until you publish it."))
    return _back(video)


@require_POST
def accept(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Note that the warnings on the page were looked at."""
    video = find_video(request, asset_id)
    names = request.POST.getlist("warning")
    if accept_warnings(video=video, asset_id=asset_id, names=names, user_id=request.user.pk):
        messages.success(request, _("Noted: you have looked at the warnings."))
    return redirect("mediathek_desk:file-detail", asset_id)


@require_POST
def drop(request: HttpRequest, video_id: int) -> HttpResponse:
    """Give up the file that waits to replace another."""
    require_permission(request, CHANGE)
    video = get_object_or_404(Video, pk=video_id)
    drop_replacement(video=video)
    messages.success(request, _("The replacement is dropped; the file stays as it is."))
    return _back(video)


def _back(video: Video) -> HttpResponse:
    """To the page of the media file that plays, or to the video's own."""
    asset = get_asset(video)
    if asset is not None:
        return redirect("mediathek_desk:file-detail", asset.pk)
    return redirect("wagtailsnippets_mediathek_video:edit", video.pk)
