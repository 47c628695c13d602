"""Views of the officer's pages, below /redaktion/jugendschutz/. Wagtail forbids caches to store them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from funkhaus.mediathek.selectors import RatingWords
from funkhaus.mediathek.services import decide_rating
from funkhaus.playback.officer.pages import get_item_view, list_found, list_restricted, list_unrated
from funkhaus.playback.officer.rating_form import RatingForm, make_form
from funkhaus.playback.selectors import find_item
from funkhaus.protection.rules import TABLE

CHANGE, RATE = "mediathek.change_video", "mediathek.rate_video"
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
    words = request.GET.get("titel", "").strip()[:200]
    context = {
        "words": words,
        "found": list_found(words),
        "table": [(RatingWords(rating).name, row, _(row.source)) for rating, row in TABLE.items()],
        "unrated": list_unrated(),
        "restricted": list_restricted(),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "playback/officer/overview.html", context)


@require_GET
def show_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who could have played an item on a day (`?tag=`), over the year of that day, and the form to rate it."""
    _check(request)
    return _show_item(request, public_id, None)


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the form with the rating: it counts at once, also for what is public."""
    if not request.user.has_perm(RATE):
        raise PermissionDenied
    video = find_item(public_id)
    if video is None:
        raise Http404
    form = make_form(video, request.POST)
    if not form.is_valid():
        return _show_item(request, public_id, form)
    is_new = decide_rating(by=request.user, public_id=public_id, decision=form.decision, note=form.cleaned_data["note"])
    told = _("Decided. It counts from now on, for every draft too.") if is_new else _("That holds already.")
    messages.success(request, told)
    return redirect("officer:item", public_id)


def _show_item(request: HttpRequest, public_id: str, form: RatingForm | None) -> HttpResponse:
    video = find_item(public_id)
    view = get_item_view(public_id, _day(request), request.GET.get("land", ""), by=request.user)
    if video is None or view is None:
        raise Http404
    context = {
        "view": view,
        "form": (form or make_form(video)) if request.user.has_perm(RATE) else None,
        "may_edit": request.user.has_perm(CHANGE),
        "breadcrumbs": _breadcrumbs(view.title),
    }
    return render(request, "playback/officer/item.html", context)


def may_look(user: Any) -> bool:
    """Return True for who may see the pages: editors of videos, and youth protection."""
    return bool(user.has_perm(CHANGE) or user.has_perm(RATE))


def _check(request: HttpRequest) -> None:
    if not may_look(request.user):
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
