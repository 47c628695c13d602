"""`funkhaus listtokens [USERNAME]` lists the access tokens with the day on which each was last used."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from funkhaus.accounts.tokens import list_tokens


class Command(BaseCommand):
    """Lists the access tokens."""

    help = "List the tokens of all accounts or of one; the tokens themselves are not kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the account and the output format."""
        parser.add_argument("username", nargs="?", default="")
        parser.add_argument("--json", action="store_true", help="one JSON list on one line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per token, or all as JSON."""
        rows = [
            {
                "id": token.public_id,
                "owner": token.owner.username,
                "name": token.name,
                "last_used_on": token.last_used_on.isoformat() if token.last_used_on else None,
                "expires_on": timezone.localdate(token.expires_at).isoformat() if token.expires_at else None,
            }
            for token in list_tokens(options["username"])
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            used = f"last used {row['last_used_on']}" if row["last_used_on"] else "never used"
            end = f"ends {row['expires_on']}" if row["expires_on"] else "no end"
            self.stdout.write(f"{row['id']}  {row['owner']}  {used}  {end}  {row['name']}")
