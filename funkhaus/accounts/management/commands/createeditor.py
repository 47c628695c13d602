"""`funkhaus createeditor NAME` makes an account for the editing pages."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.models import User
from funkhaus.accounts.services import AccountExistsError, create_editor


class Command(BaseCommand):
    """Makes an account of the editors' group."""

    help = "Make an account for the editing pages and print its random password once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the user name and the output format."""
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true", help="one JSON object on one line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account; print its name and password."""
        name = options["name"]
        try:
            User._meta.get_field("username").run_validators(name)
            account = create_editor(username=name)
        except ValidationError as error:
            raise CommandError(f"{name!r} cannot be a login name: {' '.join(error.messages)}") from error
        except AccountExistsError as taken:
            raise CommandError(f"there is an account {name!r} already") from taken
        if options["json"]:
            self.stdout.write(json.dumps({"login": account.username, "password": account.password}))
        else:
            self.stdout.write(f"Login: {account.username}\nPassword (shown once): {account.password}")
