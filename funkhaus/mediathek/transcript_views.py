"""Public views of a video's transcript and of the age declaration; `portal.video_page` serves the video's own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import SystemClock, page_now
from funkhaus.mediathek.selectors import (
    Withdrawn,
    get_age_declaration,
    get_transcript_page,
    get_video,
    get_video_page_view,
)
from funkhaus.mediathek.vocabulary.age_declaration import write_declaration
from funkhaus.ui.responses import render_public

LABEL_MAX_AGE_S = 3600  # seconds; well below the day that the label's `revisit-after` states


@require_safe
def send_age_declaration(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Send `/age-de.xml`, the machine label of the site for youth-protection software."""
    response = HttpResponse(
        write_declaration(get_age_declaration(SystemClock().now())), "application/xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = f"public, max-age={LABEL_MAX_AGE_S}"
    return response


@require_safe
def show_transcript(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the whole transcript of a video while the video itself is available."""
    video = get_video(public_id)
    if video is None:
        raise Http404
    if isinstance(video, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    page = get_video_page_view(video, page_now())
    if page.notice:  # the video is unavailable, and its page states the reason
        return redirect(page.address)
    view = get_transcript_page(video, page.address)
    if view is None:
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "mediathek/transcript.html", {"view": view, "page": page})
