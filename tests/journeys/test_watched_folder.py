"""`serve` with a folder to watch: killed again and again while files come, each file is there once."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.sending.reference_uploads import hash_file, write_noise
from tests.server import Server, copy_data, serving, wait_for

pytestmark = pytest.mark.server
FILES = 5


def test_files_laid_into_the_folder_arrive_once_although_the_watcher_is_killed(blank: Path, tmp_path: Path) -> None:
    folder = tmp_path / "eingang"
    (folder / "news").mkdir(parents=True)
    films = [write_noise(tmp_path / f"film {number}.mp4", 300_000) for number in range(FILES)]
    data = copy_data(blank, tmp_path / "data")
    with serving(data, WATCH=str(folder)) as server:
        server.child("funkhaus watch")
        thread = threading.Thread(target=lay_slowly, args=(films, folder))
        thread.start()
        for _ in range(2):
            kill_watcher_when_it_works(server)
        thread.join()
        wait_for(lambda: count(server) >= FILES and not list_waiting(folder), "all files to be taken in", 60)
        time.sleep(2)
        names = [name for (name,) in server.query("SELECT original_name FROM ingest_asset ORDER BY original_name")]
        assert names == sorted(film.name for film in films)
        for name, original in server.query("SELECT original_name, original FROM ingest_asset"):
            assert hash_file(data / "originals" / original) == hash_file(tmp_path / name)
        assert {path.name for path in (data / "originals").iterdir()} == {
            original for (original,) in server.query("SELECT original FROM ingest_asset")
        }


def lay_slowly(films: list[Path], folder: Path) -> None:
    """As a copy over the network: each grows for a while."""
    for film in films:
        with film.open("rb") as source, (folder / film.name).open("wb") as target:
            for _ in range(3):
                target.write(source.read(100_000))
                target.flush()
                time.sleep(0.1)
        shutil.copystat(film, folder / film.name)


def kill_watcher_when_it_works(server: Server) -> None:
    before = count(server)
    wait_for(lambda: count(server) > before or count(server) == FILES, "a file to be taken in", 60, pause=0.005)
    os.kill(server.child("funkhaus watch"), signal.SIGKILL)


def count(server: Server) -> int:
    return int(server.query("SELECT count(*) FROM ingest_asset")[0][0])


def list_waiting(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
