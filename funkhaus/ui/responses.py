"""Public responses: the same bytes for everybody, so that any cache may keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# Browsers store pages and revalidate each time: corrections show at once, an unchanged page costs a 304. Caches in
# front ask once a second, whatever the crowd: a change is everywhere a second later, and nobody has to purge anything.
PUBLIC = "public, max-age=0, s-maxage=1"


def render_public(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page that depends on no viewer, with an entity tag of its bytes."""
    response = HttpResponse(render_to_string(template, dict(context), request), status=status)
    if getattr(request, "is_preview", False):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.headers["Cache-Control"] = PUBLIC
    if status == 200:
        tag = quote_etag(hashlib.blake2b(response.content, digest_size=12).hexdigest())
        response.headers["ETag"] = tag
        return get_conditional_response(request, etag=tag, response=response) or response
    return response
