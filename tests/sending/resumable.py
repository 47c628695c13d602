"""An editor's resumable upload over plain HTTP."""

from __future__ import annotations

from base64 import b64encode

from tests.server import Answer
from tests.session import Session

API = "/api/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}


def begin_answer(session: Session, name: str, length: int) -> Answer:
    """Ask for a new upload."""
    metadata = f"filename {b64encode(name.encode()).decode()}"
    return session.request(
        API, method="POST", headers=TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata}
    )


def begin(session: Session, name: str, length: int) -> str:
    """Begin an upload that is expected to be taken; return its path."""
    answer = begin_answer(session, name, length)
    assert answer.status == 201, answer.text
    return str(answer.headers["Location"])


def send(session: Session, path: str, content: bytes, at: int) -> Answer:
    """Send bytes."""
    headers = TUS | {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
    return session.request(path, method="PATCH", headers=headers, body=content)


def offset(session: Session, path: str) -> int:
    """How far the server says it is."""
    return int(session.request(path, method="HEAD", headers=TUS).headers["Upload-Offset"])
