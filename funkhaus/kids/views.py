"""The kids area: open to all, and a question before the way out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import page_now
from funkhaus.kids.selectors import get_kids_home, get_kids_show_view, get_kids_video_view
from funkhaus.playback.selectors import get_player_view
from funkhaus.ui.responses import render_public


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """All pictures."""
    return render_public(request, "kids/pictures.html", {"view": get_kids_home(page_now())})


@require_safe
def show_show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """The pictures of a show."""
    view = get_kids_show_view(public_id, page_now())
    if view is None:
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "kids/pictures.html", {"view": view})


@require_safe
def show_video(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """A video, to be started by hand."""
    view = get_kids_video_view(public_id, page_now())
    if view is None:
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "kids/video.html", {"view": view, "player_view": get_player_view(view.video)})


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Ask before the way out: for those without script, and the address behind the button for the others."""
    return render_public(request, "kids/leave.html", {})
