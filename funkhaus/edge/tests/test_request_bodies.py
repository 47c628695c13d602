"""Bodies that come in for a long time: who may send them, and how the waiting for a vanished sender ends."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from funkhaus.edge import request_bodies
from funkhaus.edge.application import Edge
from funkhaus.edge.request_bodies import AHEAD_BYTES, takes_large_bodies
from funkhaus.kernel.incoming_body import SCOPE_KEY, IncomingBody

TYPE = (b"content-type", b"application/offset+octet-stream")
SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "PATCH",
    "http_version": "1.1",
    "path": "/api/uploads/abc",
    "query_string": b"",
    "headers": [TYPE],
}


@pytest.mark.parametrize(
    ("change", "takes"),
    [
        ({}, True),
        ({"method": "POST", "path": "/api/uploads/"}, True),
        ({"method": "PUT"}, False),
        ({"headers": [(b"content-type", b"multipart/form-data")]}, False),
        ({"headers": []}, False),
        ({"path": "/api/playback/abc"}, False),
        ({"path": "/api/uploads"}, False),
    ],
)
def test_the_upload_interface_takes_large_bodies_of_its_own_type_only(change: dict[str, Any], takes: bool) -> None:
    assert takes_large_bodies({**SCOPE, **change}) is takes


def serve_half_a_body(act: Any) -> tuple[list[str], list[Any]]:
    """Send the first part of a body and then nothing; `act` gets the body that waits. Return what the reader met."""
    met: list[str] = []
    reading = threading.Event()

    def django(environ: Any, start: Any) -> list[bytes]:
        body: IncomingBody = environ["asgi.scope"][SCOPE_KEY]
        threading.Thread(target=act, args=(body, reading)).start()
        try:
            environ["wsgi.input"].read(AHEAD_BYTES)
            reading.set()
            environ["wsgi.input"].read(1)
        except OSError as error:
            met.append(str(error))
        start("204 No Content", [])
        return []

    async def serve() -> list[Any]:
        sent: list[Any] = []
        messages = iter([{"type": "http.request", "body": b"a" * AHEAD_BYTES, "more_body": True}])

        async def receive() -> Any:
            for message in messages:
                return message
            return await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        async def never(*_: Any) -> None:
            raise AssertionError

        await asyncio.wait_for(Edge(django, never, threads=1)(dict(SCOPE), receive, send), 20)
        return sent

    return met, asyncio.run(serve())


def test_a_waiting_reader_can_be_told_to_end() -> None:
    def interrupt(body: IncomingBody, reading: threading.Event) -> None:
        reading.wait(10)
        body.interrupt()

    met, sent = serve_half_a_body(interrupt)
    assert met == ["the client fell silent"]
    assert sent[0]["status"] == 204


def test_a_sender_that_falls_silent_counts_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_bodies, "SILENCE_S", 0.2)
    monkeypatch.setattr(request_bodies, "LOOK_S", 0.05)
    met, sent = serve_half_a_body(lambda _body, _reading: None)
    assert met == ["the client fell silent"]
    assert sent[0]["status"] == 204
