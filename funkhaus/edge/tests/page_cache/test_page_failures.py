"""Pages that fail, are not for everybody, or are too many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from funkhaus.edge.page_cache.cache import FAILED_S
from funkhaus.edge.page_cache.content_state import PATIENCE_S
from funkhaus.edge.tests.page_cache.house import BODY, NOON, House, run


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
