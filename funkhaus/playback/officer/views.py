"""The officer's pages over HTTP, below /redaktion/jugendschutz/; for editors. Wagtail lets no cache keep them."""

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
    """The table of the law, what nobody has rated, what is restricted."""
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
    """Who could have played an item on a day, and in its year."""
    _check(request)
    view = get_item_view(public_id, _day(request), request.GET.get("land", ""))
    if view is None:
        raise Http404
    return render(request, "playback/officer/item.html", {"view": view, "breadcrumbs": _breadcrumbs(view.title)})


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _day(request: HttpRequest) -> date:
    """The day that `?tag=` names; today where it names none."""
    try:
        day = date.fromisoformat(request.GET.get("tag", ""))
    except ValueError:
        return timezone.localdate()
    return day if day.year in YEARS else timezone.localdate()


def _breadcrumbs(title: str = "") -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    overview = {"url": reverse("officer:overview") if title else "", "label": _("Youth protection")}
    return [home, overview, *([{"url": "", "label": title}] if title else [])]
