"""The frame of every page: navigation, breadcrumbs and languages, from the page tree and the address."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funkhaus.cms.queries.prepared_query import PreparedQuery
from funkhaus.cms.site_tree import ENTRY_FIELDS, HOME_DEPTH, Entry, read_entries, select_structure
from funkhaus.kernel.clock import page_now
from funkhaus.newsroom.selectors import read_breaking, stored_breaking
from funkhaus.ui.components import Link, Shell

LEGAL = ("impressum", "datenschutz", "barrierefreiheit", "jugendschutz", "nutzungsbedingungen", "hilfe")
LATER = re.compile(r"seite=(?!1$)[1-9][0-9]{0,5}|ab=[0-9]{1,12}-[A-Za-z0-9_-]{1,255}")
MEDIATHEK = (*("sendungen", "video", "neu", "filme", "audio", "letzte-chance", "verpasst", "genres", "personen"),)


def get_structure(request: HttpRequest) -> tuple[Entry, ...]:
    """Return the page tree's upper levels with their addresses, read once per request (one query).

    The running breaking news is loaded in the same query and stored with it at the request.
    """
    found: tuple[Entry, ...] | None = getattr(request, "portal_structure", None)
    if found is None:
        rows = _STRUCTURE.run(page_now())
        found = read_entries([row[:-1] for row in rows])
        request.portal_structure = found  # type: ignore[attr-defined]
        request.portal_alert = read_breaking(rows[0][-1]) if rows else None  # type: ignore[attr-defined]
    return found


def _select(now: datetime) -> QuerySet[Any, Any]:
    return select_structure().annotate(breaking=stored_breaking(now)).values_list(*ENTRY_FIELDS, "breaking")


_STRUCTURE = PreparedQuery(_select)


def build_shell(request: HttpRequest) -> Shell:
    """Return the frame of the page at this request's address."""
    structure = get_structure(request)
    path, later = request.path, _later_page(request)
    return Shell(
        station=settings.STATION,
        home=reverse("wagtail_serve", args=[""]),
        navigation=_navigation(structure, path),
        footer=_footer(structure, path),
        trail=_trail(structure, path),
        languages=_languages(path),
        canonical=settings.PUBLIC_URL + path + later,
        search=reverse("mediathek:search"),
        alert=request.portal_alert if _shows_alert(structure, path) else None,  # type: ignore[attr-defined]
        alternates=tuple(
            (code, settings.PUBLIC_URL + _in_language(path, code) + later) for code, _name in settings.LANGUAGES
        ),
    )


def _shows_alert(structure: tuple[Entry, ...], path: str) -> bool:
    """Return whether the page shows breaking news: home page and upper levels of the news, but not articles."""
    return any(entry.url == path and entry.url_path.rstrip("/").rpartition("/")[2] not in LEGAL for entry in structure)


def _later_page(request: HttpRequest) -> str:
    """Return the query of a list's later pages, which search engines index as pages of their own; else empty."""
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if LATER.fullmatch(query) else ""


def _navigation(structure: tuple[Entry, ...], path: str) -> tuple[Link, ...]:
    """Return sections by name, then Mediathek and search. A news index without sections is listed itself."""
    parents = {entry.url_path.rsplit("/", 2)[0] + "/" for entry in structure if entry.depth > HOME_DEPTH + 1}
    pages = [
        _link(entry, path)
        for entry in structure
        if entry.in_menus
        and entry.depth > HOME_DEPTH
        and entry.url_path not in parents
        and entry.url_path.rstrip("/").rpartition("/")[2] not in LEGAL
    ]
    shows = reverse("mediathek:show-list")
    own = tuple(shows.replace("/sendungen/", f"/{name}/") for name in MEDIATHEK)
    search = reverse("mediathek:search")
    return (
        *pages,
        Link(_("Mediathek"), shows, is_current=path == shows, is_within=path.startswith(own)),
        Link(_("Kids"), reverse("kids:home")),
        Link(_("Mediathek search"), search, is_current=path == search),
    )


def _footer(structure: tuple[Entry, ...], path: str) -> tuple[Link, ...]:
    """Return links to the standing pages and the corrections."""
    standing = (
        _link(entry, path)
        for entry in structure
        if entry.depth == HOME_DEPTH + 1 and entry.url_path.rstrip("/").rpartition("/")[2] in LEGAL
    )
    corrections = reverse("newsroom:correction-list")
    return (*standing, Link(_("Corrections"), corrections, is_current=path == corrections))


def _trail(structure: tuple[Entry, ...], path: str) -> tuple[Link, ...]:
    """Return links to the pages above this address, from the home page down."""
    above = (Link(_("Home"), entry.url) if entry.depth == HOME_DEPTH else _link(entry, path) for entry in structure)
    return tuple(link for link in above if link.url != path and path.startswith(link.url))


def _link(entry: Entry, path: str) -> Link:
    url = entry.url
    return Link(entry.title, url, is_current=path == url, is_within=path.startswith(url), lang="de")


def _in_language(path: str, code: str) -> str:
    bare = path[3:] if path == "/en" or path.startswith("/en/") else path
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def _languages(path: str) -> tuple[tuple[str, str, str], ...]:
    present = get_language()
    return tuple((code, str(name), _in_language(path, code)) for code, name in settings.LANGUAGES if code != present)
