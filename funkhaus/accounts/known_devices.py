"""Browsers that have logged in fully before: strangers who try an account do not make its owner wait on those.

A signed cookie of the editing pages holds a random name per account, and a mark that ends with the account's password
and session generation.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from funkhaus.accounts.models import User
from funkhaus.kernel.address_prefixes import EDITING

COOKIE: Final = "fh_device"
SALT: Final = "funkhaus.accounts.known_devices"
AGE_S: Final = 180 * 24 * 60 * 60
MOST_ACCOUNTS: Final = 8  # that share a browser; the longest unused is dropped


def find_device(request: HttpRequest, account: User | None) -> str:
    """Return the name of the browser if this account has logged in with it fully before; else an empty string."""
    if account is None:
        return ""
    name, mark = _read(request).get(str(account.pk), ("", ""))
    return name if name and constant_time_compare(mark, _make_mark(account, name)) else ""


def keep_device(request: HttpRequest, response: HttpResponse, account: User) -> None:
    """Add the cookie by which this browser is known to the account from now on."""
    known = _read(request)
    name = find_device(request, account) or secrets.token_urlsafe(12)
    known.pop(str(account.pk), None)
    known[str(account.pk)] = (name, _make_mark(account, name))
    kept = dict(list(known.items())[-MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=AGE_S,
        path=EDITING,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, tuple[str, str]]:
    try:
        known: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE_S)
        return {account: (str(name), str(mark)) for account, (name, mark) in known.items()}
    except (signing.BadSignature, AttributeError, TypeError, ValueError):
        return {}


def _make_mark(account: User, name: str) -> str:
    """Return what proves that the cookie was made under the account's present password."""
    return salted_hmac(SALT, f"{name}:{account.get_session_auth_hash()}", algorithm="sha256").hexdigest()[:32]
