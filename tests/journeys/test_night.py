"""A programme rated 16 plays between 22 and 6 o'clock only: by plain requests, with the server's clock really set so.

The hours: JMStV § 5 (4), as `funkhaus.protection.rules` states them.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest

from tests.server import Answer, Server, fetch, run_command, serving
from tests.sources import make_clip

BERLIN = ZoneInfo("Europe/Berlin")


def tomorrow_at(hour: int, minute: int = 0) -> datetime:
    """That hour of tomorrow in Berlin: after the clip was published, whenever the test runs."""
    day = datetime.now(BERLIN) + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def ingest(data: Path, clip: Path, rating: str) -> dict[str, Any]:
    """Put a clip into the Mediathek and wait until it is ready."""
    arguments = ["--title", f"Prüfung {rating}", "--rating", rating, "--publish", "--wait", "--json"]
    result = run_command(data, "ingest", str(clip), *arguments)
    found: dict[str, Any] = json.loads(result.stdout.strip().splitlines()[-1])
    assert found["state"] == "ready", found
    return found


def ask(server: Server, video: str) -> tuple[Answer, list[int]]:
    """The decision with script, and the statuses of the three addresses without script."""
    names = ("master.m3u8", "video.mp4", "audio.m4a")
    return server.post(f"/api/playback/{video}"), [server.get(f"/medien/{video}/{name}").status for name in names]


def cookie_of(answer: Answer) -> dict[str, str]:
    cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie", [])]
    return {"Cookie": "; ".join(cookies)} if cookies else {}


@pytest.mark.media
def test_a_programme_rated_16_refuses_at_noon_and_plays_at_23(own_folder: Path, tmp_path: Path) -> None:
    video = ingest(own_folder, make_clip(tmp_path / "clip.mp4"), "16")["id"]

    with serving(own_folder, moment=tomorrow_at(12)) as server:
        decision, plain = ask(server, video)
        assert decision.status == 403, decision.text
        assert decision.json()["reason"] == "age_locked"
        opens = [one["at"] for one in decision.json()["remedies"] if one["kind"] == "wait"]
        assert [datetime.fromisoformat(at) for at in opens] == [tomorrow_at(22)]
        assert plain == [403, 403, 403]

    with serving(own_folder, moment=tomorrow_at(23)) as server:
        decision, plain = ask(server, video)
        assert decision.status == 200, decision.text
        assert plain == [302, 302, 302]
        manifest = urljoin(server.url, decision.json()["manifest"])
        cookie = cookie_of(decision)
        assert fetch(manifest, headers=cookie).text.startswith("#EXTM3U")
        assert fetch(manifest).status == 403, "the path of a restricted programme is bound to the cookie"
        moved = server.get(f"/medien/{video}/video.mp4")
        assert "no-store" in moved.headers["Cache-Control"]
        bytes_ = fetch(urljoin(server.url, moved.headers["Location"]), headers=cookie_of(moved))
        assert bytes_.status == 200
        assert bytes_.body[4:8] == b"ftyp"

    later = tomorrow_at(12) + timedelta(days=1)
    with serving(own_folder, moment=later) as server:
        path = manifest.split("/", 3)[3]
        answer = server.get(f"/{path}", headers=cookie)
        assert answer.status in {403, 410}, "last night's path does not play by day"


@pytest.mark.media
def test_a_programme_for_all_plays_at_every_hour(own_folder: Path, tmp_path: Path) -> None:
    video = ingest(own_folder, make_clip(tmp_path / "clip.mp4"), "0")["id"]
    with serving(own_folder, moment=tomorrow_at(12)) as server:
        decision, plain = ask(server, video)
        assert decision.status == 200, decision.text
        assert plain == [302, 302, 302]
        assert not decision.headers.get_all("Set-Cookie"), "what anybody may see needs no cookie"
        assert fetch(urljoin(server.url, decision.json()["manifest"])).status == 200


@pytest.mark.media
def test_the_servers_clock_is_the_one_that_was_set(own_folder: Path) -> None:
    moment = tomorrow_at(23)
    with serving(own_folder, moment=moment) as server:
        told = datetime.strptime(server.get("/").headers["Date"], "%a, %d %b %Y %H:%M:%S %Z").replace(
            tzinfo=ZoneInfo("UTC")
        )
    assert abs((told - moment).total_seconds()) < 120
