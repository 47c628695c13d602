"""kill -9 of any process under `serve`, in the middle of its work: what it did is done again, nothing stays of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.sending.uploads import StoredFile, half_upload, list_unfinished, upload_clip
from tests.server import Server, copy_data, is_alive, list_descendants, serving, wait_for
from tests.session import log_in
from tests.sources import make_clip

pytestmark = [pytest.mark.media, pytest.mark.server]
ENCODING = "SELECT count(*) FROM ingest_job WHERE state = 'running' AND progress > 0.2 AND asset_id = ?"


def web_processes(server: Server) -> list[int]:
    """The web server's process and the one below it that answers."""
    main = server.child("granian")
    answering = wait_for(lambda: list(list_descendants(main)), "the process that answers")
    return [main, *answering]


def find_encoding_worker(server: Server) -> tuple[int, list[int]] | None:
    """The worker that has programs of its own running, and these."""
    workers = [pid for pid, line in server.children().items() if "funkhaus worker" in line]
    return next(((pid, found) for pid in workers if (found := list(list_descendants(pid)))), None)


@pytest.mark.parametrize("which", ["the process that answers", "the web server"])
def test_a_web_process_killed_in_an_upload_leaves_nothing_and_the_same_upload_works_again(
    house: Server, stored: StoredFile, clip: bytes, which: str
) -> None:
    session = log_in(house)
    main, *answering = web_processes(house)
    before = house.query("SELECT count(*) FROM ingest_asset")
    with half_upload(session, clip + bytes(6_000_000)):
        os.kill(main if which == "the web server" else answering[0], signal.SIGKILL)
        wait_for(lambda: not any(map(is_alive, answering)), "the killed process to be gone", 10)
        wait_for(house.is_up, "the web process to come back", 60)
    assert list_unfinished(house.data) == []
    assert house.query("SELECT count(*) FROM ingest_asset") == before, "half a file is no media file"

    assert house.get("/").status == 200
    assert stored.plays()
    again = upload_clip(session, clip + bytes(6_000_000), "halb.mp4").wait()
    assert again.state == "ready", again.said()
    assert list_unfinished(house.data) == []


def test_everything_killed_in_an_upload_is_tidied_by_the_next_start(blank: Path, tmp_path: Path, clip: bytes) -> None:
    data = copy_data(blank, tmp_path / "data")
    with serving(data) as server, half_upload(log_in(server), clip + bytes(6_000_000)):
        everything = [server.process.pid, *server.children()]
        for pid in everything:
            os.kill(pid, signal.SIGSTOP)  # none may tidy up after another
        for pid in everything:
            os.kill(pid, signal.SIGKILL)
        server.process.wait(10)
        wait_for(lambda: not any(map(is_alive, everything)), "all to be gone", 10)
    assert list_unfinished(data), "nobody was left to remove it"
    with serving(data) as server:
        assert list_unfinished(data) == []
        assert server.get("/").status == 200


def test_a_worker_killed_while_it_encodes_comes_back_and_the_item_ends_ready(
    house: Server, stored: StoredFile, tmp_path: Path
) -> None:
    film = make_clip(tmp_path / "film.mp4", size="960x720", seconds=8).read_bytes()
    upload = upload_clip(log_in(house), film, "film.mp4")
    worker, encoders = wait_for(
        lambda: house.query(ENCODING, upload.asset_id)[0][0] and find_encoding_worker(house),
        "a worker to encode",
        60,
        pause=0.02,
    )
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not any(map(is_alive, encoders)), "the encoder to end with its worker", 10)
    assert house.get("/").status == 200
    assert stored.plays()

    upload.wait()
    assert upload.state == "ready", upload.said()
    assert "taken_over" in house.query("SELECT log FROM ingest_job WHERE asset_id = ?", upload.asset_id)[0][0]
    assert not is_alive(worker)
    assert list((house.data / "work").iterdir()) == []
    assert not list(house.data.rglob(".part-*"))
    upload.publish()
    assert upload.plays()
