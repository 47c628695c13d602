"""`funkhaus revoketoken ID` revokes an access token."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.tokens import UnknownTokenError, revoke_token


class Command(BaseCommand):
    """Revokes an access token."""

    help = "Make a token worthless at once; `funkhaus listtokens` shows the ids."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the token's id."""
        parser.add_argument("id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke the token and print the result."""
        try:
            revoke_token(public_id=options["id"])
        except UnknownTokenError as unknown:
            raise CommandError(f"there is no token {options['id']!r}") from unknown
        self.stdout.write("revoked")
