"""Services for accounts of the newsroom, their tokens and second factors."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction

from funkhaus.accounts.models import User
from funkhaus.accounts.second_factor import (
    CodeVerdict,
    find_need,
    mark_verified,
    new_secret,
    remove_factor,
    renew_codes,
    set_up,
    show_code,
    write_address,
)
from funkhaus.accounts.session_account import find_session_account
from funkhaus.accounts.tokens import authenticate_token, create_token, revoke_token

__all__ = [
    "AccountExistsError",
    "CodeVerdict",
    "NewAccount",
    "authenticate_token",
    "create_editor",
    "create_token",
    "ensure_first_editor",
    "find_need",
    "find_session_account",
    "make_password",
    "mark_verified",
    "new_secret",
    "remove_factor",
    "renew_codes",
    "revoke_token",
    "set_up",
    "show_code",
    "write_address",
]

FIRST_EDITOR = "redaktion"
EDITORS = "Redaktion"
_WORDS = "abcdefghjkmnpqrstuvwxyz23456789"  # without similar characters: 0 o, 1 l i


@dataclass(frozen=True)
class NewAccount:
    """A new account with its password, which is stored only as a hash and cannot be read again."""

    username: str
    password: str


class AccountExistsError(Exception):
    """Raised when an account of that name exists already."""


def make_password() -> str:
    """Return a random password of four groups, about 79 bits, easy to type."""
    return "-".join("".join(secrets.choice(_WORDS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def ensure_first_editor() -> NewAccount | None:
    """Make the first account, which has all permissions; return None when there is any account already."""
    if User.objects.exists():
        return None
    account = NewAccount(FIRST_EDITOR, make_password())
    User.objects.create_superuser(account.username, password=account.password)
    return account


@transaction.atomic
def create_editor(*, username: str) -> NewAccount:
    """Make an account of the editors' group. Raises `AccountExistsError` when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise AccountExistsError(username)
    account = NewAccount(username, make_password())
    user = User.objects.create_user(username, password=account.password)
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return account
