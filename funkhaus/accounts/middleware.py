"""Middleware that treats a session as anonymous on every page until the account's second factor was shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from funkhaus.accounts.rules import Need
from funkhaus.accounts.second_factor import find_need, is_verified
from funkhaus.accounts.staff_login.after_login import remember_entry
from funkhaus.kernel.address_prefixes import EDITING, LOGIN, SECOND_FACTOR

Handler = Callable[[HttpRequest], HttpResponse]
OPEN = (SECOND_FACTOR, EDITING + "logout/", EDITING + "jsi18n/", EDITING + "sprite/")


class SecondFactorMiddleware:
    """Replaces `request.user` by the anonymous user until the second factor was shown.

    It has to follow Django's authentication. `request.password_user` is the account whose password the session has
    shown. Both are lazy, so that a public page loads no session.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; redirect from the editing pages to the second factor where it is missing."""
        known = request.user
        request.password_user = known  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: _judge(request, known))  # type: ignore[assignment]
        request.auser = _make_auser(request)
        path = request.path_info
        if path.startswith(EDITING) and not path.startswith(OPEN) and _is_half_known(request, known):
            return redirect(f"{SECOND_FACTOR}?{urlencode({'next': _find_next(request)})}")
        response = self.get_response(request)
        remember_entry(request, response)
        return response


def _judge(request: HttpRequest, known: Any) -> Any:
    if not known.is_authenticated or is_verified(request.session, known):
        return known
    return known if find_need(known) is Need.NOTHING else AnonymousUser()


def _make_auser(request: HttpRequest) -> Any:
    async def auser() -> Any:
        return await sync_to_async(lambda: request.user if request.user.is_authenticated else AnonymousUser())()

    return auser


def _is_half_known(request: HttpRequest, known: Any) -> bool:
    """Return whether only the password was shown. Whoever sends the login form anew is let through to its answer."""
    if request.path_info == LOGIN and request.method == "POST":
        return False
    return bool(known.is_authenticated and not request.user.is_authenticated)


def _find_next(request: HttpRequest) -> str:
    if request.path_info == LOGIN:
        return request.GET.get("next", EDITING)
    return request.get_full_path() if request.method == "GET" else EDITING
