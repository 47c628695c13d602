"""Rules of accounts: who needs a second factor, how long the next try is refused, whose rights reach further. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

EVERYBODY = "*"
FREE_TRIES = 3
FREE_TRIES_OF_NETWORK = 30  # a whole house may be behind one address, and everybody mistypes
FREE_TRIES_UNDER_ATTACK = 1  # of a network that is new to an account which many try
ATTACK = 30  # wrong passwords for one account
LONGEST_WAIT = timedelta(minutes=15)


class Need(Enum):
    """The steps that may remain after the password."""

    NOTHING = "nothing"
    CODE = "code"
    SETUP = "setup"  # there is no second factor yet, and there has to be one


def decide_need(
    *, has_factor: bool, roles: Collection[str], may_everything: bool, required_of: Collection[str]
) -> Need:
    """Return what remains after the password: a stored factor is to be shown; a role that requires one, to be set up.

    An account with all permissions counts as having every role.
    """
    if has_factor:
        return Need.CODE
    is_required = EVERYBODY in required_of or bool(set(roles) & set(required_of)) or (may_everything and required_of)
    return Need.SETUP if is_required else Need.NOTHING


def decide_wait(failures: int, last_failure: datetime | None, free_tries: int = FREE_TRIES) -> datetime | None:
    """Return the moment from which the next code or password is checked; None: at once.

    Three failures cause no wait; from then on the wait doubles with each failure, from two seconds to a quarter of an
    hour. So guessing a code of six digits takes years, and a typing error costs nothing.
    """
    if last_failure is None or failures < free_tries:
        return None
    seconds = 2 ** min(failures - free_tries + 1, 20)
    return last_failure + min(timedelta(seconds=seconds), LONGEST_WAIT)


@dataclass(frozen=True)
class Rights:
    """The rights of an account or of a group: everything, or named ones at places.

    Each right is a name and a place. A place is the path of a node in a tree; it reaches whatever lies below. Rights
    without a place have the empty one.
    """

    has_all: bool = False
    held: frozenset[tuple[str, str]] = frozenset()


def covers(own: Rights, other: Rights) -> bool:
    """Return whether `other` is nothing beyond `own`: so much may be granted, and an account with it be changed."""
    if own.has_all or other.has_all:
        return own.has_all
    places: dict[str, list[str]] = {}
    for name, place in own.held:
        places.setdefault(name, []).append(place)
    return all(any(place.startswith(mine) for mine in places.get(name, ())) for name, place in other.held)
