"""The flow of the page cache: one rendering for all who wait, and what has changed is sent to nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import time_machine

from funkhaus.edge.page_cache.cache import RENEW_S
from funkhaus.edge.tests.page_cache.house import BODY, NOON, House, run


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
