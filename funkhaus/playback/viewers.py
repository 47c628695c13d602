"""Reads from a request what decisions need to know of the viewer."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from funkhaus.kernel.viewer import ANONYMOUS, Viewer
from funkhaus.playback.geoip import find_territory


def read_viewer(request: HttpRequest) -> Viewer:
    """Return the viewer: an anonymous one, in the country of the request's address."""
    here = find_territory(
        peer=request.META.get("REMOTE_ADDR", ""), forwarded=request.headers.get("X-Forwarded-For", "")
    )
    return replace(ANONYMOUS, territory=here)
