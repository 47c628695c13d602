"""`funkhaus mediakeys` prints the signing keys of media paths for nginx; `--new` makes a new one first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.kernel.key_file import renew_key
from funkhaus.playback.services import key_ring
from funkhaus.playback.signing import make_key_ring


class Command(BaseCommand):
    """Prints the accepted keys as lines of an nginx `map`, the signing one first."""

    help = "Print the keys that media paths are checked with, as nginx reads them. Secret: whoever has them can play."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch `--new`."""
        parser.add_argument(
            "--new", action="store_true", help="make a new key first; it signs from the next start of the server on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the keys; with `--new`, after making a new one."""
        ring = key_ring()
        if options["new"]:
            if not settings.KEEPS_OWN_KEYS:
                raise CommandError("the keys come from FUNKHAUS_SECRET_KEY: put the new one there, before the old one")
            signing, *former = renew_key(Path(settings.DATA))
            ring = make_key_ring(signing, former)
        for key in ring.accepted.values():
            self.stdout.write(f"{key.id} {key.secret};")
