"""`funkhaus createtoken USERNAME --name TEXT` makes a token with which a program acts for an account."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.tokens import UnknownAccountError, create_token

NAME_LENGTH = 80


class Command(BaseCommand):
    """Makes an access token."""

    help = "Make a token with which a program acts for an account, and print it once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the account, purpose, expiry and output format."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="what it is for, such as the machine that uses it")
        parser.add_argument("--days", type=int, help="days until it ends; default: until it is revoked")
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token; print its id and secret."""
        name = options["name"].strip()
        if not 0 < len(name) <= NAME_LENGTH:
            raise CommandError(f"the name has 1 to {NAME_LENGTH} characters")
        if options["days"] is not None and options["days"] < 1:
            raise CommandError("a token lasts a day or longer")
        try:
            token = create_token(username=options["username"], name=name, days=options["days"])
        except UnknownAccountError as unknown:
            raise CommandError(f"there is no active account {options['username']!r}") from unknown
        if options["json"]:
            self.stdout.write(json.dumps({"id": token.public_id, "token": token.secret}))
        else:
            self.stdout.write(f"Id: {token.public_id}\nToken (shown once): {token.secret}")
