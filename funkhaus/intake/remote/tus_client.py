"""A tus client that sends a file to a Funkhaus server and resumes after broken connections and restarts.

It uses the standard library only: tuspy needs an asynchronous HTTP library and reads each chunk into memory.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from funkhaus.ingest.package.atomic_files import write_text
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.intake.tus.protocol import CONTENT_TYPE, VERSION
from funkhaus.kernel.address_prefixes import UPLOADS

PIECE: Final = 1024 * 1024  # bytes between two calls of `on_progress`
TIMEOUT_S: Final = 120.0  # of one socket operation: the server may wait for its disk before it answers
PATIENCE_S: Final = 600.0  # without progress for so long, the client gives up; started again, it resumes
FIRST_PATIENCE_S: Final = 20.0  # without any answer yet, the address is probably wrong
PAUSES_S: Final = (0.5, 1.0, 2.0, 5.0)  # before each retry: short interruptions end soon, long ones are polled slowly
PASSING: Final = {408, 409, 423, 429, 460}  # HTTP statuses that are retried, besides 5xx

OnProgress = Callable[[int], None]


class LineBrokenError(Exception):
    """A failed connection or a temporary error of the server; the request can be repeated."""


class RefusedByServerError(Exception):
    """A final refusal by the server, with its HTTP status and message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Reply:
    """An HTTP response of the server; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body parsed as JSON. Raises `ValueError`."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Memory:
    """A JSON file with the URLs of unfinished uploads by key, so that a restart resumes them."""

    path: Path

    def recall(self, key: str) -> str:
        """Return the URL for a key; empty if there is none."""
        return str(self._read().get(key, ""))

    def keep(self, key: str, url: str) -> None:
        """Store the URL for a key; an empty one deletes the entry."""
        known = {name: address for name, address in self._read().items() if name != key}
        write_text(self.path, json.dumps(known | ({key: url} if url else {}), indent=1))

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}  # without it an upload starts again, which costs time only
        return found if isinstance(found, dict) else {}


class Sender:
    """A client of the upload interface of `server`, authenticated by a token."""

    def __init__(self, server: str, token: str, memory: Memory) -> None:
        self.endpoint = f"{server.rstrip('/')}{UPLOADS}"
        self._token = token
        self._memory = memory

    def send(self, file: Path, metadata: Mapping[str, str], on_progress: OnProgress) -> dict[str, Any]:
        """Send a file completely; return the server's description of the stored upload (`docs/uploads.md`).

        Raises `RefusedInput` when the server refuses it or the file changes, and `WorkFailed` when the server is
        unreachable for too long; the same call then resumes. `on_progress` is called with the number of sent bytes.
        """
        before = file.stat()
        key = self._key(file, metadata)
        moved_at, offset, tries = time.monotonic(), -1, 0
        while True:
            try:
                url, at = self._begin_or_resume(key, before.st_size, metadata)
                if at > offset:
                    moved_at, offset, tries = time.monotonic(), at, 0
                if at == before.st_size:
                    self._memory.keep(key, "")
                    return self.settled(url)
                self._send_from(url, file, at, before.st_size, on_progress)
            except LineBrokenError as broken:
                if time.monotonic() - moved_at > (PATIENCE_S if offset >= 0 else FIRST_PATIENCE_S):
                    raise WorkFailed("server_away", server=self.endpoint, detail=str(broken)) from broken
                time.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
                tries += 1
            except RefusedByServerError as refused:
                raise RefusedInput("server_refused", detail=str(refused)) from refused
            after = file.stat()
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise RefusedInput("changed_meanwhile", path=str(file))

    def settled(self, url: str) -> dict[str, Any]:
        """Return the server's description of an upload once it has stored it; raises as `wait`."""
        return self.wait(url, lambda told: told["state"] != "storing")

    def wait(self, url: str, is_enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Poll the upload once a second until `is_enough` returns True for its description; return that.

        Raises `WorkFailed` when the server is unreachable for too long, and `RefusedInput`.
        """
        heard_at = time.monotonic()
        while True:
            try:
                told: dict[str, Any] = self._ask("GET", url).json()
                heard_at = time.monotonic()
                if is_enough(told):
                    return told
            except LineBrokenError as broken:
                if time.monotonic() - heard_at > PATIENCE_S:
                    raise WorkFailed("server_away", server=self.endpoint, detail=str(broken)) from broken
            except RefusedByServerError as refused:
                raise RefusedInput("server_refused", detail=str(refused)) from refused
            time.sleep(1)  # between two polls, as `Sender.wait` states

    def _key(self, file: Path, metadata: Mapping[str, str]) -> str:
        state = file.stat()
        facts = [self.endpoint, str(file.resolve()), state.st_size, state.st_mtime_ns, sorted(metadata.items())]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def _begin_or_resume(self, key: str, size: int, metadata: Mapping[str, str]) -> tuple[str, int]:
        url = self._memory.recall(key)
        if url:
            try:
                return url, int(self._ask("HEAD", url).headers["upload-offset"])
            except RefusedByServerError as refused:
                if refused.status not in {403, 404, 410}:
                    raise
        encoded = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())
        reply = self._ask("POST", self.endpoint, {"Upload-Length": str(size), "Upload-Metadata": encoded})
        url = urljoin(self.endpoint, reply.headers["location"])
        self._memory.keep(key, url)
        return url, 0

    def _send_from(self, url: str, file: Path, at: int, size: int, on_progress: OnProgress) -> None:
        def push(connection: http.client.HTTPConnection) -> None:
            with file.open("rb") as source:
                source.seek(at)
                left = size - at
                while left and (piece := source.read(min(PIECE, left))):
                    connection.send(piece)
                    left -= len(piece)
                    on_progress(size - left)

        headers = {"Upload-Offset": str(at), "Content-Type": CONTENT_TYPE, "Content-Length": str(size - at)}
        self._ask("PATCH", url, headers, push)

    def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        push: Callable[[http.client.HTTPConnection], None] | None = None,
    ) -> Reply:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        try:
            connection.putrequest(method, parts.path)
            sent = {"Tus-Resumable": VERSION, "Authorization": f"Bearer {self._token}", **(headers or {})}
            for name, value in ({"Content-Length": "0"} | sent).items():
                connection.putheader(name, value)
            connection.endheaders()
            if push is not None:
                push(connection)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.headers.items()}
            return _check(Reply(response.status, found, response.read()))
        except ssl.SSLCertVerificationError as error:
            raise WorkFailed("server_away", server=self.endpoint, detail=error.verify_message) from error
        except (OSError, http.client.HTTPException) as error:
            raise LineBrokenError(str(error) or type(error).__name__) from error
        finally:
            connection.close()


def _check(reply: Reply) -> Reply:
    if 200 <= reply.status < 300:
        return reply
    if reply.status == 507 or (reply.status < 500 and reply.status not in PASSING):
        raise RefusedByServerError(reply.status, _find_words(reply))
    raise LineBrokenError(f"HTTP {reply.status}")


def _find_words(reply: Reply) -> str:
    try:
        return str(reply.json()["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {reply.status}"
