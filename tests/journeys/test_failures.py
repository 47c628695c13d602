"""What breaks outside breaks nothing inside: a clear word to the right person, nothing lost, nothing left lying."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.server import ROOT, clean_environment, free_port, run_command, serving
from tests.session import log_in
from tests.sources import make_clip


def test_a_taken_port_is_named_and_nothing_starts(own_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run_command(own_folder, "serve", check=False, PORT=str(port), seconds=60)
    assert result.returncode != 0
    assert str(port) in result.stderr
    assert "FUNKHAUS_PORT" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_second_start_in_the_same_folder_is_refused_and_the_first_goes_on(own_folder: Path) -> None:
    with serving(own_folder) as server:
        result = run_command(own_folder, "serve", check=False, PORT=str(free_port()), seconds=60)
        assert result.returncode != 0
        assert server.url in result.stderr, "the message says where it runs already"
        assert "Traceback" not in result.stderr
        assert server.get("/").status == 200


def test_the_server_stops_at_once_and_leaves_no_process(own_folder: Path) -> None:
    with serving(own_folder) as server:
        children = set(server.children())
        assert len(children) >= 2
        assert server.stop() == 0
    left = [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert not left


def test_a_locked_database_is_a_503_with_a_way_on(own_folder: Path) -> None:
    with serving(own_folder) as server:
        session = log_in(server)
        lock = sqlite3.connect(own_folder / "funkhaus.sqlite3", isolation_level=None, timeout=30)
        lock.execute("BEGIN IMMEDIATE")
        try:
            assert server.get("/").status == 200, "readers go on while somebody writes"
            busy = session.post("/redaktion/logout/", seconds=60)
        finally:
            lock.rollback()
            lock.close()
        assert busy.status == 503, busy.status
        assert int(busy.headers["Retry-After"]) > 0
        assert "no-store" in busy.headers["Cache-Control"]
        assert "Traceback" not in busy.text
        assert session.post("/redaktion/logout/").status == 302, "the way on leads on"


def test_without_ffmpeg_the_portal_serves_and_an_upload_says_why(own_folder: Path, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    with serving(own_folder, FFMPEG="/nowhere/ffmpeg") as server:
        assert server.get("/").status == 200
    result = run_command(own_folder, "ingest", str(clip), "--wait", "--json", check=False, FFMPEG="/nowhere/ffmpeg")
    assert result.returncode != 0
    assert "ffmpeg" in (result.stdout + result.stderr).lower()
    assert "Traceback" not in result.stderr


def test_a_full_disk_refuses_the_file_and_keeps_nothing_of_it(own_folder: Path, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    with clip.open("ab") as file:
        file.write(os.urandom(6_000_000))
    originals = own_folder / "originals"
    report = (
        f"mount -t tmpfs -o size=2m tmpfs {originals} && {sys.executable} -m funkhaus ingest {clip} --json;"
        f" code=$?; find {originals} -type f; exit $code"
    )
    ways = [["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]]
    way = next((one for one in ways if subprocess.run([*one, "true"], check=False).returncode == 0), None)
    assert way is not None, "neither root nor user namespaces: nothing here can have a full disk"
    result = subprocess.run(
        [*way, "sh", "-c", report],
        cwd=ROOT,
        env=clean_environment(own_folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "kein Platz mehr" in result.stdout + result.stderr
    assert str(originals) not in result.stdout, "a part of the file stayed"
