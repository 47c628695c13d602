"""The answer to an editing page that asks what a text in a date field says."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from funkhaus.cms.dates.reading import KINDS, get_reading


@require_safe
def show_reading(request: HttpRequest) -> JsonResponse:
    """Show what was understood of `?text=` in a field of `?kind=`, as JSON."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        raise Http404
    return JsonResponse(asdict(get_reading(request.GET.get("text", ""), kind, timezone.now())))
