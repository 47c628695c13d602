"""Users, the access tokens with which programs act for them, and second factors."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models

from funkhaus.kernel.public_id import new_public_id


class User(AbstractUser):
    """An account. Viewers and the newsroom share the table; rights come from groups."""

    session_generation = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="Counts how often all of the account's sessions were ended; those of an earlier generation are void.",
    )

    class Meta(AbstractUser.Meta):
        permissions = [("appoint_user", "Can give and take roles up to their own")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        """Return the hash that a session of this account stores; Django ends a session with any other hash."""
        return self._of_this_generation(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the hash for each of `SECRET_KEY_FALLBACKS`."""
        return map(self._of_this_generation, super().get_session_auth_fallback_hash())

    def _of_this_generation(self, password_hash: str) -> str:
        """Append the session generation; generation 0 adds nothing, so that sessions older than it stay valid."""
        return f"{password_hash}-{self.session_generation}" if self.session_generation else password_hash


class AccessToken(models.Model):
    """A token with which a program acts with its owner's rights. Only the SHA-256 digest of the secret is stored."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, help_text="What it is for.")
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the token, in hex.")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True, help_text="The day is enough to find forgotten ones.")
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until it is revoked.")

    def __str__(self) -> str:
        return f"{self.public_id} {self.name}"


class SecondFactor(models.Model):
    """A second factor besides the password: time-based one-time codes of an app (TOTP, RFC 6238).

    `secret` is in base32, as apps take it. `last_step` is the time step of the last accepted code: no code is accepted
    twice (RFC 6238 section 5.2).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    last_step = models.BigIntegerField(default=-1)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A single-use code that replaces the app's code. Only its SHA-256 digest is stored."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the code, in hex.")
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.factor}: {self.digest[:8]}"


class LoginFailures(models.Model):
    """Wrong passwords or codes for one account from one place, counted so that the next try has to wait.

    `account` and `place` are keyed digests: neither what somebody typed nor an address is stored. Without `account` the
    row counts for a network, whatever account was tried; without `place`, for an account, from wherever it was tried.
    """

    account = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=64, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "place"], name="accounts_login_failures_once")]

    def __str__(self) -> str:
        return f"{self.account[:8]} {self.place[:8]}: {self.failures}"
