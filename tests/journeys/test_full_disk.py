"""A disk without room: the editor is told, nothing of the file stays, the portal goes on, and room heals it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.sending.resumable import begin, begin_answer, offset, send
from tests.sending.uploads import UPLOAD, StoredFile, half_upload, list_unfinished, read, upload_clip
from tests.server import Server, list_descendants, serving
from tests.session import Session, log_in

pytestmark = [pytest.mark.media, pytest.mark.server]
NO_ROOM = "Auf dem Server ist kein Platz mehr für diese Datei. Es wurde nichts gespeichert."
ROOMY_BYTES = 900_000_000  # of memory that is taken only as far as files fill it
MOVE_IN = 'mount -t tmpfs -o size=$1 tmpfs "$2" && cp -a "$3/." "$2" && shift 3 && exec "$@"'
# How root and how everybody else gets mounts of their own, and how to follow a process into them.
WAYS = ((["--mount"], ["--mount"]), (["--user", "--map-root-user", "--mount"], ["--user", "--mount"]))


# SQLite follows links by itself, and so out of /proc/<pid>/root: it has to be asked inside.
QUERY = (
    "import json, sqlite3, sys; path, sql, values = sys.argv[1:];"
    "base = sqlite3.connect(f'file:{path}/funkhaus.sqlite3?mode=ro', uri=True, timeout=20);"
    "print(json.dumps(base.execute(sql, json.loads(values)).fetchall()))"
)


@dataclass
class Disk(Server):
    """A server whose whole data folder is a real file system of its own, as large as we like."""

    way_in: list[str] = field(default_factory=list)
    mount_point: Path = Path()

    def inside(self, *command: str) -> str:
        """Run a program that sees what the server sees; return what it printed."""
        follow = ["nsenter", f"--target={self.process.pid}", *self.way_in, "--preserve-credentials"]
        return subprocess.run([*follow, *command], check=True, capture_output=True, text=True).stdout

    def query(self, sql: str, *values: object) -> list[Any]:
        """As on every server, rows as lists."""
        found: list[Any] = json.loads(
            self.inside(sys.executable, "-c", QUERY, str(self.mount_point), sql, json.dumps(values))
        )
        return found

    def resize(self, size_bytes: int) -> None:
        """Make it larger or smaller while it is used."""
        # With both names given, mount(8) adds no owner from the old options, which a user's namespace does not know.
        self.inside("mount", "-o", f"remount,size={size_bytes}", "tmpfs", str(self.mount_point))

    def fill(self, but_bytes: int = 900_000) -> None:
        """Leave that much room, by default less than a megabyte."""
        used = self.inside("du", "-s", "--block-size=1", str(self.mount_point))
        self.resize(int(used.split()[0]) + but_bytes)


@pytest.fixture(scope="module")
def disk(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    data = tmp_path_factory.mktemp("disk") / "data"
    data.mkdir()
    way = next((way for way in WAYS if _may_mount(way[0], data)), None)
    if way is None:
        pytest.skip("nobody may mount here: of the full disk only the limit of one file is tested")
    start, way_in = way
    prefix = ["unshare", *start, "sh", "-c", MOVE_IN, "sh", str(ROOMY_BYTES), str(data), str(blank)]
    with serving(data, prefix=prefix) as server:
        seen = Path(f"/proc/{server.process.pid}/root{data}")  # the folder as the server sees it
        yield Disk(seen, server.port, server.process, server.log, way_in=way_in, mount_point=data)


def _may_mount(start: list[str], folder: Path) -> bool:
    command = ["unshare", *start, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def assert_nothing_stored(server: Server) -> None:
    assert list_unfinished(server.data) == []
    originals = {path.name for path in (server.data / "originals").iterdir()}
    assert originals == {name for (name,) in server.query("SELECT original FROM ingest_asset")}


def assert_serves(session: Session) -> None:
    """Readers and editors get their pages."""
    assert session.server.get("/").status == 200
    assert session.get(UPLOAD).status == 200


def test_on_a_full_disk_an_upload_is_refused_before_a_byte_is_stored(disk: Disk, clip: bytes) -> None:
    session = log_in(disk)
    try:
        for room_bytes in (100_000_000, 900_000):  # enough for the file alone, and not even that
            disk.fill(room_bytes)
            answer = session.post_file(UPLOAD, "file", "voll.mp4", clip + bytes(3_000_000), rating="0")
            assert answer.status == 507
            assert NO_ROOM in read(answer)
            assert_nothing_stored(disk)
            assert_serves(session)
    finally:
        disk.resize(ROOMY_BYTES)
    assert upload_clip(session, clip, "voll.mp4").wait().state == "ready", "room heals it"


def test_a_disk_that_fills_during_an_upload_ends_it_with_a_clear_word(disk: Disk, clip: bytes) -> None:
    session = log_in(disk)
    kept = upload_clip(session, clip, "bestand.mp4").wait()
    kept.publish()
    try:
        with half_upload(session, clip + bytes(12_000_000)) as upload:
            disk.fill()
            answer = upload.finish()
        assert answer.status == 507
        assert NO_ROOM in read(answer)
        assert_nothing_stored(disk)
        assert_serves(session)
        assert kept.plays()
    finally:
        disk.resize(ROOMY_BYTES)
    assert upload_clip(session, clip, "voll.mp4").wait().state == "ready", "room heals it"


def test_a_disk_that_fills_during_a_resumable_upload_costs_nothing_of_it(disk: Disk, clip: bytes) -> None:
    session, content = log_in(disk), clip + bytes(12_000_000)
    path = begin(session, "voll.mp4", len(content))
    assert send(session, path, content[:6_000_000], 0).status == 204
    try:
        disk.fill()
        answer = send(session, path, content[6_000_000:], 6_000_000)
        assert (answer.status, "kein Platz" in answer.json()["message"]) == (507, True)
        assert (begin_answer(session, "neu.mp4", 5_000_000).status, offset(session, path)) == (507, 6_000_000)
        assert_serves(session)
    finally:
        disk.resize(ROOMY_BYTES)
    assert send(session, path, content[6_000_000:], 6_000_000).status == 204
    assert session.get(path).json()["state"] == "stored"


def test_a_file_larger_than_the_disk_takes_in_one_piece_is_refused_the_same_way(
    house: Server, stored: StoredFile, clip: bytes
) -> None:
    """The system refuses to write beyond a size, as FAT does at 4 GB: this needs no right to mount."""
    session = log_in(house)
    (answering,) = list_descendants(house.child("granian"))
    before = resource.prlimit(answering, resource.RLIMIT_FSIZE)
    resource.prlimit(answering, resource.RLIMIT_FSIZE, (6_000_000, before[1]))
    try:
        answer = session.post_file(UPLOAD, "file", "voll.mp4", clip + bytes(9_000_000), rating="0")
    finally:
        resource.prlimit(answering, resource.RLIMIT_FSIZE, before)
    assert answer.status == 507
    assert NO_ROOM in read(answer)
    assert_nothing_stored(house)
    assert_serves(session)
    assert stored.plays()
