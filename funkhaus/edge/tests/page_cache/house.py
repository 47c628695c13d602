"""A Django that counts, a content that changes, and a page cache before them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from funkhaus.edge.page_cache.cache import Keeping, PageCache
from funkhaus.edge.page_cache.content_state import ContentState
from funkhaus.edge.page_cache.rendering import Rendering
from funkhaus.kernel.clock import SystemClock

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
PUBLIC = ((b"cache-control", b"public, max-age=0"), (b"content-type", b"text/html"), (b"etag", b'"x"'))
BODY = b"<p>Der Kran steht.</p>" * 50


Answer = tuple[int, dict[bytes, bytes], bytes]


class House:
    """A Django that counts, a content that changes, and a cache before them."""

    def __init__(self, limit: int = 1_000_000) -> None:
        self.body, self.status, self.headers = BODY, 200, PUBLIC
        self.asked: list[str] = []
        self.marker, self.next_moment = 1, NOON + timedelta(hours=1)
        self.wait: asyncio.Event | None = None
        self.error: Exception | None = None
        self.state = ContentState(lambda: self.marker, lambda _now: self.next_moment, SystemClock())
        self.state.look()
        self.cache = PageCache(self.render, Keeping(self.state, limit, host="a"))

    async def render(self, scope: Any) -> Rendering:
        self.asked.append(scope["path"])
        assert not {b"cookie", b"authorization", b"accept-encoding"} & {name for name, _value in scope["headers"]}
        answer = Rendering(self.status, self.headers, self.body)
        if self.wait is not None:
            await self.wait.wait()
        if self.error is not None:
            raise self.error
        return answer

    def change(self) -> None:
        self.marker += 1
        self.state.look()

    async def get(
        self, path: str = "/", method: str = "GET", **headers: bytes
    ) -> tuple[int, dict[bytes, bytes], bytes]:
        """Status 0: Django has to answer by itself."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        given = [(b"host", b"a"), *((name.replace("_", "-").encode(), value) for name, value in headers.items())]
        path, _question, query = path.partition("?")
        scope = {"method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode()}
        if not await self.cache.answer({**scope, "headers": given}, send):
            return 0, {}, b""
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def run(play: Callable[[House], Coroutine[Any, Any, None]], limit: int = 1_000_000) -> None:
    with time_machine.travel(NOON, tick=False):
        asyncio.run(play(House(limit)))
