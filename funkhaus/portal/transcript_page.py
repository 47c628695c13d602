"""The view of a video's text: public where the video is free for everybody, else behind the playback decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import page_now
from funkhaus.mediathek.selectors import (
    Withdrawn,
    get_transcript_page,
    get_video,
    get_video_page_view,
    is_text_public,
    transcript_url,
)
from funkhaus.playback.selectors import read_viewer
from funkhaus.playback.services import refuse_reading
from funkhaus.ui.responses import render_public

if TYPE_CHECKING:
    from funkhaus.mediathek.vocabulary.template_data import VideoPageView
    from funkhaus.playback.refusals import Refusal


@require_safe
def show_transcript(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the whole text of a video to everybody who may play it now.

    Of a video that is free for everybody it is a public page; of any other one an answer to this viewer, which no
    cache may keep.
    """
    video, now = get_video(public_id), page_now()
    if video is None:
        raise Http404
    if isinstance(video, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    page = get_video_page_view(video, now)
    if page.notice:  # the video is unavailable, and its page states the reason
        return redirect(page.address)
    if request.path != transcript_url(video):
        return redirect(transcript_url(video), permanent=True)
    is_public = is_text_public(video, now)
    refusal = None if is_public else refuse_reading(viewer=read_viewer(request), public_id=public_id, now=now)
    if refusal is not None:
        return _refuse(request, page, refusal)
    view = get_transcript_page(video, page.address)
    if view is None:
        raise Http404
    context = {"view": view, "page": page, "is_public": is_public}
    if is_public:
        return render_public(request, "mediathek/transcript.html", context)
    return _for_this_viewer(render(request, "mediathek/transcript.html", context))


def _refuse(request: HttpRequest, page: VideoPageView, refusal: Refusal) -> HttpResponse:
    """Return the refusal as the player says it, with the way back to the video."""
    response = render(
        request, "portal/transcript_refused.html", {"page": page, "refusal": refusal}, status=refusal.status
    )
    if refusal.retry_after_s:
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    return _for_this_viewer(response)


def _for_this_viewer(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
