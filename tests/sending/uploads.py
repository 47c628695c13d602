"""What an editor does with files, over plain HTTP, and what became of them."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from tests.server import Answer, wait_for
from tests.session import Session, multipart

UPLOAD = "/redaktion/mediathek/hochladen/"
FILES = "/redaktion/mediathek/dateien/"
FACTS = (
    "SELECT a.state, a.key, v.id, v.public_id FROM ingest_asset a"
    " JOIN mediathek_version n ON n.asset_id = a.id JOIN mediathek_video v ON n.video_id = v.id WHERE a.id = ?"
)
SETTLED = {"ready", "refused", "failed"}


@dataclass
class StoredFile:
    """A media file that the server took, with the video that plays it."""

    session: Session
    asset_id: int

    def _facts(self) -> dict[str, Any]:
        row = self.session.server.query(FACTS, self.asset_id)[0]
        return dict(zip(("state", "key", "video", "public_id"), row, strict=True))

    @property
    def state(self) -> str:
        """The asset's state."""
        return str(self._facts()["state"])

    @property
    def public_id(self) -> str:
        """The video's name in public addresses."""
        return str(self._facts()["public_id"])

    @property
    def folder(self) -> Path:
        """Where what players get would lie."""
        return self.session.server.data / "media" / str(self._facts()["key"])

    def wait(self, seconds: float = 120) -> StoredFile:
        """Wait until the worker has done with it."""
        wait_for(lambda: self.state in SETTLED, f"media file {self.asset_id}", seconds)
        return self

    def said(self) -> str:
        """The page that the editor follows, as text."""
        return read(self.session.get(f"{FILES}{self.asset_id}/"))

    def publish(self) -> None:
        """Press «Publish now»."""
        video = self._facts()["video"]
        assert self.session.post(f"/redaktion/mediathek/videos/{video}/veroeffentlichen/").status == 302

    def plays(self) -> bool:
        """True when anybody gets the whole film by its public address."""
        server = self.session.server
        moved = server.get(f"/medien/{self.public_id}/video.mp4")
        if moved.status != 302:
            return False
        film = server.get(moved.headers["Location"])
        return film.status == 200 and film.body == (self.folder / "video.mp4").read_bytes()


def upload_clip(session: Session, content: bytes, name: str) -> StoredFile:
    """Upload a file rated for everybody that is expected to be taken."""
    answer = session.post_file(UPLOAD, "file", name, content, rating="0")
    assert answer.status == 302, read(answer)
    found = re.fullmatch(rf"{FILES}(\d+)/", answer.headers["Location"])
    assert found, answer.headers["Location"]
    return StoredFile(session, int(found[1]))


def read(answer: Answer) -> str:
    """The words of a page of the editing pages."""
    content = answer.text.partition('nice-padding fh-desk">')[2] or answer.text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def list_unfinished(data: Path) -> list[Path]:
    """Temporary files of uploads."""
    return [path for path in (data / "uploads").iterdir() if path.is_file()]


@dataclass
class HalfUpload:
    """An upload of which the server has the first half."""

    connection: http.client.HTTPConnection
    rest: bytes

    def finish(self) -> Answer:
        """Send the second half and take the answer."""
        self.connection.send(self.rest)
        response = self.connection.getresponse()
        return Answer(response.status, response.headers, response.read())


@contextmanager
def half_upload(session: Session, content: bytes) -> Iterator[HalfUpload]:
    """Send the first half of an upload, and wait until some of it lies on the server's disk."""
    server = session.server
    body, kind = multipart("file", "halb.mp4", content, csrfmiddlewaretoken=session.token())
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.putrequest("POST", UPLOAD)
        headers = {"Cookie": session.cookie_header(), "Origin": server.url, "Content-Type": kind}
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            connection.putheader(name, value)
        connection.endheaders()
        half = len(body) // 2
        connection.send(body[:half])
        wait_for(
            lambda: any(file.stat().st_size > half // 2 for file in list_unfinished(server.data)), "half of the upload"
        )
        yield HalfUpload(connection, body[half:])
    finally:
        connection.close()
