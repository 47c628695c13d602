"""Limits on wrong passwords and codes: a growing wait for whoever tries, never a lock on the account.

Counted are the tries for an account from a network, and those of a network for all accounts; a browser that has logged
in before counts for itself. So a stranger makes the owner wait only in the stranger's own network, on a new browser. A
try is counted before the password is checked, so a hundred at once are no more than one after another.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from funkhaus.accounts.models import LoginFailures, SecondFactor, User
from funkhaus.accounts.rules import (
    ATTACK,
    FREE_TRIES,
    FREE_TRIES_OF_NETWORK,
    FREE_TRIES_UNDER_ATTACK,
    LONGEST_WAIT,
    decide_wait,
)

FORGOTTEN_AFTER = timedelta(days=1)
TOLD_FOR = timedelta(days=60)  # an owner who comes back from a long leave is told as well
AUDITED = {10, 100, 1000, 10_000}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoginTry:
    """One try to log in: the name as typed, the network, and the name of a browser known to that account or empty."""

    username: str
    network: str
    device: str = ""

    @property
    def account_key(self) -> str:
        """Return the digest that stands for the account, whether there is such an account or not."""
        return make_key("account", self.username.casefold())

    @property
    def place_key(self) -> str:
        """Return the digest that stands for the browser, or for the network of an unknown one."""
        return make_key("device", self.device) if self.device else make_key("network", self.network)


@dataclass(frozen=True)
class ForeignTries:
    """The tries of others with an account since its owner's last login: passwords, and codes after a right password."""

    passwords: int = 0
    networks: int = 0
    codes: int = 0
    last_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.passwords or self.codes)


def make_key(kind: str, text: str) -> str:
    """Return a keyed digest: who reads the database learns neither names nor addresses from it."""
    return salted_hmac(f"funkhaus.accounts.{kind}", text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def begin_try(*, attempt: LoginTry) -> datetime | None:
    """Count a try and return None, or return the moment before which no password is checked."""
    now = timezone.now()
    if (wait_until := _find_wait(attempt, now)) is not None:
        return wait_until  # without a lock on the database: a flood is refused by reading alone
    keys = _list_keys(attempt)
    with transaction.atomic():
        # The rows are there before they are locked, so that of many tries at once each sees those before it.
        LoginFailures.objects.bulk_create(
            [LoginFailures(account=account, place=place, failed_at=now) for account, place in keys],
            ignore_conflicts=True,
        )
        rows = list(_list_rows(attempt).select_for_update().order_by("pk"))
        if (wait_until := _find_wait(attempt, now)) is not None:
            return wait_until
        for row in rows:
            _count(row, now)
        _forget(now)
    return None


def note_failure(*, attempt: LoginTry) -> None:
    """Log a wrong password for an account that exists; the site history tells of the tenth, hundredth and so on."""
    owner = User.objects.filter(username=attempt.username).first()
    if owner is None:
        return
    logger.warning("wrong password for %s from %s", owner.get_username(), attempt.network or "an unknown network")
    row = LoginFailures.objects.filter(account=attempt.account_key, place="").first()
    if row is not None and row.failures in AUDITED:
        log(owner, "accounts.wrong_passwords", data={"failures": row.failures})


@transaction.atomic
def note_success(*, attempt: LoginTry) -> None:
    """Take back what this try counted, and forget the owner's own typing errors from the same place."""
    list(_list_rows(attempt).select_for_update().order_by("pk"))  # locked in the order of `begin_try`
    own = LoginFailures.objects.filter(account=attempt.account_key, place=attempt.place_key).first()
    count = own.failures if own else 1
    LoginFailures.objects.filter(account=attempt.account_key, place=attempt.place_key).delete()
    LoginFailures.objects.filter(account=attempt.account_key, place="").update(failures=_minus(count))
    if not attempt.device:
        LoginFailures.objects.filter(account="", place=attempt.place_key).update(failures=_minus(count))


def find_foreign_tries(account: User) -> ForeignTries:
    """Return what others tried with this account since its owner was last told (four queries)."""
    key = make_key("account", account.get_username().casefold())
    total = LoginFailures.objects.filter(account=key, place="", failures__gt=0).first()
    codes = _count_codes(account)
    told = LoginFailures.objects.filter(account=_code_key(account), place="").first()
    if told is not None and told.failures <= codes:
        codes -= told.failures
    if total is None:
        return ForeignTries(codes=codes)
    networks = LoginFailures.objects.filter(account=key).exclude(place="").count()
    return ForeignTries(total.failures, networks, codes, total.failed_at)


@transaction.atomic
def forget_foreign_tries(account: User) -> None:
    """Begin to count anew what is told to the owner; whoever has to wait goes on waiting."""
    key = make_key("account", account.get_username().casefold())
    LoginFailures.objects.filter(account=key, place="").delete()
    codes = _count_codes(account)
    if codes:
        LoginFailures.objects.update_or_create(
            account=_code_key(account), place="", defaults={"failures": codes, "failed_at": timezone.now()}
        )


def _count_codes(account: User) -> int:
    """Return the number of wrong codes that unknown browsers have shown after the right password."""
    return SecondFactor.objects.filter(user=account).values_list("failures", flat=True).first() or 0


def find_code_wait(account: User, device: str, now: datetime) -> datetime | None:
    """Return the moment before which no code of this known browser is checked; None: at once."""
    row = LoginFailures.objects.filter(account=_code_key(account), place=make_key("device", device)).first()
    return decide_wait(row.failures, row.failed_at) if row and now - row.failed_at < FORGOTTEN_AFTER else None


def count_code(account: User, device: str, now: datetime, *, is_right: bool) -> None:
    """Count a wrong code of a known browser for that browser alone; a right one ends the count."""
    place = make_key("device", device)
    if is_right:
        LoginFailures.objects.filter(account=_code_key(account), place=place).delete()
        return
    row, _is_new = LoginFailures.objects.get_or_create(
        account=_code_key(account), place=place, defaults={"failed_at": now}
    )
    _count(row, now)


def _code_key(account: User) -> str:
    return make_key("code", str(account.pk))


def _list_keys(attempt: LoginTry) -> Sequence[tuple[str, str]]:
    keys = [(attempt.account_key, attempt.place_key), (attempt.account_key, "")]
    return keys if attempt.device else [*keys, ("", attempt.place_key)]


def _list_rows(attempt: LoginTry) -> QuerySet[LoginFailures]:
    wanted = Q(pk=None)
    for account, place in _list_keys(attempt):
        wanted |= Q(account=account, place=place)
    return LoginFailures.objects.filter(wanted)


def _find_wait(attempt: LoginTry, now: datetime) -> datetime | None:
    """Return the latest moment that any of the counts asks for, if it is still to come."""
    rows = {(row.account, row.place): row for row in _list_rows(attempt) if now - row.failed_at < FORGOTTEN_AFTER}
    of_account = rows.get((attempt.account_key, ""))
    is_attacked = not attempt.device and of_account is not None and of_account.failures >= ATTACK
    free = {
        (attempt.account_key, attempt.place_key): FREE_TRIES_UNDER_ATTACK if is_attacked else FREE_TRIES,
        ("", attempt.place_key): FREE_TRIES_OF_NETWORK,
    }
    waits = [decide_wait(row.failures, row.failed_at, free[key]) for key, row in rows.items() if key in free]
    return max((wait for wait in waits if wait is not None and wait > now), default=None)


def _count(row: LoginFailures, now: datetime) -> None:
    is_old = bool(row.place) and now - row.failed_at >= FORGOTTEN_AFTER
    known = 0 if is_old else row.failures
    if not row.account:  # a network's: the slips of a busy house do not add up for ever
        known = max(0, known - (now - row.failed_at) // LONGEST_WAIT)
    row.failures, row.failed_at = known + 1, now
    row.save()


def _minus(count: int) -> Case:
    return Case(When(failures__gt=count, then=F("failures") - count), default=Value(0))


def _forget(now: datetime) -> None:
    """Remove counts that nobody needs any more, so that the table does not grow."""
    LoginFailures.objects.filter(failed_at__lt=now - FORGOTTEN_AFTER).exclude(place="").delete()
    LoginFailures.objects.filter(failed_at__lt=now - TOLD_FOR, place="").delete()
