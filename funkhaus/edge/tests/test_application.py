"""The way from the server to Django and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from funkhaus.edge.application import UPLOADS, Edge, clean_scope
from funkhaus.edge.body_senders import Sender
from funkhaus.edge.request_bodies import AHEAD_BYTES

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "http_version": "1.1",
    "path": "/x",
    "query_string": b"",
    "headers": [],
}


KNOWN = Sender(account_id=1, largest_bytes=1_000_000)


class OneShot:
    """An awaitable that is no coroutine, as the server gives it."""

    def __init__(self, message: dict[str, Any]) -> None:
        self.message = message

    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        return self.message


def run(
    django: Callable[..., Iterable[bytes]],
    messages: list[dict[str, Any]],
    send_fails_after: int = 99,
    path: str = "/redaktion/mediathek/hochladen/",
) -> list[Any]:
    """Send `messages` through the edge to the WSGI application `django`; return what it answered."""
    sent: list[Any] = []
    waiting = iter(messages)

    def receive() -> Any:
        return OneShot(next(waiting))

    async def send(message: Any) -> None:
        if len(sent) >= send_fails_after:
            raise RuntimeError("the transport is closed")
        sent.append(message)

    async def never(*_: Any) -> None:
        raise AssertionError("not for media")

    asyncio.run(Edge(django, never, lambda _scope: KNOWN, threads=1)({**SCOPE, "path": path}, receive, send))
    return sent


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_an_upload_in_parts_arrives_whole_although_receive_is_no_coroutine() -> None:
    def django(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [environ["wsgi.input"].read()]

    sent = run(django, [part(b"a" * 70000, more=True), part(b"b")])
    assert b"".join(message.get("body", b"") for message in sent) == b"a" * 70000 + b"b"


@pytest.mark.parametrize("path", ["/", "/api/playback/abc", "/redaktion/login/"])
def test_a_large_body_is_refused_where_no_file_is_expected_before_django_reads_it(path: str) -> None:
    def django(environ: Any, start: Any) -> list[bytes]:
        raise AssertionError("Django was asked")

    sent = run(django, [part(b"a" * 70000, more=True), part(b"b")], path=path)
    assert sent[0]["status"] == 413


def test_an_upload_that_breaks_off_is_never_taken_for_a_whole_one() -> None:
    def django(environ: Any, start: Any) -> list[bytes]:
        try:
            environ["wsgi.input"].read()
        except OSError:
            start("400 Bad Request", [])
            return [b"broken off"]
        start("200 OK", [])
        return [b"whole"]

    sent = run(django, [part(b"a" * AHEAD_BYTES, more=True), {"type": "http.disconnect"}])
    assert sent[0]["status"] == 400


def test_a_small_body_that_breaks_off_never_reaches_django() -> None:
    asked: list[Any] = []

    def django(environ: Any, start: Any) -> list[bytes]:
        asked.append(environ)
        return []

    sent = run(django, [part(b"a", True), {"type": "http.disconnect"}])
    assert asked == []
    assert sent[0]["status"] == 400, "where the client is still there, as after a damaged chunk, the fault is its own"


async def _serve_beside_slow_clients(django: Callable[..., Iterable[bytes]], body: bytes) -> int:
    """Ask for a page while 20 clients have sent `body` and nothing more; return the status."""
    statuses: list[int] = []

    async def never(*_: Any) -> None:
        raise AssertionError

    async def slow_send(message: Any) -> None:
        raise AssertionError("nobody answers half a request")

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    release = asyncio.Event()

    def slow_receive() -> Callable[[], Any]:
        messages = iter([part(body, more=True)])

        async def receive() -> Any:
            for message in messages:
                return message
            await release.wait()
            return {"type": "http.disconnect"}

        return receive

    async def receive() -> Any:
        return part(b"")

    edge = Edge(django, never, lambda _scope: KNOWN, threads=UPLOADS + 1)
    slow = [asyncio.create_task(edge(dict(SCOPE), slow_receive(), slow_send)) for _ in range(20)]
    await asyncio.sleep(0.1)
    await asyncio.wait_for(edge({**SCOPE, "method": "GET"}, receive, send), 10)
    release.set()
    await asyncio.gather(*slow, return_exceptions=True)
    return statuses[0]


@pytest.mark.parametrize("body", [b"a", b"a" * AHEAD_BYTES])
def test_slow_clients_keep_no_page_from_being_served(body: bytes) -> None:
    def django(environ: Any, start: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            environ["wsgi.input"].read()
        start("200 OK", [])
        return [b"page"]

    assert asyncio.run(_serve_beside_slow_clients(django, body)) == 200


def test_a_client_that_has_gone_blocks_no_thread() -> None:
    closed = []

    class Endless:
        def __iter__(self) -> Any:
            return iter([b"x"] * 1000)

        def close(self) -> None:
            closed.append(1)

    def django(environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return Endless()

    sent = run(django, [part(b"")], send_fails_after=3)
    assert (len(sent), closed) == (3, [1])


def test_odd_bytes_in_the_query_are_escaped_and_doubtful_headers_dropped() -> None:
    scope = {**SCOPE, "query_string": b"q=\xfc&b=%20", "headers": [(b"x_forwarded_for", b"1"), (b"x-a", b"2")]}
    cleaned = clean_scope(scope)
    assert cleaned["query_string"] == b"q=%FC&b=%20"
    assert cleaned["headers"] == [(b"x-a", b"2")]


def test_the_server_is_told_that_start_and_stop_went_well() -> None:
    sent: list[str] = []
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    async def never(*_: Any) -> None:
        raise AssertionError

    edge = Edge(lambda *_: [], never, lambda _scope: None, threads=1)
    asyncio.run(edge({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


class Paper:
    """An answer with a file, as Django's WSGI handler makes it."""

    def __init__(self, path: Path, first: int = 0) -> None:
        self.file = path.open("rb")
        self.file.seek(first)

    def __call__(self, environ: Any, start: Any) -> Any:
        start("200 OK", [])
        return environ["wsgi.file_wrapper"](self.file, 4096)


@pytest.mark.parametrize("first", [0, 5, 3_000_000])
def test_a_file_of_django_comes_whole_and_is_closed(tmp_path: Path, first: int) -> None:
    content = bytes(range(256)) * 8000
    (tmp_path / "paper.pdf").write_bytes(content)
    paper = Paper(tmp_path / "paper.pdf", first)
    sent = run(paper, [part(b"")])
    assert b"".join(message.get("body", b"") for message in sent) == content[first:]
    assert not sent[-1].get("more_body")
    assert paper.file.closed


def test_what_only_looks_like_a_file_is_sent_by_the_thread() -> None:
    def django(environ: Any, start: Any) -> Any:
        start("200 OK", [])
        return environ["wsgi.file_wrapper"](BytesIO(b"a" * 10_000), 4096)

    sent = run(django, [part(b"")])
    assert b"".join(message.get("body", b"") for message in sent) == b"a" * 10_000


def test_a_file_keeps_no_thread_while_its_client_does_not_read(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(bytes(3_000_000))
    (tmp_path / "small.pdf").write_bytes(b"page")

    async def serve() -> list[Any]:
        got: list[Any] = []
        is_read = asyncio.Event()

        async def receive() -> Any:
            return part(b"")

        async def never(*_: Any) -> None:
            raise AssertionError

        async def slow_send(message: Any) -> None:
            if message.get("body"):
                await is_read.wait()

        async def send(message: Any) -> None:
            got.append(message.get("body", b""))

        papers = {"/slow": tmp_path / "paper.pdf", "/quick": tmp_path / "small.pdf"}

        def django(environ: Any, start: Any) -> Any:
            return Paper(papers[environ["PATH_INFO"]])(environ, start)

        edge = Edge(django, never, lambda _scope: None, threads=1)
        slow = asyncio.create_task(edge({**SCOPE, "path": "/slow", "method": "GET"}, receive, slow_send))
        await asyncio.sleep(0)
        await asyncio.wait_for(edge({**SCOPE, "path": "/quick", "method": "GET"}, receive, send), 10)
        assert not slow.done()
        is_read.set()
        await slow
        return got

    assert b"".join(asyncio.run(serve())) == b"page"
