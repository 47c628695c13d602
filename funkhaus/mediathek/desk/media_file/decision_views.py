"""Views of an editor's decisions about a media file: publish, accept warnings, drop a replacement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from funkhaus.mediathek.desk.access import missing_is_404
from funkhaus.mediathek.desk.media_file.file_description import get_asset
from funkhaus.mediathek.desk.wording import describe_rating, describe_verdict
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.rules.readiness import Publication
from funkhaus.mediathek.services import accept_warnings, ask_publication, drop_replacement, take_back_wish


@require_POST
@missing_is_404
def publish(request: HttpRequest, video_id: int) -> HttpResponse:
    """Publish the newest draft of the video, now or as soon as its media file plays and is checked."""
    verdict = ask_publication(by=request.user, video_id=video_id)
    video = Video.objects.get(pk=video_id)
    if verdict is Publication.NOW:
        notice = describe_rating(video).notice
        messages.success(request, " ".join([_("“%(title)s” is published.") % {"title": video.title}, notice]).strip())
        return redirect("wagtailsnippets_mediathek_video:edit", video_id)
    tell = messages.success if verdict is Publication.WHEN_CHECKED else messages.warning
    tell(request, describe_verdict(verdict))
    return _back(video)


@require_POST
@missing_is_404
def withdraw(request: HttpRequest, video_id: int) -> HttpResponse:
    """Withdraw the request to publish the video."""
    take_back_wish(by=request.user, video_id=video_id)
    messages.success(request, _("It stays a draft until you publish it."))
    return _back(Video.objects.get(pk=video_id))


@require_POST
@missing_is_404
def accept(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Accept the warnings shown on the page."""
    if accept_warnings(by=request.user, asset_id=asset_id, names=request.POST.getlist("warning")):
        messages.success(request, _("Noted: you have looked at the warnings."))
    return redirect("mediathek_desk:file-detail", asset_id)


@require_POST
@missing_is_404
def drop(request: HttpRequest, video_id: int) -> HttpResponse:
    """Drop the file that waits to replace another."""
    drop_replacement(by=request.user, video_id=video_id)
    messages.success(request, _("The replacement is dropped; the file stays as it is."))
    return _back(Video.objects.get(pk=video_id))


def _back(video: Video) -> HttpResponse:
    """Redirect to the page of the media file that plays, or to the video's edit page."""
    asset = get_asset(video)
    if asset is not None:
        return redirect("mediathek_desk:file-detail", asset.pk)
    return redirect("wagtailsnippets_mediathek_video:edit", video.pk)
