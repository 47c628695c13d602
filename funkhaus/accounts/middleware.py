"""Who has not shown the second factor is nobody: not in the editing pages, not in the upload interface, nowhere."""

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
from funkhaus.kernel.areas import EDITING, LOGIN, SECOND_FACTOR

Handler = Callable[[HttpRequest], HttpResponse]
OPEN = (SECOND_FACTOR, EDITING + "logout/", EDITING + "jsi18n/", EDITING + "sprite/")


class SecondFactorMiddleware:
    """Stands after Django's authentication: `request.user` stays anonymous until the second factor was shown.

    `request.password_user` is whoever has given a right password. Neither is asked for on a public page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or lead to the door."""
        known = request.user
        request.password_user = known  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: _judge(request, known))  # type: ignore[assignment]
        request.auser = _make_auser(request)
        path = request.path_info
        if path.startswith(EDITING) and not path.startswith(OPEN) and _is_half_known(request, known):
            return redirect(f"{SECOND_FACTOR}?{urlencode({'next': _find_next(request)})}")
        return self.get_response(request)


def _judge(request: HttpRequest, known: Any) -> Any:
    if not known.is_authenticated or is_verified(request.session, known):
        return known
    return known if find_need(known) is Need.NOTHING else AnonymousUser()


def _make_auser(request: HttpRequest) -> Any:
    async def auser() -> Any:
        return await sync_to_async(lambda: request.user if request.user.is_authenticated else AnonymousUser())()

    return auser


def _is_half_known(request: HttpRequest, known: Any) -> bool:
    """Right password, no second factor; somebody who types the password anew is let through to the form's answer."""
    if request.path_info == LOGIN and request.method == "POST":
        return False
    return bool(known.is_authenticated and not request.user.is_authenticated)


def _find_next(request: HttpRequest) -> str:
    if request.path_info == LOGIN:
        return request.GET.get("next", EDITING)
    return request.get_full_path() if request.method == "GET" else EDITING
