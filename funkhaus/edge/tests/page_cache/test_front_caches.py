"""Caches in front are told of every change, at once and again, until they have heard it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from django.core.checks import run_checks

from funkhaus.edge.page_cache import front_caches
from funkhaus.edge.page_cache.front_caches import AGAIN_S, KEY, FrontCaches, forget


class Cache(BaseHTTPRequestHandler):
    """Answers as a cache in front does, or as something else."""

    status: ClassVar[int] = 200
    told: ClassVar[list[tuple[str, str | None]]] = []

    def do_BAN(self) -> None:
        self.told.append((self.path, self.headers["Funkhaus-Key"]))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing is written."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Cache, "told", [])
    with ThreadingHTTPServer(("127.0.0.1", 0), Cache) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_change_is_told_at_once_and_again_when_all_processes_have_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    told: list[float] = []
    caches = FrontCaches(["a", "b"], lambda _address, key: told.append(now) if key == KEY else None)
    assert not caches.is_reliable, "what a cache keeps may be from before this process"
    caches.tell_what_is_due()
    assert (told, caches.is_reliable) == ([100.0] * 2, True)
    now = 200.0
    caches.note_change()
    caches.tell_what_is_due()
    assert (told[2:], caches.is_reliable) == ([200.0] * 2, False)
    now += AGAIN_S / 2
    caches.tell_what_is_due()
    assert len(told) == 4
    now = 200.0 + AGAIN_S
    caches.tell_what_is_due()
    assert (told[4:], caches.is_reliable) == ([now] * 2, True)


def test_a_cache_that_does_not_hear_is_told_again_and_trusted_no_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now, is_away = 100.0, True
    monkeypatch.setattr(time, "monotonic", lambda: now)
    told: list[str] = []

    def tell(address: str, _key: str) -> None:
        if address == "a" and is_away:
            raise ConnectionRefusedError("nobody there")
        told.append(address)

    caches = FrontCaches(["a", "b"], tell)
    for _ in range(3):
        caches.tell_what_is_due()
        assert not caches.is_reliable
        now += front_caches.RETRY_S
    assert set(told) == {"b"}, "the others are told all the same"
    assert len(caplog.records) == 1, "said once"
    is_away = False
    caches.tell_what_is_due()
    assert (told[-2:], caches.is_reliable) == (["a", "b"], True)


def test_a_change_while_they_are_told_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)

    def tell(_address: str, _key: str) -> None:
        nonlocal now
        now += 0.5
        if now < 101:
            caches.note_change()

    caches = FrontCaches(["a"], tell)
    caches.tell_what_is_due()
    assert not caches.is_reliable


def test_the_thread_tells_a_real_cache(address: str) -> None:
    caches = FrontCaches([address])
    caches.start()
    deadline = time.monotonic() + 20
    while not caches.is_reliable and time.monotonic() < deadline:
        time.sleep(0.02)
    assert Cache.told == [("/", KEY)]


def test_the_check_tries_every_cache(address: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PURGE = (address,)
    assert run_checks(tags=["edge"]) == []
    assert Cache.told == [("/", "check")]
    monkeypatch.setattr(Cache, "status", 403)
    (refused,) = run_checks(tags=["edge"])
    assert "403" in refused.msg
    settings.PURGE = ("http://127.0.0.1:1",)
    (away,) = run_checks(tags=["edge"])
    assert away.id == "edge.W001"


def test_what_is_no_cache_is_an_error(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cache, "status", 501)
    with pytest.raises(OSError, match="501"):
        forget(address, KEY)
