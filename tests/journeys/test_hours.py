"""The two turns of the night, with the server's clock really set: a page unlocks by itself, a running film goes on.

By plain requests and a browser's own clicks; nothing in the house knows that it is being tested.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.browser.player.watch import assert_plays, watching
from tests.journeys.test_night import BERLIN, cookie_of, ingest
from tests.server import Server, copy_data, fetch, serving
from tests.sources import make_clip

FILES = ("master.m3u8", "video.mp4", "audio.m4a")
LOCKED, UNLOCKED = "nur nachts", "Jetzt kannst du das ansehen."


def night(clock: str, days: int) -> datetime:
    """That time in Berlin some days ahead."""
    hour, minute, second = map(int, clock.split(":"))
    day = datetime.now(BERLIN) + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=second, microsecond=0)


@dataclass
class Hour:
    """A server and the moment that it lives in."""

    server: Server
    offset: float

    def now(self) -> float:
        """The server's clock in Unix seconds."""
        return time.time() + self.offset

    def wait_for(self, moment: datetime) -> None:
        """Sleep until the server's clock shows `moment`; fails where that has passed."""
        left = moment.timestamp() - self.now()
        assert left > 0, f"the machine was too slow: {-left:.0f} s too late for {moment:%H:%M:%S}"
        time.sleep(left)


@contextmanager
def living_at(data: Path, moment: datetime, *, lead: float = 14) -> Iterator[Hour]:
    """A server that is up before its clock shows `moment`; a slow machine gets more time."""
    for seconds in (lead, lead * 3, lead * 6):
        offset = round(moment.timestamp() - seconds - time.time())  # whole seconds, as `serving` sets them
        with serving(data, moment=datetime.fromtimestamp(time.time() + offset, BERLIN)) as server:
            hour = Hour(server, offset)
            if hour.now() < moment.timestamp() - 1:
                yield hour
                return
    raise AssertionError("the server was never up in time")


@pytest.fixture(scope="module")
def film(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A data folder with one published film rated 16, four seconds long."""
    data = copy_data(blank, tmp_path_factory.mktemp("hours") / "data")
    clip = make_clip(tmp_path_factory.mktemp("film") / "clip.mp4", seconds=4)
    return data, ingest(data, clip, "16")


@pytest.mark.server
@pytest.mark.media
def test_a_page_open_before_ten_unlocks_at_ten_by_itself(film: tuple[Path, dict[str, Any]], browser: Any) -> None:
    data, video = film
    path = "/" + video["url"].split("/", 3)[3]
    with living_at(data, night("21:59:57", 1)) as hour, watching(browser, hour.server) as watched:
        page = watched.open(path)
        button, notice = page.locator("fh-player button"), page.locator("fh-player .fh-player-notice")
        hour.wait_for(night("21:59:58", 1))
        button.click()
        notice.filter(has_text=LOCKED).wait_for()
        assert not [one for one in watched.paths if one.startswith("/m/")]
        plain = [hour.server.get(f"/medien/{video['id']}/{name}").status for name in FILES]
        if hour.now() < night("21:59:59", 1).timestamp():
            assert plain == [403, 403, 403]
        notice.filter(has_text=UNLOCKED).wait_for(timeout=8000)
        assert night("22:00:00", 1).timestamp() <= hour.now() <= night("22:00:03", 1).timestamp()
        button.click()
        assert_plays(page.locator("video").first, past_s=0.5)
        faults = [one for one in watched.complaints if "403" not in one]  # the browser notes the refusal itself
        assert faults == []


@pytest.mark.server
@pytest.mark.media
def test_at_six_a_running_film_goes_on_and_a_new_one_is_refused(film: tuple[Path, dict[str, Any]]) -> None:
    data, video = film
    with living_at(data, night("05:59:58", 2)) as hour:
        hour.wait_for(night("05:59:59", 2))
        decision = hour.server.post(f"/api/playback/{video['id']}")
        moved = [hour.server.get(f"/medien/{video['id']}/{name}") for name in FILES]
        assert decision.status == 200, decision.text
        if hour.now() < night("06:00:00", 2).timestamp():
            assert [one.status for one in moved] == [302, 302, 302]
        cookie = cookie_of(decision)
        paths = collect(hour.server, decision.json()["manifest"], cookie)
        time.sleep(max(0.0, night("06:00:00", 2).timestamp() - hour.now()))
        refused = hour.server.post(f"/api/playback/{video['id']}", headers=cookie)
        assert (refused.status, refused.json()["reason"]) == (403, "age_locked")
        assert [hour.server.get(f"/medien/{video['id']}/{name}", headers=cookie).status for name in FILES] == [403] * 3
        for path in paths:
            whole = hour.server.get(path, headers=cookie)
            assert whole.status == 200, "what began at night goes on"
            part = hour.server.get(path, headers=cookie | {"Range": "bytes=5-9"})
            assert (part.status, part.body) == (206, whole.body[5:10]), "seeking included"
            assert hour.server.get(path).status == 403
    with serving(data, moment=night("06:30:10", 2)) as server:
        for path in paths:
            answer = server.get(path, headers=cookie)
            assert (answer.status, answer.headers["Cache-Control"]) == (410, "no-store"), path


def collect(server: Server, manifest: str, cookie: dict[str, str]) -> list[str]:
    """The addresses of a film: manifest, every playlist, what they name, and the files for plain players."""
    folder = manifest.rpartition("/")[0]
    found, waiting = [manifest, f"{folder}/video.mp4", f"{folder}/poster.jpg"], [manifest]
    while waiting:
        here = waiting.pop()
        text = fetch(server.url + here, headers=cookie).text
        names = [line for line in text.splitlines() if line and not line.startswith("#")]
        names += [piece.split('"')[0] for piece in text.split('URI="')[1:]]
        for name in dict.fromkeys(names):
            address = urljoin(here, name)
            if address not in found:
                found.append(address)
                waiting += [address] if address.endswith(".m3u8") else []
    assert len(found) >= 6, found
    return found
