"""Bodies that come in for a long time: who may send them, and how the waiting for a vanished sender ends."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from funkhaus.edge.application import Edge
from funkhaus.edge.asgi_types import Scope
from funkhaus.edge.body_senders import Sender, SenderUnansweredError, may_take_large_bodies
from funkhaus.edge.request_bodies import AHEAD_BYTES, DRAIN_BYTES, SMALL_BYTES
from funkhaus.edge.waiting_places import MOST_WAITING, LoginPlaces, NoPlaceError, UploadPlaces
from funkhaus.kernel.incoming_body import SCOPE_KEY, IncomingBody

TYPE = (b"content-type", b"application/offset+octet-stream")
KNOWN = Sender(account_id=1, largest_bytes=1_000_000)
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
    assert may_take_large_bodies({**SCOPE, **change}) is takes


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

        await asyncio.wait_for(Edge(django, never, lambda _scope: KNOWN, threads=1)(dict(SCOPE), receive, send), 20)
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
    monkeypatch.setattr("funkhaus.edge.application.PATIENCE_S", 0.2)
    met, sent = serve_half_a_body(lambda _body, _reading: None)
    assert met == ["the client fell silent, or sends too slowly"]
    assert sent[0]["status"] == 204


Django = Callable[[Any, Any], list[bytes]]


def serve(
    messages: Iterator[Any],
    *,
    sender: Sender | Callable[[Scope], Sender | None] | None,
    django: Django,
    change: dict[str, Any] | None = None,
) -> list[Any]:
    """Send the messages, each when it is asked for, as `sender` or whom it finds; return what came back."""
    ask_for_sender = sender if callable(sender) else lambda _scope: sender

    async def run() -> list[Any]:
        sent: list[Any] = []

        async def receive() -> Any:
            for message in messages:
                if isinstance(message, float):
                    await asyncio.sleep(message)
                    continue
                return message
            return await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        async def never(*_: Any) -> None:
            raise AssertionError

        edge = Edge(django, never, ask_for_sender, threads=1)
        await asyncio.wait_for(edge({**SCOPE, **(change or {})}, receive, send), 20)
        return sent

    return asyncio.run(run())


def part(size: int, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": b"a" * size, "more_body": more}


def read_all(environ: Any, start: Any) -> list[bytes]:
    """As a view: 200 for a body that came whole, 400 for one that can't be read."""
    try:
        size = len(environ["wsgi.input"].read())
    except OSError:
        start("400 Bad Request", [])
        return []
    start("200 OK", [])
    return [str(size).encode()]


def endless(size: int, counted: list[int]) -> Iterator[dict[str, Any]]:
    while True:
        counted.append(size)
        yield part(size)


def test_a_stranger_sends_no_large_body_and_django_answers_without_it() -> None:
    counted: list[int] = []
    sent = serve(endless(SMALL_BYTES, counted), sender=None, django=read_all)
    assert sent[0]["status"] == 400
    assert sum(counted) <= DRAIN_BYTES + 2 * SMALL_BYTES, "what is thrown away is bounded as well"
    known = serve(iter([part(SMALL_BYTES), part(SMALL_BYTES, more=False)]), sender=KNOWN, django=read_all)
    assert (known[0]["status"], known[1]["body"]) == (200, str(2 * SMALL_BYTES).encode())


def test_while_nobody_can_say_who_sends_it_is_asked_to_come_again(caplog: pytest.LogCaptureFixture) -> None:
    def unanswered(_scope: Scope) -> Sender | None:
        raise SenderUnansweredError

    counted: list[int] = []
    sent = serve(endless(SMALL_BYTES, counted), sender=unanswered, django=read_all)
    assert sent[0]["status"] == 503, "nobody is told that their login has ended"
    assert sum(counted) <= DRAIN_BYTES + 2 * SMALL_BYTES
    assert "the database is not available" in caplog.text


def test_a_drip_while_nobody_can_say_who_sends_is_soon_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is thrown away before the 503 has the same patience as every body of a stranger."""

    def unanswered(_scope: Scope) -> Sender | None:
        raise SenderUnansweredError

    monkeypatch.setattr("funkhaus.edge.application.STRANGERS_PATIENCE_S", 0.1)
    counted: list[int] = []
    drip = itertools.chain.from_iterable((0.03, one) for one in endless(1, counted))
    sent = serve(itertools.chain([part(SMALL_BYTES)], drip), sender=unanswered, django=read_all)
    assert sent[0]["status"] == 503
    assert len(counted) < 20, "a tenth of a second, at one byte in three hundredths"


def test_a_small_body_is_taken_from_everybody() -> None:
    sent = serve(iter([part(SMALL_BYTES - 1, more=False)]), sender=None, django=read_all)
    assert sent[0]["status"] == 200


def test_dripping_ends_and_a_slow_line_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second's patience; the drip brings a byte, the slow line twice the least speed."""
    monkeypatch.setattr("funkhaus.edge.application.STRANGERS_PATIENCE_S", 0.1)
    drip = itertools.chain.from_iterable((0.03, part(1)) for _ in itertools.count())
    assert serve(drip, sender=None, django=read_all)[0]["status"] == 408
    slow = itertools.chain.from_iterable((0.03, part(62)) for _ in range(20))
    sent = serve(itertools.chain(slow, [part(1, more=False)]), sender=None, django=read_all)
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"1241")


def test_a_known_sender_that_drips_loses_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.edge.application.PATIENCE_S", 0.1)
    drip = itertools.chain.from_iterable((0.03, part(1)) for _ in itertools.count())
    sent = serve(itertools.chain([part(AHEAD_BYTES)], drip), sender=KNOWN, django=read_all)
    assert sent[0]["status"] == 400


def test_nobody_sends_more_than_the_address_takes() -> None:
    counted: list[int] = []
    sent = serve(endless(SMALL_BYTES, counted), sender=KNOWN, django=read_all)
    assert sent[0]["status"] == 400
    assert sum(counted) <= KNOWN.largest_bytes + 2 * SMALL_BYTES
    told = {"headers": [TYPE, (b"content-length", b"1000001")]}
    whole = iter([part(SMALL_BYTES), part(1, more=False)])
    assert serve(whole, sender=KNOWN, django=read_all, change=told)[0]["status"] == 413


def test_one_account_leaves_places_for_the_others() -> None:
    places = UploadPlaces(3)

    async def take() -> None:
        async with places.take(1), asyncio.timeout(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05), places.take(1):
                    pass
            async with places.take(2):
                pass

    asyncio.run(take())


def test_a_flood_of_logins_is_turned_away_and_takes_two_places_only() -> None:
    places = LoginPlaces()

    async def flood() -> None:
        async with places.take(), places.take():
            waiting = [asyncio.ensure_future(places.take().__aenter__()) for _ in range(MOST_WAITING)]
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert not any(one.done() for one in waiting)
            with pytest.raises(NoPlaceError):
                await places.take().__aenter__()
        for one in waiting:
            one.cancel()

    asyncio.run(flood())
