"""A process makes its first pages before anybody asks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from funkhaus.edge.application import Edge
from funkhaus.edge.page_cache.cache import Keeping
from funkhaus.edge.page_cache.first_pages import MOST, list_links
from funkhaus.edge.tests.page_cache.house import House, run


def test_the_links_of_a_page_are_read_once_each_and_not_without_end() -> None:
    body = b'<a class="x" href="/neu/">Neu</a><a href="/neu/">Neu</a><a href="https://example.org/">'
    body += b'<link href="/static/x.css"><a href="/suche/?q=x">' + b"".join(b'<a href="/%d/">' % i for i in range(99))
    found = list_links(body)
    assert found[:2] == ["/neu/", "/0/"]
    assert len(found) == MOST


def test_home_and_what_it_links_to_are_made_at_the_start() -> None:
    async def play(house: House) -> None:
        house.body = b'<a href="/neu/">Neu</a> <a href="/redaktion/">Redaktion</a> <a href="/b%C3%BChne/">x</a>'
        await house.cache.make_first_pages(0)
        assert house.asked == ["/", "/neu/", "/bühne/"], "no address of somebody"
        for path in ("/", "/neu/"):
            status, _headers, body = await house.get(path)
            assert (status, body) == (200, house.body)
        assert len(house.asked) == 3

    run(play)


def test_a_start_makes_them_and_answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.edge.application.START_S", 0.0)
    asked: list[str] = []

    def django(environ: Any, start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start("200 OK", [("Cache-Control", "public, max-age=0")])
        return [b"<p>x</p>"]

    async def serve() -> None:
        house = House()
        told = iter([{"type": "lifespan.startup"}])
        said: list[Any] = []

        async def receive() -> Any:
            for message in told:
                return message
            while not asked:
                await asyncio.sleep(0.01)
            return {"type": "lifespan.shutdown"}

        async def send(message: Any) -> None:
            said.append(message["type"])

        async def never(*_: Any) -> None:
            raise AssertionError

        edge = Edge(django, never, lambda _scope: None, 1, pages=Keeping(house.state, 1_000_000, "a"))
        await asyncio.wait_for(edge({"type": "lifespan"}, receive, send), 10)
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert asked == ["/"]
        # Its thread sends into this loop, which must not end before.
        await asyncio.wait_for(asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()})), 10)

    asyncio.run(serve())
