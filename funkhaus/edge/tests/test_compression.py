"""Text under the gate goes out packed to whom takes it so, by the same rules as everything else there."""

from __future__ import annotations

import asyncio
import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from funkhaus.edge import compression
from funkhaus.edge.media import MediaBytes
from funkhaus.kernel.clock import FrozenClock
from funkhaus.playback.signing import make_key_ring, sign_folder

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OLD = NOW - timedelta(hours=1)
RING = make_key_ring("test")
ASSET, COOKIE = "a" * 26, "c" * 22
LINES = "".join(
    f"#EXTINF:4.0,\n#EXT-X-BYTERANGE:{number * 7919}@{number}\n360p.mp4\n" for number in range(900)
).encode()
TAKES = {"accept-encoding": "gzip, deflate, br, zstd"}


class House:
    """One server over one asset: every file in it has the same lines."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ASSET
        self.folder.mkdir(parents=True)
        for name in ("360p.m3u8", "untertitel.vtt", "video.mp4"):
            self.write(name, LINES)
        self._server = MediaBytes(root, RING, FrozenClock(NOW))

    def write(self, name: str, content: bytes, at: datetime = OLD) -> None:
        """Put a file there as the pipeline does: renamed over the one before."""
        fresh = self.folder / "fresh"
        fresh.write_bytes(content)
        os.utime(fresh, (at.timestamp(), at.timestamp()))
        fresh.replace(self.folder / name)

    def ask(
        self, name: str, headers: dict[str, str] | None = None, *, method: str = "GET", cookie: str | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One request; status, header fields and body as they came."""
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        path = sign_folder(RING, asset=ASSET, expires_at=int(NOW.timestamp()) + 3600, cookie=cookie) + name
        pairs = [(key.encode(), value.encode()) for key, value in (headers or {}).items()]
        scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": pairs}
        asyncio.run(self._server(scope, receive, send))
        fields = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
        return sent[0]["status"], fields, b"".join(one["body"] for one in sent[1:])


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize("name", ["360p.m3u8", "untertitel.vtt"])
def test_text_comes_packed_and_is_the_same_text(house: House, name: str) -> None:
    status, fields, body = house.ask(name, TAKES)
    assert (status, fields["content-encoding"], fields["vary"]) == (200, "gzip", "Accept-Encoding")
    assert fields["content-length"] == str(len(body))
    assert len(body) < len(LINES) / 4
    assert gzip.decompress(body) == LINES
    assert "accept-ranges" not in fields
    _, plain, whole = house.ask(name)
    assert whole == LINES
    assert "content-encoding" not in plain
    assert plain["vary"] == "Accept-Encoding", "a cache that has this one must ask for the other"
    assert plain["content-type"] == fields["content-type"]
    assert plain["cache-control"] == fields["cache-control"]
    assert plain["etag"] != fields["etag"], "other bytes, another tag"


def test_pictures_and_sound_are_packed_already(house: House) -> None:
    _, fields, body = house.ask("video.mp4", TAKES)
    assert body == LINES
    assert {"content-encoding", "vary"}.isdisjoint(fields)


def test_a_part_is_a_part_of_the_file_itself(house: House) -> None:
    status, fields, body = house.ask("360p.m3u8", {**TAKES, "range": "bytes=10-19"})
    assert (status, body, fields["content-range"]) == (206, LINES[10:20], f"bytes 10-19/{len(LINES)}")
    tag = house.ask("360p.m3u8", TAKES)[1]["etag"]
    status, fields, body = house.ask("360p.m3u8", {**TAKES, "range": "bytes=10-19", "if-range": tag})
    assert (status, body) == (200, LINES), "a part of what is packed cannot be joined to a part of what is not"
    assert "content-encoding" not in fields


def test_who_has_it_packed_already_gets_nothing(house: House) -> None:
    tag = house.ask("360p.m3u8", TAKES)[1]["etag"]
    status, fields, body = house.ask("360p.m3u8", {**TAKES, "if-none-match": tag})
    assert (status, body, fields["etag"], fields["vary"]) == (304, b"", tag, "Accept-Encoding")
    assert house.ask("360p.m3u8", {"if-none-match": tag})[0] == 200


def test_head_says_the_same_without_the_bytes(house: House) -> None:
    _, wanted, _ = house.ask("360p.m3u8", TAKES)
    assert house.ask("360p.m3u8", TAKES, method="HEAD") == (200, wanted, b"")


def test_a_playlist_that_grows_is_never_an_old_one(house: House) -> None:
    for count in range(100, 900, 200):
        content = LINES[: count * 40]
        house.write("360p.m3u8", content, NOW)
        _, fields, body = house.ask("360p.m3u8", TAKES)
        assert gzip.decompress(body) == content
        assert fields["cache-control"] == "public, no-cache"
        assert house.ask("360p.m3u8")[2] == content


def test_what_is_short_is_sent_as_it_is(house: House) -> None:
    house.write("master.m3u8", LINES[:1023])
    _, fields, body = house.ask("master.m3u8", TAKES)
    assert body == LINES[:1023]
    assert "content-encoding" not in fields


def test_each_state_is_packed_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Mock(wraps=compression._compress)
    monkeypatch.setattr(compression, "_compress", work)
    answers = {house.ask("360p.m3u8", TAKES)[2] for _ in range(3)}
    assert (work.call_count, len(answers)) == (1, 1)
    house.write("360p.m3u8", LINES + b"#EXT-X-ENDLIST\n")
    assert gzip.decompress(house.ask("360p.m3u8", TAKES)[2]).endswith(b"ENDLIST\n")
    assert work.call_count == 2


def test_what_is_kept_stays_small(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "KEPT_BYTES", 20_000)
    packer = house._server._packer
    for number in range(9):
        house.write("360p.m3u8", LINES[number:])
        assert gzip.decompress(house.ask("360p.m3u8", TAKES)[2]) == LINES[number:]
        assert packer._size == sum(len(one.body) for one in packer._kept.values()) <= 20_000


def test_the_gate_asks_first(house: House) -> None:
    bound = {"cookie": f"fh_play={COOKIE}"}
    assert house.ask("360p.m3u8", {**TAKES, **bound}, cookie=COOKIE)[1]["content-encoding"] == "gzip"
    status, fields, body = house.ask("360p.m3u8", TAKES, cookie=COOKIE)
    assert (status, fields["cache-control"]) == (403, "no-store")
    assert "content-encoding" not in fields
    assert b"EXTINF" not in body
