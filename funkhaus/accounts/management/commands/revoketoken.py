"""``funkhaus revoketoken ID``: make a token worthless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.tokens import UnknownTokenError, revoke_token


class Command(BaseCommand):
    """Revoke a token."""

    help = "Make a token worthless at once; `funkhaus listtokens` shows the ids."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the id."""
        parser.add_argument("id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke."""
        try:
            revoke_token(public_id=options["id"])
        except UnknownTokenError as unknown:
            raise CommandError(f"there is no token {options['id']!r}") from unknown
        self.stdout.write("revoked")
