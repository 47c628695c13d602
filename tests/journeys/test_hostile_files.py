"""Files that are not what they seem, through the editor's upload: the reason is told, and nothing gets out."""

from __future__ import annotations

import socket
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sending.uploads import UPLOAD, StoredFile, list_unfinished, read, upload_clip
from tests.server import Server
from tests.session import Session, log_in
from tests.sources import make_clip

pytestmark = [pytest.mark.media, pytest.mark.server]
PUBLISH = "Jetzt veröffentlichen"
PLAYLIST = "keine Mediendatei, sondern eine Wiedergabeliste"


def make_picture() -> bytes:
    """One grey pixel as PNG."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    )
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="module")
def session(house: Server) -> Session:
    return log_in(house)


@pytest.fixture
def target() -> Iterator[socket.socket]:
    """A place in the net that a playlist points at and nobody may visit."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield listener


def assert_refused(file: StoredFile, reason: str) -> None:
    """The page that the editor follows says why, and offers no way to publish it."""
    said = file.wait().said()
    assert file.state == "refused"
    assert reason in said, said
    assert PUBLISH not in said
    progress = file.session.get(f"/redaktion/mediathek/dateien/{file.asset_id}/stand.json").json()
    assert reason in progress["error"]
    assert not progress["can_retry"], "the file itself is the cause"


def assert_not_public(file: StoredFile) -> None:
    server = file.session.server
    for name in ("master.m3u8", "video.mp4", "audio.m4a"):
        assert server.get(f"/medien/{file.public_id}/{name}").status == 404
    assert server.post(f"/api/playback/{file.public_id}").status == 404
    assert server.get(f"/video/{file.public_id}-pruefling/").status == 404


def assert_nothing_left(file: StoredFile) -> None:
    assert not file.folder.exists() or not any(file.folder.iterdir())
    assert list((file.session.server.data / "work").iterdir()) == []
    assert list_unfinished(file.session.server.data) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!doctype html><title>Nicht gefunden</title><h1>404</h1>" * 20, "eine Webseite und keine Mediendatei"),
        (b"Liebe Redaktion, anbei der Film.\n" * 40, "eine Textdatei und keine Mediendatei"),
        (make_picture(), "ein Bild und keine Video- oder Audiodatei"),
        (bytes(range(256)) * 400, "keine lesbare Video- oder Audiodatei"),
    ],
    ids=["a web page", "a text", "a picture", "noise"],
)
def test_what_is_no_media_file_is_refused_whatever_its_name_says(
    session: Session, stored: StoredFile, content: bytes, reason: str
) -> None:
    file = upload_clip(session, content, "pruefling.mp4")
    assert_refused(file, reason)
    assert_not_public(file)
    assert_nothing_left(file)
    assert stored.plays()


@pytest.mark.parametrize("kind", ["HLS", "a list of files", "DASH"])
def test_a_playlist_in_disguise_is_refused_and_nobody_follows_it(
    session: Session, stored: StoredFile, target: socket.socket, kind: str
) -> None:
    address = f"http://127.0.0.1:{target.getsockname()[1]}/film.ts"
    secret = stored.session.server.data / "secret.key"
    contents = {
        "HLS": f"#EXTM3U\n#EXTINF:10,\n{address}\n#EXTINF:10,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "a list of files": f"ffconcat version 1.0\nfile '{secret}'\nfile '{address}'\n",
        "DASH": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}</BaseURL></MPD>',
    }
    file = upload_clip(session, contents[kind].encode(), "pruefling.mp4")
    assert_refused(file, PLAYLIST)
    assert_not_public(file)
    assert_nothing_left(file)
    with pytest.raises(BlockingIOError):
        target.accept()


def test_a_film_without_its_end_and_table_of_contents_is_refused(session: Session, tmp_path: Path) -> None:
    film = make_clip(tmp_path / "film.mp4", seconds=1, index_first=False).read_bytes()
    file = upload_clip(session, film[: len(film) * 6 // 10], "pruefling.mp4")
    assert_refused(file, "Inhaltsverzeichnis")
    assert_not_public(file)
    assert_nothing_left(file)


def test_a_film_cut_short_is_prepared_with_a_warning_and_stays_a_draft(session: Session, tmp_path: Path) -> None:
    film = make_clip(tmp_path / "film.mp4", seconds=4).read_bytes()
    file = upload_clip(session, film[: len(film) // 2], "pruefling.mp4").wait()
    assert file.state == "ready", file.said()
    assert "unvollständig" in file.said()
    assert_not_public(file)


def test_a_film_named_as_sound_is_taken_for_what_it_is(session: Session, clip: bytes) -> None:
    file = upload_clip(session, clip, "pruefling.mp3").wait()
    assert file.state == "ready", file.said()
    assert (file.folder / "video.mp4").exists()
    assert_not_public(file)


@pytest.mark.parametrize(
    ("name", "content", "status", "reason"),
    [
        ("leer.mp4", b"", 422, "Diese Datei ist leer."),
        ("notizen.pdf", b"%PDF-1.7", 415, "weder Film noch Ton"),
    ],
)
def test_what_can_be_judged_at_once_is_told_at_the_form(
    session: Session, name: str, content: bytes, status: int, reason: str
) -> None:
    before = session.server.query("SELECT count(*) FROM ingest_asset")
    answer = session.post_file(UPLOAD, "file", name, content)
    assert answer.status == status
    assert reason in read(answer)
    assert session.server.query("SELECT count(*) FROM ingest_asset") == before
    assert list_unfinished(session.server.data) == []
