"""Views of a liveblog: its page, the page of one of its posts, and its changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse

from funkhaus.cms.queries.pagination import page_number
from funkhaus.kernel.clock import page_now
from funkhaus.newsroom.liveblogs.posts import find_number, get_changes, get_liveblog_view
from funkhaus.ui.responses import render_public

if TYPE_CHECKING:
    from funkhaus.newsroom.models import LiveblogPage

LONGEST_STAND = 17  # digits of microseconds, until the year 5138


def show_liveblog(request: HttpRequest, page: LiveblogPage) -> HttpResponse:
    """Show the page.

    `?folge=alt`: oldest first; `?beitrag=`: the page with that post; `?seit=`: changes since a version.
    """
    now = page_now()
    if "seit" in request.GET:
        changes = get_changes(page, _read_stand(request.GET["seit"]), now)
        return render_public(request, "newsroom/_posts.html", {"list": changes})
    is_oldest_first = request.GET.get("folge") == "alt"
    number: int | None = page_number(request)
    if "beitrag" in request.GET:
        number = find_number(page, request.GET["beitrag"][:20], is_oldest_first=is_oldest_first)
    view = get_liveblog_view(page, number, now, is_oldest_first=is_oldest_first) if number else None
    if view is None:
        raise Http404
    return render_public(request, "newsroom/liveblog.html", {"view": view})


def _read_stand(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_STAND:
        raise Http404
    return int(text)
