"""Services for access tokens; a secret is shown once and stored as its SHA-256 digest."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from funkhaus.accounts.models import AccessToken, User
from funkhaus.kernel.public_id import PATTERN, new_public_id

# The prefix lets people and secret scanners recognize it; 43 characters are 256 bits, so a plain digest is enough.
_SHAPE = re.compile(rf"fh_{PATTERN}_[A-Za-z0-9_-]{{43}}", re.ASCII)


@dataclass(frozen=True)
class NewToken:
    """A new token with its secret, which is stored only as a digest and cannot be read again."""

    public_id: str
    secret: str


class UnknownAccountError(Exception):
    """Raised when there is no active account of that name."""


class UnknownTokenError(Exception):
    """Raised when there is no token of that id."""


def create_token(*, username: str, name: str, days: int | None = None) -> NewToken:
    """Make a token for an account; it expires after `days`, or never. Raises `UnknownAccountError`."""
    owner = User.objects.filter(username=username, is_active=True).first()
    if owner is None:
        raise UnknownAccountError(username)
    public_id = new_public_id()
    secret = f"fh_{public_id}_{secrets.token_urlsafe(32)}"
    expires_at = None if days is None else timezone.now() + timedelta(days=days)
    AccessToken.objects.create(
        public_id=public_id, owner=owner, name=name, digest=_digest(secret), expires_at=expires_at
    )
    return NewToken(public_id, secret)


def revoke_token(*, public_id: str) -> None:
    """Revoke a token at once. Raises `UnknownTokenError`."""
    deleted, _ = AccessToken.objects.filter(public_id=public_id).delete()
    if not deleted:
        raise UnknownTokenError(public_id)


def authenticate_token(secret: str) -> User | None:
    """Return the active account that owns the token; None for any other text."""
    if _SHAPE.fullmatch(secret) is None:
        return None
    now = timezone.now()
    valid = AccessToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), digest=_digest(secret))
    token = valid.filter(owner__is_active=True).select_related("owner").first()
    if token is None:
        return None
    today = timezone.localdate(now)
    if token.last_used_on != today:
        AccessToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token.owner


def list_tokens(username: str = "") -> QuerySet[AccessToken]:
    """Return every token, or those of one account, oldest first."""
    tokens = AccessToken.objects.select_related("owner").order_by("pk")
    return tokens.filter(owner__username=username) if username else tokens


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
