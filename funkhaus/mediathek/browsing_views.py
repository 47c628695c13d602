"""Public views of lists: new, films, audio, shows, genres, people, broadcasts, access services, search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from funkhaus.cms.queries.pagination import Cursor, read_after
from funkhaus.kernel.clock import page_now
from funkhaus.mediathek.selectors import (
    Withdrawn,
    get_access_list,
    get_access_page,
    get_audio_list,
    get_ending_list,
    get_film_list,
    get_genre_list,
    get_genre_page,
    get_missed_view,
    get_new_list,
    get_person_page,
    get_search_view,
    get_show_list_view,
    get_show_page_view,
    list_tabs,
    read_slug,
)
from funkhaus.mediathek.vocabulary.template_data import ListView
from funkhaus.ui.responses import render_public

DAY_MINUTES = 1440  # 24 hours; `?ab=` counts from midnight


def _render_list(request: HttpRequest, view: ListView | None) -> HttpResponse:
    if view is None or not (view.is_first or view.cards):
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "mediathek/list.html", {"view": view, "tabs": list_tabs(view.tab)})


def _make_view(get_list: Callable[[datetime, Cursor | None], ListView]) -> Callable[[HttpRequest], HttpResponse]:
    def show_list(request: HttpRequest) -> HttpResponse:
        return _render_list(request, get_list(page_now(), read_after(request)))

    return require_safe(show_list)


list_new = _make_view(get_new_list)
list_films = _make_view(get_film_list)
list_audio = _make_view(get_audio_list)


@require_safe
def list_ending(request: HttpRequest) -> HttpResponse:
    """Show the videos whose availability ends soon."""
    return _render_list(request, get_ending_list(page_now(), read_after(request)))


@require_safe
def list_shows(request: HttpRequest) -> HttpResponse:
    """Show the shows from A to Z, starting at `?ab=`."""
    view = get_show_list_view(page_now(), request.GET.get("ab", "")[:120])  # the width of `Show.sort_title`
    return render_public(request, "mediathek/shows.html", {"view": view, "tabs": list_tabs("show-list")})


@require_safe
def show_show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the page of one show: all episodes, or those of `?staffel=`; `?folge=auf` sorts them ascending."""
    number = request.GET.get("staffel", "")
    # Nine digits fit into the database's integer column; more would raise there.
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    view = get_show_page_view(
        public_id,
        page_now(),
        season=int(number) if number else None,
        is_in_order=request.GET.get("folge") == "auf",
        after=read_after(request),
    )
    if view is None:
        raise Http404
    if isinstance(view, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    if not (view.is_first or view.cards):
        raise Http404
    if request.path != view.address:
        return redirect(view.address, permanent=True)
    return render_public(request, "mediathek/show.html", {"view": view, "tabs": list_tabs("")})


@require_safe
def show_access(request: HttpRequest) -> HttpResponse:
    """Show the access services that available videos have."""
    view = get_access_page(page_now())
    return render_public(request, "mediathek/access.html", {"view": view, "tabs": list_tabs("access")})


@require_safe
def list_access(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the videos with one access service."""
    service = read_slug(slug)
    if service is None:
        raise Http404
    return _render_list(request, get_access_list(service, page_now(), read_after(request)))


@require_safe
def list_genres(request: HttpRequest) -> HttpResponse:
    """Show the genres that have available videos."""
    view = get_genre_list(page_now())
    return render_public(request, "mediathek/genres.html", {"view": view, "tabs": list_tabs("genre-list")})


@require_safe
def show_genre(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the videos of one genre."""
    return _render_list(request, get_genre_page(slug, page_now(), read_after(request)))


@require_safe
def show_person(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the videos of one person."""
    return _render_list(request, get_person_page(public_id, page_now(), read_after(request)))


@require_safe
def list_missed(request: HttpRequest) -> HttpResponse:
    """Show the broadcasts of the day `?tag=` (ISO 8601) on the channel `?sender=`, from minute `?ab=` on."""
    day, begin = request.GET.get("tag", ""), request.GET.get("ab", "0")
    try:
        chosen = date.fromisoformat(day) if day else None
        minute = int(begin)
    except ValueError as error:
        raise Http404 from error
    # Dates near year 1 overflow in the conversion to UTC, and there are no broadcasts before 1900.
    if not 0 <= minute < DAY_MINUTES or (chosen and chosen.year < 1900):
        raise Http404
    view = get_missed_view(page_now(), chosen, request.GET.get("sender", ""), minute)
    if view is None:
        raise Http404
    return render_public(request, "mediathek/missed.html", {"view": view, "tabs": list_tabs("missed-list")})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the shows and videos whose titles contain the words of `?q=`."""
    view = get_search_view(request.GET.get("q", ""), page_now())
    return render_public(request, "mediathek/search.html", {"view": view, "tabs": list_tabs("")})
