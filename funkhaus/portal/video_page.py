"""A video's page: what the Mediathek says of it, with the player."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import page_now
from funkhaus.mediathek.selectors import Withdrawn, get_video, get_video_page_view
from funkhaus.mediathek.services import open_availability
from funkhaus.newsroom.selectors import describe_correction, list_for_video, stored_corrections
from funkhaus.playback.selectors import get_player_view
from funkhaus.syndication.selectors import get_share_view
from funkhaus.ui.responses import render_public

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.vocabulary.page_views import VideoPageView
    from funkhaus.newsroom.page_views.correction import CorrectionNote


@require_safe
def show_video(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """The page of an episode, film or clip."""
    video = get_video(public_id, stored_corrections=stored_corrections("video"))
    if video is None:
        raise Http404
    if isinstance(video, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    corrections = list_for_video(video, page_now())
    view = get_video_page_view(video, page_now(), _describe(video, corrections))
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return _render(request, video, view, corrections)


def preview_video(request: HttpRequest, video: Video) -> HttpResponse:
    """The page of a draft as publishing would make it, with the values that the editor sees."""
    corrections = list_for_video(video, page_now())
    view = get_video_page_view(open_availability(video=video), page_now(), _describe(video, corrections))
    return _render(request, video, view, corrections)


def _describe(video: Video, corrections: tuple[CorrectionNote, ...]) -> dict[str, Any]:
    """What machines are told beside the Mediathek's facts: where it plays, what had to be corrected."""
    player = get_player_view(video)
    file = "audio.m4a" if player.is_audio else "video.mp4"
    media = settings.PUBLIC_URL + reverse("playback:medien-file", args=[video.public_id, file])
    share = get_share_view(video)
    return {
        "contentUrl": media if player.is_prepared else None,
        "embedUrl": share.address if share and player.is_prepared else None,
        "correction": [describe_correction(note) for note in corrections],
    }


def _render(
    request: HttpRequest, video: Video, view: VideoPageView, corrections: tuple[CorrectionNote, ...]
) -> HttpResponse:
    player = None if view.notice else get_player_view(video, goes_on=True)
    context = {
        "view": view,
        "player_view": player,
        "share": get_share_view(video) if player else None,
        "corrections": corrections,
    }
    return render_public(request, "portal/video.html", context)
