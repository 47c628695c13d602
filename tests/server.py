"""Real servers for tests: set up in a folder of their own, on a free loopback port, at any hour."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 90.0
MEDIA_SECONDS = 560.0  # all media of the demo, beside the other lane of the suite
EDITOR, PASSWORD = "testdesk", "Nur-fuer-die-Pruefung-7"  # an account that exists in the test's folder only
UNFINISHED = "SELECT count(*) FROM ingest_asset WHERE state NOT IN ('ready', 'refused', 'failed')"


def clean_environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's environment without its own settings, with the given ones (names without prefix)."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FUNKHAUS_", "DJANGO_", "PYTEST_"))
    }
    kept |= {"FUNKHAUS_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return kept | {f"FUNKHAUS_{name}": value for name, value in settings.items()}


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_command(
    data: Path, *arguments: str, check: bool = True, seconds: float = 240, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `funkhaus …` to its end."""
    result = subprocess.run(
        [sys.executable, "-m", "funkhaus", *arguments],
        cwd=ROOT,
        env=clean_environment(data, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )
    assert not check or result.returncode == 0, f"{arguments}: {result.stdout}\n{result.stderr}"
    return result


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP; header names in lower case, repeated ones kept."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = 60,
) -> Answer:
    """One request, no redirect followed, nothing remembered."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target or "/", body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@dataclass(eq=False)
class Server:
    """A running `funkhaus serve`."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Address without slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **options: Any) -> Answer:
        """GET a path."""
        return fetch(self.url + path, **options)

    def post(self, path: str, body: bytes = b"", **options: Any) -> Answer:
        """POST to a path as a page of the same site does."""
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Origin": self.url}
        return fetch(self.url + path, method="POST", body=body, headers=headers | options.pop("headers", {}))

    def is_up(self) -> bool:
        """True when it answers and can work; fails when it has ended."""
        assert self.process.poll() is None, f"the server ended: {self.messages()[-3000:]}"
        try:
            return self.get("/health/ready", seconds=5).status == 200
        except OSError:
            return False

    def messages(self) -> str:
        """What the server has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def children(self) -> dict[int, str]:
        """Process ids and command lines below the supervisor, on every level."""
        return {pid: line for pid, line in list_descendants(self.process.pid).items() if line}

    def child(self, word: str) -> int:
        """The first process below the supervisor whose command line has `word`."""
        return wait_for(
            lambda: next((pid for pid, line in self.children().items() if word in line), 0), f"a process with {word}"
        )

    def query(self, sql: str, *values: object) -> list[Any]:
        """Read from the server's SQLite database; `values` stand for the question marks."""
        connection = sqlite3.connect(f"file:{self.data / 'funkhaus.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def wait_for_media(self, seconds: float = MEDIA_SECONDS) -> None:
        """Wait until the worker has nothing more to do."""
        wait_for(lambda: self.query(UNFINISHED)[0][0] == 0, "the worker to finish", seconds)

    def stop(self) -> int:
        """End it as Ctrl-C does; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def wait_for(probe: Any, what: str, seconds: float = 30.0, pause: float = 0.1) -> Any:
    """Ask `probe` until it answers something true; fail with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := probe():
            return found
        time.sleep(pause)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def is_alive(pid: int) -> bool:
    """True for a process that runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def list_descendants(pid: int) -> dict[int, str]:
    """Every process below `pid` with its command line."""
    parents: dict[int, int] = {}
    lines: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            lines[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError, IndexError):
            continue  # it ended while we looked
    found: dict[int, str] = {}
    fresh = {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh}
        found |= {child: lines.get(child, "") for child in fresh}
    return found


def clock_environment(moment: datetime) -> dict[str, str]:
    """Variables that make a process and its children live from `moment` on (libfaketime).

    The monotonic clock is shifted by the same span: left alone, libfaketime 0.9.10 breaks `clock_nanosleep`.
    """
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
    assert library is not None, "libfaketime is missing (Debian: apt install faketime)"
    assert moment.tzinfo is not None
    offset = moment.timestamp() - time.time()
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{offset:+.0f}",  # an offset, so that every child lives in the same hour
    }


@contextmanager
def serving(
    data: Path,
    *,
    moment: datetime | None = None,
    environment: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
    words: Sequence[str] = (),
    **settings: str,
) -> Iterator[Server]:
    """Run `funkhaus serve` on `data` until the block ends; `moment` sets its clock, `prefix` starts it.

    `words` are further words of the command.
    """
    port = int(settings.pop("PORT", "0")) or free_port()
    settings = {"PORT": str(port), "HOST": "127.0.0.1", "DEMO": "0"} | settings
    extra = dict(environment or {}) | (clock_environment(moment) if moment else {})
    log = data.with_name(f"{data.name}.{port}.log")
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "funkhaus", "serve", *words],
            cwd=ROOT,
            env=clean_environment(data, **settings) | extra,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    server = Server(data, port, process, log, settings)
    try:
        wait_for(server.is_up, f"the server; it said: {server.messages()[-2000:]}", READY_SECONDS)
        yield server
    finally:
        server.stop()


def copy_data(source: Path, target: Path) -> Path:
    """A data folder of one's own, made from a prepared one."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.lock"))
    return target
