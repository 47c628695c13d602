"""The command ``funkhaus watch [FOLDER]``: it makes drafts of the files that are put into a folder."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.intake.watch_folder.watcher import FolderWatchedError, Watcher


class Command(BaseCommand):
    """Watches a folder until SIGTERM or SIGINT."""

    help = "Watch a folder and take in every media file that is laid into it. Ends on SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder."""
        parser.add_argument("folder", nargs="?", type=Path, help="default: FUNKHAUS_WATCH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Watch the folder. Raises `CommandError` without a folder, and for one that is watched or unreadable."""
        folder = options["folder"] or (Path(settings.WATCH) if settings.WATCH else None)
        if folder is None:
            raise CommandError("which folder? Name it, or set FUNKHAUS_WATCH")
        watcher = Watcher(folder.resolve())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: watcher.shutdown.set())
        try:
            watcher.run()
        except FolderWatchedError as watched:
            raise CommandError(f"{folder} is watched already") from watched
        except OSError as error:
            raise CommandError(f"{folder} cannot be watched: {error.strerror}") from error
