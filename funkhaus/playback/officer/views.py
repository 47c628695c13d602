"""Views of the officer's pages, below /redaktion/jugendschutz/. Wagtail forbids caches to store them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from funkhaus.playback.officer.pages import get_item_view, list_restricted, list_unrated
from funkhaus.protection.rules import TABLE

PERMISSION = "mediathek.change_video"
YEARS = range(2020, 2100)


@require_GET
def show_overview(request: HttpRequest) -> HttpResponse:
    """Show the table of age ratings, the items without a rating, and those that are restricted."""
    _check(request)
    context = {
        "table": [(rating.value, row) for rating, row in TABLE.items()],
        "unrated": list_unrated(),
        "restricted": list_restricted(),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "playback/officer/overview.html", context)


@require_GET
def show_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who could have played an item on a day (`?tag=`), and over the year of that day."""
    _check(request)
    view = get_item_view(public_id, _day(request), request.GET.get("land", ""), by=request.user)
    if view is None:
        raise Http404
    return render(request, "playback/officer/item.html", {"view": view, "breadcrumbs": _breadcrumbs(view.title)})


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _day(request: HttpRequest) -> date:
    """Return the day in `?tag=`; today for anything else."""
    try:
        day = date.fromisoformat(request.GET.get("tag", ""))
    except ValueError:
        return timezone.localdate()
    return day if day.year in YEARS else timezone.localdate()


def _breadcrumbs(title: str = "") -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    overview = {"url": reverse("officer:overview") if title else "", "label": _("Youth protection")}
    return [home, overview, *([{"url": "", "label": title}] if title else [])]
