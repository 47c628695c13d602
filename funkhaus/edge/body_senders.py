"""Finds who sends a large body before it is taken: only accounts of the house may, and only at addresses for files.

Django parses a form, and stores its files, before it authenticates the request; without this, anybody could fill the
disk and keep the places of uploads.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http import parse_cookie
from django.urls import Resolver404, resolve

from funkhaus.accounts.services import authenticate_token, find_session_account
from funkhaus.edge.asgi_types import Scope
from funkhaus.kernel.address_prefixes import EDITING, LOGIN, SECOND_FACTOR, UPLOADS

UPLOAD_TYPE = b"application/offset+octet-stream"  # the tus protocol's (version 1.0.0, PATCH)
FORM_BYTES = 100_000_000  # the largest form of the editing pages but for media: a picture, a document
BESIDE_MEDIA_BYTES = 10_000_000  # what a form has beside its media file: subtitles, fields
MEDIA_VIEWS = {"intake:video-upload", "intake:file-replace"}


class SenderUnansweredError(Exception):
    """Nobody can say at this moment who sends: neither known nor unknown."""


@dataclass(frozen=True)
class Sender:
    """A known account and how many bytes it may send to this address.

    `is_told_inside`: the view judges a declared size itself, in words that an editor understands.
    """

    account_id: int
    largest_bytes: int
    is_told_inside: bool = False


def may_take_large_bodies(scope: Scope) -> bool:
    """Return whether an address takes more than a stranger may send: editing pages and the upload interface.

    Bodies with the media type of the upload protocol are never parsed.
    """
    path = scope["path"]
    if path.startswith(UPLOADS):
        return scope["method"] in {"POST", "PATCH"} and (b"content-type", UPLOAD_TYPE) in scope["headers"]
    return path.startswith(EDITING) and not path.startswith((LOGIN, SECOND_FACTOR))


def ask_for_sender(scope: Scope) -> Sender | None:
    """Find the sender in a thread of its own, with a connection to the database that still answers.

    Raises `SenderUnansweredError` while the database is not available.
    """
    close_old_connections()
    try:
        return find_sender(scope)
    except DatabaseError as error:
        raise SenderUnansweredError from error
    finally:
        close_old_connections()


def find_sender(scope: Scope) -> Sender | None:
    """Return the account whose session or token the request shows; None for anybody else. It queries the database."""
    account_id = _find_account(dict(scope["headers"]), is_upload=scope["path"].startswith(UPLOADS))
    return _bound(account_id, scope["path"]) if account_id is not None else None


def _find_account(headers: dict[bytes, bytes], *, is_upload: bool) -> int | None:
    if is_upload and b"authorization" in headers:
        scheme, _space, secret = headers[b"authorization"].decode("latin-1").partition(" ")
        owner = authenticate_token(secret.strip()) if scheme.lower() == "bearer" else None
        return owner.pk if owner else None
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    account = find_session_account(cookies.get(settings.SESSION_COOKIE_NAME, ""))
    return account.pk if account else None


def _bound(account_id: int, path: str) -> Sender:
    if path.startswith(UPLOADS) or _find_view(path) in MEDIA_VIEWS:
        return Sender(account_id, settings.UPLOAD_LIMIT_BYTES + BESIDE_MEDIA_BYTES, is_told_inside=True)
    return Sender(account_id, FORM_BYTES)


def _find_view(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
