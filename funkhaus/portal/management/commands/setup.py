"""`funkhaus setup` makes everything that has to exist before serving; running it again changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from funkhaus.kernel.folder_lock import FolderInUseError, FolderLock
from funkhaus.mediathek.selectors import is_list_missing
from funkhaus.mediathek.services import index_everything
from funkhaus.newsroom.selectors import are_cards_missing, are_lists_missing
from funkhaus.newsroom.services import index_all_stories, note_all_cards
from funkhaus.portal.models import HomePage
from funkhaus.portal.services import ensure_groups, ensure_site, spell_addresses_out
from funkhaus.portal.setup_build import compile_messages, static_stamp
from funkhaus.portal.theme_files import make_look
from funkhaus.ui.theme import ThemeError


class Command(BaseCommand):
    """Sets up what is missing."""

    help = "Make or bring up to date: browser code, interface texts, static files, database, first content."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step; a step with nothing to do changes nothing."""
        data = Path(settings.DATA)
        try:
            with FolderLock(data, note=""):
                self._vendor(data)
                compile_messages()
                self._static(data)
                self._database()
        except FolderInUseError as taken:
            raise CommandError(
                f"Funkhaus already runs or is being set up in this folder{' at ' + taken.note if taken.note else ''}; "
                "nothing was changed. Stop it first, or set FUNKHAUS_DATA and FUNKHAUS_PORT for a second one."
            ) from taken

    def _vendor(self, data: Path) -> None:
        """Build the browser code with a tool of the checkout, in a process of its own, which prints its own errors."""
        build = [sys.executable, "-m", "tools.vendor", str(data)]
        if subprocess.run(build, cwd=settings.PROJECT, check=False).returncode:
            raise CommandError("the browser code could not be made; the reason is above")

    def _static(self, data: Path) -> None:
        try:
            make_look(settings.LOOK_ROOT)
        except ThemeError as error:
            raise CommandError(f"FUNKHAUS_THEME cannot be used: {error}") from error
        stamp_file, stamp = data / "static.stamp", static_stamp(data / "vendor", settings.LOOK_ROOT)
        if stamp_file.exists() and stamp_file.read_text() == stamp:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp_file.write_text(stamp)
        self.stdout.write("static files: ready")

    def _database(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write("database: ready")
            if is_list_missing():
                self.stdout.write(f"lists: {index_everything()} videos")
            if are_lists_missing():
                self.stdout.write(f"lists: {index_all_stories()} stories")
            if are_cards_missing():
                self.stdout.write(f"cards: {note_all_cards()} stories")
        spelled = spell_addresses_out()
        if spelled:
            self.stdout.write(f"addresses: {spelled} spelled out, the old ones redirect")
        self._first_content(Path(settings.DATA) / "demo.pending")

    def _first_content(self, pending: Path) -> None:
        """Make the demo at the first start only; a first start that was killed is completed by the next."""
        if settings.DEMO and not HomePage.objects.exists():
            pending.touch()
        ensure_site()
        ensure_groups()
        if pending.exists():
            call_command("demo", stdout=self.stdout)
            pending.unlink()
