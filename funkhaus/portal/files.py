"""Pictures and cards by their address. New content has a new name: they are kept for a year."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a picture."""
    return _send(request, name, "images")


@require_safe
def card(request: HttpRequest, name: str) -> HttpResponseBase:
    """The card of a story for those who share it."""
    return _send(request, name, "images/cards")


def _send(request: HttpRequest, name: str, folder: str) -> HttpResponseBase:
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / folder))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
