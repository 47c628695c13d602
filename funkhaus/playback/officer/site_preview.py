"""Previews of the public site at another moment: for editors, marked as such, never cached.

The page is made by the site's own handler for an anonymous request, with the clock of page views set to the moment.
Nothing can be played in it: the player's request is answered with what would be decided then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from funkhaus.kernel import typed_dates
from funkhaus.kernel.address_prefixes import EDITING, HEALTH, INTERFACES, PLAIN_MEDIA, PLAYBACK, SIGNED_MEDIA
from funkhaus.kernel.clock import pretend
from funkhaus.kernel.typed_dates import Misread

AHEAD, BEHIND = timedelta(days=3 * 366), timedelta(days=366)
_LINK = re.compile(r'(<a\b[^>]*?\shref=")(/(?!/)[^"]*)(")')
_QUESTION = re.compile(rf'(\sdata-decide="){PLAYBACK}([A-Za-z0-9]+)[^"]*(")')
_BODY = re.compile(r"<body\b[^>]*>")
_NOT_PAGES = (EDITING.rstrip("/"), INTERFACES, PLAIN_MEDIA, SIGNED_MEDIA, HEALTH)


@dataclass(frozen=True)
class Shown:
    """A page of another moment: its HTML, its Content-Security-Policy, or the address of a redirect."""

    html: str
    policy: str
    leads_to: str = ""


def read_moment(text: str) -> datetime | None:
    """Return the moment that a text says, now for an empty one; None where it says none or one out of range."""
    now = timezone.now()
    moment = typed_dates.read_moment(text, timezone.get_current_timezone()) if text else now
    if isinstance(moment, Misread) or not now - BEHIND <= moment <= now + AHEAD:
        return None
    return moment


def is_page(path: str) -> bool:
    """Return whether the path is an address of the public site."""
    return path.startswith("/") and not path.startswith("//") and not path.startswith(_NOT_PAGES)


def preview_url(path: str, moment: datetime) -> str:
    """Return the address of the preview of a public page."""
    return f"{reverse('officer:site')}?{urlencode({'um': write_moment(moment), 'pfad': path})}"


def write_moment(moment: datetime) -> str:
    """Return the moment's wall-clock time in ISO 8601, with its offset where the clocks show it twice."""
    local = timezone.localtime(moment)
    is_plain = not typed_dates.is_twice(moment, timezone.get_current_timezone())
    return local.strftime("%Y-%m-%dT%H:%M") if is_plain else local.isoformat(timespec="minutes")


def show_page(request: HttpRequest, path: str, moment: datetime, banner: str) -> Shown | None:
    """Return the public page at `path` (with query) at that moment, with `banner` on top; None where it is no page."""
    if not is_page(path):
        return None
    with pretend(moment):
        response = _handler().get_response(_make_request(request, path))
    if response.status_code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND}:
        onward = urlsplit(response.headers["Location"])
        return Shown("", "", onward.path + (f"?{onward.query}" if onward.query else ""))
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return None
    html = _read(response)
    html = _LINK.sub(lambda link: link[1] + _lead(link[2], moment) + link[3], html)
    html = _QUESTION.sub(lambda found: found[1] + escape(_answer_url(found[2], moment)) + found[3], html)
    html = _BODY.sub(lambda body: body[0] + banner, html, count=1)
    return Shown(html, response.headers.get("Content-Security-Policy", ""))


def _lead(path: str, moment: datetime) -> str:
    plain = path.replace("&amp;", "&")
    return escape(preview_url(plain, moment)) if is_page(plain) else path


def _answer_url(public_id: str, moment: datetime) -> str:
    return f"{reverse('officer:site-answer', args=[public_id])}?{urlencode({'um': write_moment(moment)})}"


def _read(response: HttpResponseBase) -> str:
    """Return the text of a page. It is not closed: that would tell Django that the editor's own request is over."""
    parts = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]
    return b"".join(parts).decode(response.charset)


def _make_request(request: HttpRequest, path: str) -> WSGIRequest:
    """Return the request for `path` without cookies, account, conditions or body; Host and X-Forwarded-Proto stay."""
    address = urlsplit(path)
    kept = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
    environ = {name: value for name, value in request.META.items() if name in kept or not name.startswith("HTTP_")}
    return WSGIRequest(
        environ
        | {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address.path.encode().decode("latin-1"),
            "QUERY_STRING": address.query,
            "CONTENT_LENGTH": "0",
            "wsgi.input": BytesIO(),
        }
    )


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
