"""`funkhaus resetsecondfactor NAME` removes the second factor of somebody who lost phone and recovery codes."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.models import User
from funkhaus.accounts.services import remove_factor


class Command(BaseCommand):
    """Removes a second factor."""

    help = "Take an account's second factor away and end its sessions; it sets up a new one at the next login."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the user name and the output format."""
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove the second factor and print the result."""
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"there is no account {options['name']!r}")
        if not remove_factor(user=user):
            raise CommandError(f"{options['name']!r} has no second factor")
        if options["json"]:
            self.stdout.write(json.dumps({"login": user.username, "reset": True}))
        else:
            self.stdout.write(f"{user.username}: the second factor is gone, its sessions have ended")
