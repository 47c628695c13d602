"""Pictures by their address. They get a new name when their content changes, so they may be kept for a year."""

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
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
