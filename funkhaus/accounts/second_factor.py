"""Services of the second factor: set it up, check a code, renew recovery codes, remove it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from funkhaus.accounts.login_attempts import count_code, find_code_wait
from funkhaus.accounts.models import RecoveryCode, SecondFactor, User
from funkhaus.accounts.rules import Need, decide_need, decide_wait

MARK = "second_factor"
CODES = 10  # recovery codes per set
AROUND = (0, -1, 1)  # time steps of 30 seconds that a phone's clock may be off
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without similar characters: 0 o, 1 l i


@dataclass(frozen=True)
class CodeVerdict:
    """The result of checking a code.

    `wait_until`: no code is checked before; `codes_left`: number of unused recovery codes.
    """

    is_right: bool
    wait_until: datetime | None = None
    was_recovery_code: bool = False
    codes_left: int = 0


def find_need(user: Any) -> Need:
    """Return what this account still has to show after its password (one or two queries)."""
    required: tuple[str, ...] = settings.SECOND_FACTOR
    return decide_need(
        has_factor=SecondFactor.objects.filter(user_id=user.pk).exists(),
        roles=list(user.groups.values_list("name", flat=True)) if required else (),
        may_everything=user.is_superuser,
        required_of=required,
    )


def mark_verified(session: SessionBase, user: Any) -> None:
    """Store in the session that it has shown this account's second factor, and give the session a new key."""
    session.cycle_key()
    session[MARK] = user.pk


def is_verified(session: SessionBase, user: Any) -> bool:
    """Return whether this session has shown this account's second factor."""
    return bool(session.get(MARK) == user.pk)


def new_secret() -> str:
    """Return a new random secret of 160 bits in base32."""
    return pyotp.random_base32(32)


def write_address(secret: str, user: User) -> str:
    """Return the key URI for the QR code (`otpauth://`, Google Authenticator's Key Uri Format)."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=settings.STATION)


def find_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step near `now` whose code this is; None for a wrong code."""
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // totp.interval
    given = "".join(code.split())
    steps = (max(0, current + around) for around in AROUND)
    matching = [step for step in steps if _equal(totp.generate_otp(step), given)]
    return matching[0] if matching else None


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


@transaction.atomic
def set_up(*, user: User, secret: str, code: str) -> tuple[str, ...] | None:
    """Store the secret once the app has shown a right code for it; return the recovery codes, None for a wrong code."""
    step = find_step(secret, code, timezone.now())
    if step is None:
        return None
    SecondFactor.objects.filter(user=user).delete()
    factor = SecondFactor.objects.create(user=user, secret=secret, last_step=step)
    log(user, "accounts.second_factor_set", user=user)
    return _renew_codes(factor)


@transaction.atomic
def show_code(*, user: User, code: str, device: str = "") -> CodeVerdict:
    """Check a code of the app, or a recovery code; each is accepted once, and failures are counted.

    `device` is a browser known to the account (`known_devices`), which waits for its own wrong codes alone: a stranger
    who has the password does not delay the owner. A recovery code is too long to be guessed and never has to wait.
    """
    now = timezone.now()
    factor = SecondFactor.objects.select_for_update().get(user=user)
    wait_until = _find_wait(factor, device, now)
    is_early = wait_until is not None and now < wait_until
    is_right, was_recovery = not is_early and _use_step(factor, code, now), False
    if not is_right:
        was_recovery = is_right = _use_recovery_code(factor, code, now)
    if is_early and not is_right:
        return CodeVerdict(is_right=False, wait_until=wait_until)
    _count(factor, device, now, is_right=is_right)
    factor.save()
    if was_recovery:
        log(user, "accounts.recovery_code", user=user)
    left = factor.recovery_codes.filter(used_at=None).count()
    return CodeVerdict(is_right, _find_wait(factor, device, now), was_recovery, left)


def _find_wait(factor: SecondFactor, device: str, now: datetime) -> datetime | None:
    return find_code_wait(factor.user, device, now) if device else decide_wait(factor.failures, factor.failed_at)


def _use_step(factor: SecondFactor, code: str, now: datetime) -> bool:
    step = find_step(factor.secret, code, now)
    if step is None or step <= factor.last_step:
        return False
    factor.last_step = step
    return True


def _count(factor: SecondFactor, device: str, now: datetime, *, is_right: bool) -> None:
    if device:
        count_code(factor.user, device, now, is_right=is_right)
    else:
        factor.failures, factor.failed_at = (0, None) if is_right else (factor.failures + 1, now)


def _use_recovery_code(factor: SecondFactor, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(factor=factor, digest=_digest(code), used_at=None)
    return bool(unused.update(used_at=now))


@transaction.atomic
def renew_codes(*, user: User) -> tuple[str, ...]:
    """Store and return new recovery codes; the old ones are void."""
    log(user, "accounts.recovery_codes_new", user=user)
    return _renew_codes(SecondFactor.objects.get(user=user))


def _renew_codes(factor: SecondFactor) -> tuple[str, ...]:
    codes = tuple("-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(CODES))
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(code)) for code in codes)
    return codes


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def remove_factor(*, user: User, by: User | None = None) -> bool:
    """Remove the factor and end the account's sessions; return False where there was none.

    `by` is None for an operator.
    """
    count, _rows = SecondFactor.objects.filter(user=user).delete()
    if count:
        log(user, "accounts.second_factor_removed", user=by)
        _end_sessions(user)
    return bool(count)


def _end_sessions(user: User) -> None:
    """End every session of this account (two queries, however many sessions there are)."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
