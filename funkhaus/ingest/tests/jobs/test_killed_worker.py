"""kill -9 of a real worker at any moment, and a new one: the end is the same."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.tests.decoding import play

pytestmark = [pytest.mark.media, pytest.mark.server]

ROOT = Path(__file__).resolve().parents[4]
STATE = "SELECT a.state, j.step, j.progress, j.state FROM ingest_job j JOIN ingest_asset a ON a.id = j.asset_id"


class House:
    """A data folder of its own, with the commands that run in it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("FUNKHAUS_")}
        self.environment |= {"FUNKHAUS_DATA": str(data), "FUNKHAUS_DEMO": "0"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "funkhaus", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str) -> str:
        process = self.start(*words)
        said, _ = process.communicate(timeout=180)
        assert process.returncode == 0, said
        return said

    def ask(self, query: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.data / "funkhaus.sqlite3", timeout=20)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def wait(self, is_reached: Callable[[tuple[object, ...]], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if is_reached(self.ask(STATE)[-1]):
                return
            time.sleep(0.02)
        raise AssertionError(f"not reached: {self.ask(STATE)}")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house"))
    house.run("migrate", "--verbosity", "0")
    return house


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("film") / "film.mp4", size="960x720", seconds=8)


def list_children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(word) for word in text.split()]


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False


def check_result(house: House) -> None:
    state, key = house.ask("SELECT state, key FROM ingest_asset ORDER BY id DESC LIMIT 1")[0]
    assert state == "ready"
    folder = house.data / "media" / str(key)
    names = sorted(path.name for path in folder.rglob("*") if path.is_file() and "-growing" not in path.name)
    ladder = [f"{name}.{suffix}" for name in ("360p", "540p", "720p", "sound") for suffix in ("m3u8", "mp4")]
    beside = ["audio.m4a", "master.m3u8", "storyboard-001.jpg", "storyboard.vtt", "video.mp4"]
    assert names == sorted([*ladder, *beside, "poster.jpg", "poster-480.jpg", "poster-960.jpg"])
    for playlist in folder.rglob("*p.m3u8"):
        picture = play(playlist, "video")
        assert picture is not None
        assert picture.frames == 200
    movie = play(folder / "video.mp4", "video")
    assert movie is not None
    assert movie.size == (720, 540)
    assert list((house.data / "work").iterdir()) == []
    assert not list(house.data.rglob(".part-*"))


@pytest.mark.parametrize(
    "moment",
    [
        lambda row: row[3] == "running",
        lambda row: row[0] == "playable",
        lambda row: row[1] == "rest" and float(row[2]) > 0.3,
    ],
    ids=["just started", "playable", "in the rest"],
)
def test_after_kill_9_a_new_worker_ends_the_same(
    house: House, film: Path, moment: Callable[[tuple[object, ...]], bool]
) -> None:
    house.run("ingest", str(film), "--json")
    worker = house.start("worker")
    try:
        house.wait(moment)
        children = list_children(worker.pid)
    finally:
        worker.kill()
        worker.communicate()
    deadline = time.monotonic() + 5
    while any(map(is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, children)), "the encoder dies with its worker"
    house.run("worker", "--once")
    check_result(house)


def test_a_worker_told_to_end_gives_its_job_back_at_once(house: House, film: Path) -> None:
    house.run("ingest", str(film), "--json")
    worker = house.start("worker")
    house.wait(lambda row: row[0] == "playable")
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=10)
    assert worker.returncode == 0, said
    assert "given back" in said
    state, attempts = house.ask("SELECT state, attempts FROM ingest_job ORDER BY id DESC LIMIT 1")[0]
    assert (state, attempts) == ("queued", 0)
    house.run("worker", "--once")
    check_result(house)
