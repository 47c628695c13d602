"""Views of the preview of the site at a chosen moment, for editors."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from funkhaus.kernel.typed_dates import LONGEST
from funkhaus.kernel.viewer import ANONYMOUS
from funkhaus.playback.officer.site_preview import preview_url, read_moment, show_page
from funkhaus.playback.officer.views import may_look
from funkhaus.playback.refusals import Refusal
from funkhaus.playback.services import request_grant
from funkhaus.ui.cross_site import is_from_elsewhere


@require_GET
def show_site(request: HttpRequest) -> HttpResponse:
    """Show a public page (`?pfad=`) as it is at the moment `?um=`; as it is now, and say so, for anything else."""
    _check(request)
    typed, path = request.GET.get("um", ""), request.GET.get("pfad", "/")
    found = read_moment(typed)
    moment = found or timezone.now()
    shown = show_page(request, path, moment, _draw_banner(path, moment, "" if found else typed[:LONGEST]))
    if shown is None:
        return _finish(HttpResponse(_("This address is no page of the site.") + "\n", "text/plain; charset=utf-8", 404))
    if shown.leads_to:
        return _finish(redirect(preview_url(shown.leads_to, moment)))
    response = HttpResponse(shown.html)
    if shown.policy:
        response.headers["Content-Security-Policy"] = shown.policy
    return _finish(response)


@csrf_exempt  # called by the public page's script, which has no token; it changes nothing
@require_POST
def answer_player(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return to a player in the preview the decision of that moment as text; a signed address is never returned."""
    _check(request)
    if is_from_elsewhere(request):
        raise PermissionDenied
    moment = read_moment(request.GET.get("um", "")) or timezone.now()
    decision = request_grant(viewer=ANONYMOUS, public_id=public_id, now=moment)
    if isinstance(decision, Refusal):
        answer = {"reason": decision.reason, "message": decision.message, "remedies": []}
        return _finish(JsonResponse(answer, status=decision.status))
    text = _("On %(moment)s this plays for everybody. The preview itself plays nothing.") % {"moment": _say(moment)}
    return _finish(JsonResponse({"reason": "preview", "message": text, "remedies": []}, status=403))


def _draw_banner(path: str, moment: datetime, refused: str) -> str:
    context = {
        "path": path,
        "wall": timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M"),
        "moment": _say(moment),
        "refused": refused,
        "action": reverse("officer:site"),
        "overview": reverse("officer:overview"),
    }
    return render_to_string("playback/officer/site_banner.html", context)


def _say(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j. F Y, H:i", use_l10n=False)


def _check(request: HttpRequest) -> None:
    if not may_look(request.user):
        raise PermissionDenied


def _finish(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
