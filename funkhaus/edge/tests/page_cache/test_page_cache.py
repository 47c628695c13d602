"""The flow of the page cache: one rendering for all who wait, nothing old, nothing of somebody's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from funkhaus.edge.page_cache.cache import FAILED_S, RENEW_S, PageCache
from funkhaus.edge.page_cache.content_state import PATIENCE_S, ContentState
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
        self.cache = PageCache(self.render, self.state, limit)

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


def test_a_page_is_made_once_and_sent_to_all() -> None:
    async def play(house: House) -> None:
        first = await house.get()
        assert first[0] == 200
        assert first[2] == BODY
        assert await house.get(cookie=b"fh_session=abc") == first
        assert len(house.asked) == 1

    run(play)


def test_a_thousand_who_wait_cost_one_rendering() -> None:
    async def play(house: House) -> None:
        house.wait = asyncio.Event()
        waiting = [asyncio.create_task(house.get()) for _ in range(1000)]
        await asyncio.sleep(0)
        waiting[0].cancel()  # the one for whom it is made leaves
        await asyncio.sleep(0)
        house.wait.set()
        answers = await asyncio.gather(*waiting[1:])
        assert {answer[0] for answer in answers} == {200}
        assert len(house.asked) == 1

    run(play)


def test_what_has_changed_is_sent_to_nobody_any_more() -> None:
    async def play(house: House) -> None:
        await house.get()
        house.body = b"new" * 300
        house.change()
        assert (await house.get())[2] == house.body
        assert len(house.asked) == 2

    run(play)


def test_pages_in_use_are_made_anew_before_somebody_asks() -> None:
    async def play(house: House) -> None:
        for path in ("/", "/1/", "/2/"):
            await house.get(path)
        house.body = b"new" * 300
        house.change()
        for _ in range(20):
            await asyncio.sleep(0)
        assert house.asked[3:] == ["/2/", "/1/", "/"]
        assert (await house.get())[2] == house.body
        assert len(house.asked) == 6

    run(play)


def test_a_page_made_while_something_changed_is_not_kept_for_the_new() -> None:
    async def play(house: House) -> None:
        house.wait = asyncio.Event()
        old = asyncio.create_task(house.get())
        await asyncio.sleep(0)
        house.body = b"new" * 300
        house.change()
        house.wait.set()
        await old
        assert (await house.get())[2] == house.body

    run(play)


def test_what_ends_by_the_clock_ends_at_its_second() -> None:
    async def play(house: House) -> None:
        house.next_moment = NOON + timedelta(seconds=30)
        house.change()
        await house.get()
        with time_machine.travel(NOON + timedelta(seconds=29), tick=False):
            await house.get()
            assert len(house.asked) == 1
        house.body = b"new" * 300
        with time_machine.travel(NOON + timedelta(seconds=30), tick=False):
            assert (await house.get())[2] == house.body, "before the thread has looked again"
            house.next_moment += timedelta(hours=1)
            house.state.look()
            await house.get()
            await house.get()
        assert len(house.asked) == 3

    run(play)


def test_a_page_in_use_is_renewed_beside() -> None:
    async def play(house: House) -> None:
        await house.get()
        house.body = b"new" * 300
        with time_machine.travel(NOON + timedelta(seconds=RENEW_S + 1), tick=False):
            house.state.look()
            assert (await house.get())[2] == BODY, "nobody waits"
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert (await house.get())[2] == house.body
        assert len(house.asked) == 2

    run(play)


def test_without_news_of_the_database_nothing_kept_is_trusted_for_long() -> None:
    async def play(house: House) -> None:
        await house.get()
        with time_machine.travel(NOON + timedelta(seconds=PATIENCE_S + 1), tick=False):
            await house.get()
        assert len(house.asked) == 2

    run(play)


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ((b"cache-control", b"private, no-store"),),
        ((b"cache-control", b"public"), (b"set-cookie", b"fh_x=1")),
        ((b"cache-control", b"public, no-store"),),
        ((b"cache-control", b"public"), (b"vary", b"Cookie, Accept-Encoding")),
        ((b"cache-control", b"public"), (b"vary", b"accept-encoding"), (b"vary", b"cookie")),
    ],
)
def test_what_is_not_for_everybody_is_answered_by_django_each_time(headers: Any) -> None:
    async def play(house: House) -> None:
        house.headers = headers
        for _ in range(3):
            assert (await house.get())[0] == 0
        assert len(house.asked) == 1, "it is known for a while"

    run(play)


def test_a_page_that_fails_is_replaced_by_the_former_one_marked_and_told(caplog: pytest.LogCaptureFixture) -> None:
    async def play(house: House) -> None:
        await house.get()
        house.change()
        for house.status, house.error in ((500, None), (200, RuntimeError("broken"))):
            status, headers, body = await house.get()
            assert (status, body) == (200, BODY)
            assert headers[b"warning"].startswith(b"111")
        house.status, house.error = 200, None
        assert b"warning" not in (await house.get())[1]
        house.change()
        house.status = 503
        with time_machine.travel(NOON + timedelta(seconds=FAILED_S + 1), tick=False):
            house.state.look()
            assert (await house.get())[0] == 0, "too old to be sent"

    run(play)
    assert caplog.text.count("could not be made") == 3


def test_what_ended_by_the_clock_is_not_sent_though_the_new_page_fails() -> None:
    async def play(house: House) -> None:
        house.next_moment = NOON + timedelta(seconds=5)
        house.change()
        await house.get()
        house.status = 500
        with time_machine.travel(NOON + timedelta(seconds=6), tick=False):
            assert (await house.get())[0] == 0

    run(play)


def test_codings_tags_and_head() -> None:
    async def play(house: House) -> None:
        _status, plain, body = await house.get()
        _status, packed, small = await house.get(accept_encoding=b"gzip, br")
        assert packed[b"content-encoding"] == b"br"
        assert len(small) < len(body)
        assert packed[b"content-length"] == str(len(small)).encode()
        assert packed[b"vary"] == plain[b"vary"] == b"Accept-Encoding"
        status, headers, nothing = await house.get(if_none_match=b'"old", ' + packed[b"etag"])
        assert (status, nothing) == (304, b"")
        assert b"content-length" not in headers
        assert headers[b"etag"] == packed[b"etag"]
        status, headers, nothing = await house.get(method="HEAD")
        assert (status, nothing) == (200, b"")
        assert headers == plain
        assert (await house.get(range=b"bytes=0-9"))[0] == 200, "a page comes whole"
        assert len(house.asked) == 1

    run(play)


def test_head_then_get_shows_the_page() -> None:
    async def play(house: House) -> None:
        assert (await house.get(method="HEAD"))[2] == b""
        assert (await house.get())[2] == BODY

    run(play)


def test_a_full_store_lets_the_longest_unused_go() -> None:
    async def play(house: House) -> None:
        for number in range(60):
            await house.get(f"/{number}/")
            await house.get("/0/")
        assert house.cache.size <= 100_000
        count = len(house.asked)
        await house.get("/0/")
        assert len(house.asked) == count
        await house.get("/1/")
        assert len(house.asked) == count + 1

    run(play, limit=100_000)


def test_a_hundred_thousand_missing_pages_push_no_page_out() -> None:
    async def play(house: House) -> None:
        await house.get("/")
        house.status = 404
        for number in range(2_000):
            assert (await house.get(f"/nirgends-{number}/"))[0] == 404
        assert house.cache.size <= 1_100_000
        count = len(house.asked)
        assert (await house.get("/"))[0] == 200
        assert len(house.asked) == count

    run(play)


def test_nothing_is_kept_before_anything_is_known_of_the_content() -> None:
    async def play(house: House) -> None:
        house.state.version = 0
        assert (await house.get())[0] == 0
        assert house.asked == []

    run(play)


def test_the_clock_that_is_set_back_shows_nothing_old() -> None:
    async def play(house: House) -> None:
        await house.get()
        with time_machine.travel(NOON - timedelta(hours=2), tick=False):
            await house.get()
            house.body = b"new" * 300
            house.change()
            assert (await house.get())[2] == house.body

    run(play)
