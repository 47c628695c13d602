"""Views of the kids area, which is open to all; leaving it takes a confirmation."""

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
    """Show the area's first page."""
    return render_public(request, "kids/pictures.html", {"view": get_kids_home(page_now())})


@require_safe
def show_show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the videos of a show. Raises `Http404` where children may not know of it."""
    view = get_kids_show_view(public_id, page_now())
    if view is None:
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "kids/pictures.html", {"view": view})


@require_safe
def show_video(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show a video, which never starts by itself. Raises `Http404` where children may not know of it."""
    view = get_kids_video_view(public_id, page_now())
    if view is None:
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "kids/video.html", {"view": view, "player_view": get_player_view(view.video)})


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Show the confirmation for leaving the area, for browsers without script."""
    return render_public(request, "kids/leave.html", {})
