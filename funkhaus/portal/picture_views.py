"""Views of pictures and share cards. New content has a new name, so caches may keep them for a year."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send one size of a picture."""
    return _send(request, name, "images")


@require_safe
def card(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the share card of a story."""
    return _send(request, name, "images/cards")


def _send(request: HttpRequest, name: str, folder: str) -> HttpResponseBase:
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / folder))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
