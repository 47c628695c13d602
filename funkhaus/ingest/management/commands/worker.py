"""Command ``funkhaus worker``: processes the jobs of ingest."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from funkhaus.ingest.worker import Worker


class Command(BaseCommand):
    """Runs a worker until it receives SIGTERM or SIGINT (Ctrl-C)."""

    help = "Work off the media files that wait. Ends on SIGTERM or Ctrl-C and gives a running job back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option `--once`."""
        parser.add_argument("--once", action="store_true", help="end as soon as nothing waits")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Run the worker; the signals stop it in order."""
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run(once=once)
