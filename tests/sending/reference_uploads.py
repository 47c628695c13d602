"""The reference clients against a running server, over a bad line, and what became of the file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sending.relay import Break, Relay, relaying
from tests.server import EDITOR, ROOT, Server, fetch, is_alive, run_command, serving, wait_for

CLIENTS = ROOT / "tests" / "clients"
MODULES = ROOT / "var" / "browser-tests" / "node_modules"
API = "/api/uploads/"


@dataclass
class Uploading:
    """A server that may be killed, and a token for it."""

    data: Path
    server: Server
    token: str

    def ask(self, url: str) -> Any:
        """What the server says of an upload, by its key, whatever address the client saw."""
        answer = fetch(self.server.url + API + url.strip().rpartition("/")[2], headers=self.headers())
        assert answer.status == 200, answer.text
        return answer.json()

    def headers(self) -> dict[str, str]:
        """What proves who asks."""
        return {"Authorization": f"Bearer {self.token}"}


@contextmanager
def receiving(data: Path) -> Iterator[tuple[Uploading, ExitStack]]:
    """A server on a prepared folder, and the stack that ends it and its successors."""
    token = json.loads(run_command(data, "createtoken", EDITOR, "--name", "test", "--json").stdout)["token"]
    with ExitStack() as stack:
        yield Uploading(data, stack.enter_context(serving(data)), token), stack


def kill_and_restart(house: Uploading, stack: ExitStack) -> None:
    """kill -9 of everything at once, and another server in its place."""
    everything = [house.server.process.pid, *house.server.children()]
    for pid in everything:
        os.kill(pid, signal.SIGSTOP)  # none may tidy up after another
    for pid in everything:
        os.kill(pid, signal.SIGKILL)
    house.server.process.wait(10)
    wait_for(lambda: not any(map(is_alive, everything)), "all to be gone", 10)
    house.server = stack.enter_context(serving(house.data, PORT=str(house.server.port)))


def send_by_tus_js(relay: Relay, file: Path, token: str, *, parallel: int, seconds: float, **metadata: str) -> str:
    """Upload by tus-js-client; return the address of the upload."""
    node = shutil.which("node")
    assert node, "Node.js is missing (Debian: apt install nodejs)"
    words = [str(CLIENTS / "upload.mjs"), str(MODULES), relay.url + API, str(file), token, str(parallel)]
    return _run([node, *words, json.dumps(metadata)], seconds)


def send_by_tuspy(relay: Relay, file: Path, token: str, *, chunk: int, seconds: float, **metadata: str) -> str:
    """Upload by tuspy, every piece with its checksum; return the address of the upload."""
    words = [str(CLIENTS / "upload.py"), relay.url + API, str(file), token, str(chunk), json.dumps(metadata)]
    return _run([sys.executable, *words], seconds)


def _run(command: list[str], seconds: float) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout.strip()


def write_noise(path: Path, size: int) -> Path:
    """A file of which no two places are alike."""
    with path.open("wb") as out:
        while (left := size - out.tell()) > 0:
            out.write(os.urandom(min(16_000_000, left)))
    return path


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_original(house: Uploading, told: Any) -> Path:
    """Where the bytes of a stored upload lie."""
    assert told["state"] == "stored", told
    rows = house.server.query(
        "SELECT a.original FROM ingest_upload u JOIN ingest_asset a ON u.asset_id = a.id WHERE u.key = ?", told["id"]
    )
    return house.data / "originals" / str(rows[0][0])


@contextmanager
def bad_line(house: Uploading, stack: ExitStack, breaks: list[Break]) -> Iterator[Relay]:
    """A line to the house that breaks; «kill» in `breaks` kills and restarts the server."""
    with relaying(house.server.port, breaks, kill=lambda: kill_and_restart(house, stack)) as relay:
        yield relay
    assert relay.done == [name for _, name in breaks], "not every break happened"
