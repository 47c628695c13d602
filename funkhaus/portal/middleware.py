"""Middleware for every request: language by path, response headers, answers to refusals and database failures."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request

from funkhaus.cms.errors import DeletionRefused, PublicationRefused
from funkhaus.kernel.address_prefixes import EDITING
from funkhaus.ui.content_security import PUBLIC_POLICY

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)
READERS = {"value_from_datadict", "to_python"}  # the methods of widgets, blocks and fields that read what was sent

# Wagtail's editing pages contain inline scripts and styles.
EDITING_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)


class PathLanguage:
    """Sets the language from the path alone (/en/ or German), never from header or cookie: one address, one page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response in the language of the path."""
        language = "en" if request.path_info == "/en" or request.path_info.startswith("/en/") else "de"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class PackedPages(GZipMiddleware):
    """Compresses pages, and no files: pictures and papers are compressed already, and a part of a file has a length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the response, compressed where it is a page and the browser takes that."""
        return response if response.streaming else super().process_response(request, response)


class ResponseHeaders:
    """Adds Content-Security-Policy and Permissions-Policy to every page; keeps what is somebody's out of caches."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the response does not have already."""
        response = self.get_response(request)
        policy = EDITING_POLICY if request.path_info.startswith(EDITING) else PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "cookie" in response.headers.get("Vary", "").lower():  # the session was asked: a document for some, a form
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class RefusedPublication:
    """Turns a refused publication or deletion into a message at the desk instead of an error page.

    It covers every way of publishing, such as Wagtail's action on many pages or a workflow's last approval; whatever
    else was done in the same transaction is rolled back. API requests are answered by their own interface.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Report what was refused and why, and redirect back; leave every other exception to Django."""
        if not request.path_info.startswith(EDITING):
            return None
        if isinstance(exception, DeletionRefused):
            return _tell_of_use(request, exception)
        if not isinstance(exception, PublicationRefused):
            return None
        address = AdminURLFinder(request.user).get_edit_url(exception.item) or reverse("wagtailadmin_home")
        text = _("“%(title)s” was not published. Mend what is named below first.") % {"title": exception.item}
        messages.error(request, text, buttons=[messages.button(address, _("Edit"))])
        for reason in exception.reasons:
            messages.error(request, reason)
        if request.resolver_match and request.resolver_match.url_name == "wagtail_bulk_action":
            messages.error(request, _("Nothing else of what you had chosen was published either."))
        return redirect(get_valid_next_url_from_request(request) or address)


class DamagedForm:
    """Turns a form of the editing pages that no browser would send into a 400 instead of an error of ours.

    Fields and blocks read what was sent before anything validates it: a body that is no JSON, a count that is no
    number, a field that is missing.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return 400 for what could not be read; leave every other exception to Django."""
        if request.method != "POST" or not request.path_info.startswith(EDITING):
            return None
        is_damaged = isinstance(exception, MultiValueDictKeyError | BadRequest) or _came_up_while_reading(exception)
        if not is_damaged:
            return None
        logger.warning("a damaged form for %s: %r", request.path_info, exception)
        return render(request, "400_form.html", status=400)


def _came_up_while_reading(exception: Exception) -> bool:
    if not isinstance(exception, ValueError | TypeError | LookupError | AttributeError | RecursionError):
        return False
    frames = traceback.walk_tb(exception.__traceback__)
    return any(frame.f_code.co_name in READERS for frame, _line in frames)


def _tell_of_use(request: HttpRequest, refused: DeletionRefused) -> HttpResponse:
    """Report where something is used that was to be deleted, and redirect to it."""
    text = ngettext(
        "“%(title)s” was not deleted: it is used at %(count)d place. Take it out there first.",
        "“%(title)s” was not deleted: it is used at %(count)d places. Take it out there first.",
        refused.count,
    ) % {"title": refused.item, "count": refused.count}
    address = AdminURLFinder(request.user).get_edit_url(refused.item) or reverse("wagtailadmin_home")
    usage = reverse("wagtailimages:image_usage", args=[refused.item.pk])
    messages.error(request, text, buttons=[messages.button(usage, _("Where it is used"))])
    return redirect(address)


class DatabaseBusy:
    """Turns a database that stays locked or unreachable into a 503 page with advice."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return 503 for an `OperationalError`; leave every other exception to Django."""
        if not isinstance(exception, OperationalError):
            return None
        logger.error("database not available: %s", exception)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "5"
        response.headers["Cache-Control"] = "no-store"
        return response
