"""`funkhaus serve` runs web server and workers until Ctrl-C."""

from __future__ import annotations

import socket
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.accounts.services import ensure_first_editor
from funkhaus.edge.supervisor import Child, Supervisor
from funkhaus.kernel.address_prefixes import EDITING, HEALTH
from funkhaus.kernel.cores import count_cores
from funkhaus.kernel.folder_lock import FolderInUseError, FolderLock

MOST_WORKERS = 8
BACKLOG = (
    4096  # connections that nobody has taken yet, and requests under way in all web processes; Linux allows no more
)


class Command(BaseCommand):
    """Runs the web server and the workers."""

    help = "Serve pages, media and editing, and run the background work."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch `--no-worker`."""
        parser.add_argument("--no-worker", action="store_true", help="web only; run `funkhaus worker` elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until a signal arrives. Raises `CommandError` when the web server keeps crashing."""
        host, port = settings.SERVE_HOST, settings.SERVE_PORT
        address = f"http://{host}:{port}"
        try:
            with FolderLock(Path(settings.DATA), note=address):
                self._refuse_taken_port(host, port)
                code = self._supervise(address, with_worker=not options["no_worker"])
        except FolderInUseError as taken:
            where = f" at {taken.note}" if taken.note else ""
            raise CommandError(f"Funkhaus already runs in this folder{where}; nothing was changed.") from taken
        if code:
            raise CommandError("the web server would not stay up; its messages are above")

    def _refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"cannot listen on {host}:{port} ({error.strerror}); choose another port with FUNKHAUS_PORT=…"
                ) from error

    def _supervise(self, address: str, *, with_worker: bool) -> int:
        web = Child("web", web_command(settings.SERVE_HOST, settings.SERVE_PORT), is_vital=True)
        children = [web, *list_workers(settings.WORKERS or choose_workers())] if with_worker else [web]
        if settings.WATCH:
            children.append(Child("watch", [sys.executable, "-m", "funkhaus", "watch"], is_vital=False))
        return Supervisor(children, is_ready=lambda: answers(address), announce=self._announce).run()

    def _announce(self) -> None:
        first = ensure_first_editor()
        self.stdout.write("")
        self.stdout.write(f"  {settings.STATION} is on the air: {settings.PUBLIC_URL}/")
        self.stdout.write(f"  Editing:                {settings.PUBLIC_URL}{EDITING}")
        if first is not None:
            self.stdout.write(f"  Login:                  {first.username}")
            self.stdout.write(f"  Password (shown once):  {first.password}")
        else:
            self.stdout.write("  Login: as set up; `funkhaus createeditor NAME` makes another account")
        self.stdout.write("  Ctrl-C stops everything.\n")
        self.stdout.flush()


def answers(address: str) -> bool:
    """Return whether a web server answers at the address, also with an error.

    The listening address need not be a host name that the portal serves, so its answer may be 400.
    """
    try:
        with urllib.request.urlopen(f"{address}{HEALTH}live", timeout=2):  # noqa: S310
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def choose_workers() -> int:
    """Return one worker per core, at most `MOST_WORKERS`: each job runs several encoders, which use the other cores."""
    return min(MOST_WORKERS, count_cores())


def list_workers(count: int) -> list[Child]:
    """Return the workers' programs. All are alike, since the queue decides which job comes next."""
    command = [sys.executable, "-m", "funkhaus", "worker"]
    return [Child(f"worker {number}", command, is_vital=False) for number in range(1, count + 1)]


def web_command(host: str, port: int) -> list[str]:
    """Return the command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port),
        "--workers", str(settings.WEB_PROCESSES), "--runtime-threads", "1", "--loop", "uvloop", "--no-ws",
        "--log-level", "warning",
        # Who comes while all cores are busy waits in the kernel's queue; TCP would have them try again after seconds.
        "--backlog", str(BACKLOG),
        "--workers-kill-timeout", "5", "--respawn-failed-workers", "--respawn-interval", "1",
        "funkhaus.config.asgi:application",
    ]  # fmt: skip
