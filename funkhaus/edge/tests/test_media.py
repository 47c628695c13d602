"""Media bytes as a client sees them, by the ASGI protocol itself."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from funkhaus.edge import media
from funkhaus.edge.media import MediaBytes
from funkhaus.edge.open_files import PIECE
from funkhaus.kernel.clock import FrozenClock
from funkhaus.playback.signing import make_key_ring, sign_folder

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RING = make_key_ring("test")
ASSET, OTHER = "a" * 26, "b" * 26
COOKIE = "c" * 22
CONTENT = bytes(range(256)) * 10


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of assets with one asset in it, changed an hour ago, and a secret beside it."""
    folder = tmp_path / "media" / ASSET / "rungs"
    folder.mkdir(parents=True)
    for name in ("video.mp4", "master.m3u8", "poster.jpg", "rungs/360p.m4s", "empty.vtt", "notes.txt"):
        file = folder.parent / name
        file.write_bytes(b"" if name.startswith("empty") else CONTENT)
        stamp = (NOW - timedelta(hours=1)).timestamp()
        os.utime(file, (stamp, stamp))
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    return tmp_path / "media"


def ask(
    root: Path,
    path: str,
    headers: dict[str, str] | None = None,
    method: str = "GET",
    now: datetime = NOW,
) -> Reply:
    """One request; `path` as on the wire."""
    return asyncio.run(_ask(root, path, headers or {}, method, now))


async def _ask(root: Path, path: str, headers: dict[str, str], method: str, now: datetime) -> Reply:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": pairs}
    await MediaBytes(root, RING, FrozenClock(now))(scope, receive, send)
    assert not sent[-1].get("more_body", False)
    fields = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], fields, b"".join(message["body"] for message in sent[1:]))


def folder(asset: str = ASSET, cookie: str | None = None, seconds: int = 3600) -> str:
    return sign_folder(RING, asset=asset, expires_at=int(NOW.timestamp()) + seconds, cookie=cookie)


def test_a_file_comes_whole_with_its_type_and_validators(root: Path) -> None:
    reply = ask(root, folder() + "video.mp4")
    assert (reply.status, reply.body) == (200, CONTENT)
    assert reply.headers["content-type"] == "video/mp4"
    assert reply.headers["content-length"] == str(len(CONTENT))
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["etag"].startswith('"')
    assert reply.headers["last-modified"] == "Mon, 01 Jun 2026 11:00:00 GMT"
    assert "set-cookie" not in reply.headers


def test_a_file_in_an_inner_folder_comes_too(root: Path) -> None:
    reply = ask(root, folder() + "rungs/360p.m4s", {"range": "bytes=256-511"})
    assert (reply.status, reply.body) == (206, bytes(range(256)))
    assert reply.headers["content-range"] == "bytes 256-511/2560"
    assert reply.headers["content-length"] == "256"


def test_head_says_the_same_without_the_bytes(root: Path) -> None:
    get, head = ask(root, folder() + "video.mp4"), ask(root, folder() + "video.mp4", method="HEAD")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


def test_a_known_file_is_not_sent_again(root: Path) -> None:
    etag = ask(root, folder() + "video.mp4").headers["etag"]
    reply = ask(root, folder() + "video.mp4", {"if-none-match": etag})
    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers["etag"] == etag
    assert "cache-control" in reply.headers


def test_a_player_in_another_page_may_read_what_is_bound_to_nobody(root: Path) -> None:
    assert ask(root, folder() + "video.mp4").headers["access-control-allow-origin"] == "*"
    bound = ask(root, folder(cookie=COOKIE) + "video.mp4", {"cookie": f"fh_play={COOKIE}"})
    assert bound.status == 200
    assert "access-control-allow-origin" not in bound.headers


def test_a_request_s_headers_are_read_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Mock(wraps=media.read_headers)
    monkeypatch.setattr(media, "read_headers", read)
    assert ask(root, folder() + "video.mp4", {"range": "bytes=0-9"}).status == 206
    assert read.call_count == 1


def test_a_range_beyond_the_end_tells_the_size(root: Path) -> None:
    reply = ask(root, folder() + "video.mp4", {"range": "bytes=2560-"})
    assert (reply.status, reply.headers["content-range"]) == (416, "bytes */2560")


def test_an_empty_file_is_an_empty_answer(root: Path) -> None:
    reply = ask(root, folder() + "empty.vtt")
    assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", "0")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
def test_other_methods_are_refused(root: Path, method: str) -> None:
    reply = ask(root, folder() + "video.mp4", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


def test_a_path_ends_at_its_moment(root: Path) -> None:
    path = folder(seconds=60) + "video.mp4"
    assert ask(root, path, now=NOW + timedelta(seconds=59)).status == 200
    ended = ask(root, path, now=NOW + timedelta(seconds=60))
    assert (ended.status, ended.headers["cache-control"]) == (410, "no-store")


def test_a_bound_path_needs_its_cookie(root: Path) -> None:
    path = folder(cookie=COOKIE) + "video.mp4"
    assert ask(root, path, {"cookie": f"a=b; fh_play={COOKIE}"}).status == 200
    assert ask(root, path).status == 403
    assert ask(root, path, {"cookie": f"fh_play={'d' * 22}"}).status == 403
    assert ask(root, path, {"cookie": f"xfh_play={COOKIE}"}).status == 403
    assert ask(root, path, {"cookie": "fh_play=\xff\xfe; ;;="}).status == 403


def test_the_signature_of_one_asset_opens_no_other(root: Path) -> None:
    assert ask(root, folder(OTHER).replace(OTHER, ASSET) + "video.mp4").status == 403


@pytest.mark.parametrize(
    "file",
    [
        "../secret.mp4",
        "../../secret.mp4",
        "%2e%2e/secret.mp4",
        "..%2fsecret.mp4",
        "./video.mp4",
        "/video.mp4",
        "rungs//360p.m4s",
        "rungs/../video.mp4",
        "video.mp4/",
        "video.mp4%00",
        "video.mp4\x00.jpg",
        "video.mp4?x",
        "video%2Emp4",
        "VIDEO.MP4",
        ".hidden.mp4",
        "notes.txt",
        "rungs",
        "",
        "a/b/c/d.mp4",
        "vid\u00e9o.mp4",
        "x" * 80 + ".mp4",
        "missing.mp4",
    ],
)
def test_nothing_but_an_exactly_spelled_file_exists(root: Path, file: str) -> None:
    reply = ask(root, folder() + file)
    assert (reply.status, reply.headers["cache-control"]) == (404, "no-store")
    assert b"secret" not in reply.body


def test_a_link_is_never_followed(root: Path) -> None:
    asset = root / ASSET
    (asset / "link.mp4").symlink_to(root.parent / "secret.mp4")
    (asset / "linked").symlink_to(root.parent)
    (root / OTHER).symlink_to(root.parent)
    assert ask(root, folder() + "link.mp4").status == 404
    assert ask(root, folder() + "linked/secret.mp4").status == 404
    assert ask(root, folder(OTHER) + "secret.mp4").status == 404


def test_what_is_not_a_regular_file_is_not_there(root: Path) -> None:
    os.mkfifo(root / ASSET / "pipe.mp4")
    (root / ASSET / "folder.mp4").mkdir()
    assert ask(root, folder() + "pipe.mp4").status == 404
    assert ask(root, folder() + "folder.mp4").status == 404


def test_caches_keep_nothing_past_the_end_of_the_path(root: Path) -> None:
    assert ask(root, folder() + "rungs/360p.m4s").headers["cache-control"] == "public, max-age=3600, immutable"
    bound = ask(root, folder(cookie=COOKIE) + "rungs/360p.m4s", {"cookie": f"fh_play={COOKIE}"})
    assert bound.headers["cache-control"] == "private, max-age=3600, immutable"


@pytest.mark.parametrize("name", ["video.mp4", "poster.jpg", "empty.vtt"])
def test_what_may_be_replaced_under_its_address_is_asked_for_again(root: Path, name: str) -> None:
    assert ask(root, folder() + name).headers["cache-control"] == "public, max-age=5"


def test_a_playlist_may_grow_and_a_young_file_may_too(root: Path) -> None:
    assert ask(root, folder() + "master.m3u8").headers["cache-control"] == "public, max-age=5"
    stamp = (NOW - timedelta(seconds=29)).timestamp()
    os.utime(root / ASSET / "video.mp4", (stamp, stamp))
    assert ask(root, folder() + "video.mp4").headers["cache-control"] == "public, no-cache"


def test_a_replaced_file_has_another_tag(root: Path) -> None:
    before = ask(root, folder() + "video.mp4").headers["etag"]
    fresh = root / "fresh"
    fresh.write_bytes(CONTENT)
    stamp = (NOW - timedelta(hours=1)).timestamp()
    os.utime(fresh, (stamp, stamp))
    fresh.replace(root / ASSET / "video.mp4")
    assert ask(root, folder() + "video.mp4").headers["etag"] != before


async def _abandon(root: Path) -> tuple[int, int]:
    """Ask for a file of 40 pieces and go away after the third: pieces sent, and files left open."""
    gone = asyncio.Event()
    pieces = 0

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        nonlocal pieces
        pieces += bool(message.get("body"))
        if pieces == 3:
            gone.set()
        await asyncio.sleep(0)

    raw = folder() + "big.mp4"
    scope = {"type": "http", "method": "GET", "path": raw, "raw_path": raw.encode(), "headers": []}
    before = len(list(Path("/proc/self/fd").iterdir()))
    await MediaBytes(root, RING, FrozenClock(NOW))(scope, receive, send)
    return pieces, len(list(Path("/proc/self/fd").iterdir())) - before


def test_when_the_client_has_gone_reading_stops_and_the_file_is_closed(root: Path) -> None:
    with (root / ASSET / "big.mp4").open("wb") as file:
        file.truncate(40 * PIECE)
    pieces, left_open = asyncio.run(_abandon(root))
    assert 3 <= pieces <= 5
    assert left_open <= 0
