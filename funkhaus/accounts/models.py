"""The user, custom from the first migration."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who can log in. Viewers and the newsroom share the table; rights come from groups."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username
