"""Public pages of the Mediathek; the video's own page, which needs the player, is in `portal.videos`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from funkhaus.mediathek.selectors import Withdrawn, get_show_list_view, get_show_page_view
from funkhaus.ui.responses import render_public


@require_safe
def list_shows(request: HttpRequest) -> HttpResponse:
    """All shows from A to Z."""
    return render_public(request, "mediathek/shows.html", {"view": get_show_list_view(timezone.now())})


@require_safe
def show_show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """One show with its episodes."""
    view = get_show_page_view(public_id, timezone.now())
    if view is None:
        raise Http404
    if isinstance(view, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "mediathek/show.html", {"view": view})
