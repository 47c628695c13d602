"""Public pages of the newsroom that are not in the page tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from funkhaus.cms.queries.pagination import page_number, read_after
from funkhaus.kernel.clock import page_now
from funkhaus.newsroom.collections.authors import get_author_view
from funkhaus.newsroom.collections.corrections_page import get_corrections_view
from funkhaus.ui.responses import render_public


@require_safe
def list_corrections(request: HttpRequest) -> HttpResponse:
    """Show all corrections, newest first. Raises `Http404` behind the last page."""
    view = get_corrections_view(page_number(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/corrections.html", {"view": view})


@require_safe
def show_author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author's page with what they published. Raises `Http404` for an unknown author."""
    view = get_author_view(slug, read_after(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/author.html", {"view": view})
