"""The account of a session key, for whoever has no Django request at hand."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from funkhaus.accounts.models import User
from funkhaus.accounts.rules import Need
from funkhaus.accounts.second_factor import find_need, is_verified

DESK = "wagtailadmin.access_admin"


def find_session_account(session_key: str) -> User | None:
    """Return the account that a session is fully logged in as, if it may use the editing pages; None for any other.

    It decides as Django's authentication and `SecondFactorMiddleware` do, and writes nothing.
    """
    if not session_key:
        return None
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    account_id = _read_account_id(session)
    account = User.objects.filter(pk=account_id, is_active=True).first() if account_id is not None else None
    if account is None or not _is_of_today(session, account):
        return None
    if not is_verified(session, account) and find_need(account) is not Need.NOTHING:
        return None
    return account if account.has_perm(DESK) else None


def _read_account_id(session: SessionBase) -> int | None:
    try:
        return int(session.get(SESSION_KEY, ""))
    except ValueError:
        return None


def _is_of_today(session: SessionBase, account: User) -> bool:
    """Return whether the session began under the account's present password and session generation."""
    stored = session.get(HASH_SESSION_KEY, "")
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(stored, one) for one in hashes)
