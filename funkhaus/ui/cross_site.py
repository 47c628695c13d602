"""Determines a request's origin from headers that a page cannot set."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

OWN = {"same-origin", "none"}  # «none»: started by the user, such as a typed address


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether a page of another origin caused the browser to send this request.

    `Sec-Fetch-Site` decides (W3C Fetch Metadata), where a browser is too old for it `Origin` (RFC 6454). A client that
    sends neither is no browser, and nobody's cookies are at stake.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site.strip().lower() not in OWN
    origin = request.headers.get("Origin")
    return origin is not None and origin.strip().lower() not in _own_origins(request)


def _own_origins(request: HttpRequest) -> set[str]:
    public = urlsplit(settings.PUBLIC_URL)
    origins = {f"{public.scheme}://{public.netloc}".lower()}
    try:
        origins.add(f"{request.scheme}://{request.get_host()}".lower())
    except DisallowedHost:
        return origins
    return origins
