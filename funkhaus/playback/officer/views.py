"""Views of the officer's pages, below /redaktion/jugendschutz/. Wagtail forbids caches to store them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from funkhaus.mediathek.selectors import RatingWords
from funkhaus.playback.officer.pages import get_item_view, list_restricted, list_unrated
from funkhaus.protection.rules import TABLE

PERMISSION = "mediathek.change_video"
# The table's sources, which are data without Django, named here for the catalogue of translations.
SOURCES = (
    gettext_noop("JMStV § 5 (1): harmful for nobody"),
    gettext_noop("JMStV § 5 (1), the step from 6"),
    gettext_noop("JMStV § 5 (5): kept apart from what is made for children, no fixed hour"),
    gettext_noop("JMStV § 5 (4) s. 2; § 5 (3) no. 1: or an age check"),
    gettext_noop("JMStV § 5 (4) s. 1; § 5 (3) no. 1: or an age check"),
    gettext_noop("house rule: counts as 16 until it is rated"),
)
YEARS = range(2020, 2100)


@require_GET
def show_overview(request: HttpRequest) -> HttpResponse:
    """Show the table of age ratings, the items without a rating, and those that are restricted."""
    _check(request)
    context = {
        "table": [(RatingWords(rating).name, row, _(row.source)) for rating, row in TABLE.items()],
        "unrated": list_unrated(),
        "restricted": list_restricted(),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "playback/officer/overview.html", context)


@require_GET
def show_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who could have played an item on a day (`?tag=`), and over the year of that day."""
    _check(request)
    view = get_item_view(public_id, _day(request), request.GET.get("land", ""))
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
