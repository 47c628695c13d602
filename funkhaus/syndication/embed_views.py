"""Views for embedding: the embed page, and oEmbed 1.0 (oembed.com)."""

from __future__ import annotations

import re
from http import HTTPStatus
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import page_now
from funkhaus.mediathek.selectors import Withdrawn
from funkhaus.syndication.player_size import read_limit, read_start
from funkhaus.syndication.selectors.embedding import OEmbedView, get_embed_view, get_oembed
from funkhaus.ui.content_security import FRAMED_POLICY
from funkhaus.ui.responses import render_public

OEMBED_MAX_AGE_S = 300
# Control characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@xframe_options_exempt
@require_safe
def show_embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the player in a page that any site may frame; it begins at `?start=` (seconds, or 1:30)."""
    view = get_embed_view(public_id, page_now(), read_start(request.GET.get("start", "")))
    if view is None:
        raise Http404
    if isinstance(view, Withdrawn):
        response = render_public(request, "syndication/gone.html", {}, status=HTTPStatus.GONE)
    else:
        response = render_public(request, "syndication/embed.html", {"view": view, "station": settings.STATION})
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


@require_safe
def send_oembed(request: HttpRequest) -> HttpResponse:
    """Send the description of the item at `?url=` as JSON or XML, within `maxwidth` and `maxheight`."""
    kind = request.GET.get("format", "json")
    if kind not in {"json", "xml"}:
        return _finish(HttpResponse("501: format=json, format=xml\n", "text/plain; charset=utf-8", 501))
    limits = {f"max_{side}": read_limit(request.GET.get(f"max{side}")) for side in ("width", "height")}
    view = get_oembed(request.GET.get("url", ""), page_now(), **limits)
    if view is None:
        return _finish(HttpResponse("404\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND))
    answer = _write(view)
    if kind == "json":
        return _finish(JsonResponse(answer))
    rows = "".join(f"<{name}>{escape(_NOT_XML.sub('', str(value)))}</{name}>" for name, value in answer.items())
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{rows}</oembed>\n'
    return _finish(HttpResponse(text, "text/xml; charset=utf-8"))


def _write(view: OEmbedView) -> dict[str, str | int]:
    answer: dict[str, str | int] = {
        "type": view.kind,
        "version": "1.0",
        "title": view.title,
        "author_name": view.author_name,
        "author_url": view.author_url,
        "provider_name": settings.STATION,
        "provider_url": settings.PUBLIC_URL + "/",
        "cache_age": OEMBED_MAX_AGE_S,
        "html": view.code,
        "width": view.width,
        "height": view.height,
    }
    if view.thumbnail:
        names = ("thumbnail_url", "thumbnail_width", "thumbnail_height")
        answer |= dict(zip(names, view.thumbnail, strict=True))
    return answer


def _finish(response: HttpResponse) -> HttpResponse:
    """Allow any origin to read the response and caches to keep it for a while; a 404 is not kept."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    is_found = response.status_code == HTTPStatus.OK
    response.headers["Cache-Control"] = f"public, max-age={OEMBED_MAX_AGE_S}" if is_found else "no-store"
    return response
