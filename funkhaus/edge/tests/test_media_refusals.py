"""Nobody gets a byte that was not signed for them: every refusal, on every kind of file."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funkhaus.edge.media import MediaBytes
from funkhaus.kernel.clock import EARLIEST
from funkhaus.playback.signing import make_key_ring, sign_folder

NOW = datetime(2026, 6, 1, 21, tzinfo=UTC)
OLD, RING = make_key_ring("old key"), make_key_ring("new key", ["old key"])
ASSET, OTHER, COOKIE = "a" * 26, "b" * 26, "c" * 22
FILES = {
    "manifest": "master.m3u8",
    "playlist of a rung": "run7/1080p.m3u8",
    "rung": "run7/1080p.mp4",
    "segment": "run7/1080p-00001.m4s",
    "sound": "run7/sound.mp4",
    "download": "video.mp4",
    "download of sound": "audio.m4a",
    "subtitle": "de-captions.vtt",
    "playlist of a subtitle": "de-captions.m3u8",
    "storyboard": "storyboard.vtt",
    "picture of the storyboard": "run7/storyboard-1.jpg",
    "poster": "poster.jpg",
}
every_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


class MovingClock:
    """A clock that somebody may set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class House:
    """The media application over a folder with two assets that hold every kind of file."""

    def __init__(self, root: Path) -> None:
        self.clock = MovingClock(NOW)
        self.application = MediaBytes(root / "media", RING, self.clock)
        for asset in (ASSET, OTHER):
            for name in FILES.values():
                path = root / "media" / asset / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.content(asset, name))
                os.utime(path, (NOW.timestamp() - 3600, NOW.timestamp() - 3600))

    @staticmethod
    def content(asset: str, name: str) -> bytes:
        return f"secret bytes of {asset}/{name}".encode() * 9

    def ask(
        self, path: str | bytes, cookie: str | None = COOKIE, method: str = "GET", **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        """One request with the path as on the wire: status, body, headers."""
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        fields |= {"cookie": f"fh_play={cookie}"} if cookie is not None else {}
        raw = path if isinstance(path, bytes) else path.encode()
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
        scope = {"type": "http", "method": method, "path": raw.decode("latin-1"), "raw_path": raw, "headers": pairs}
        asyncio.run(self.application(scope, receive, send))
        answer = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], b"".join(one["body"] for one in sent[1:]), answer

    def refuses(self, path: str | bytes, status: int, **options: Any) -> bool:
        """True when the answer has the status, no byte of any file, and may be kept by nobody."""
        found, body, headers = self.ask(path, **options)
        return found == status and b"secret" not in body and headers["cache-control"] == "no-store"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def sign(asset: str = ASSET, cookie: str | None = COOKIE, seconds: int = 3600, ring: Any = RING) -> str:
    return sign_folder(ring, asset=asset, expires_at=int(NOW.timestamp()) + seconds, cookie=cookie)


@every_file
def test_what_was_granted_comes(house: House, file: str) -> None:
    status, body, _ = house.ask(sign() + file)
    assert (status, body) == (200, house.content(ASSET, file))


@every_file
def test_the_signature_of_another_item_opens_nothing(house: House, file: str) -> None:
    assert house.refuses(sign(OTHER).replace(OTHER, ASSET) + file, 403)


@every_file
def test_without_the_cookie_or_with_another_persons_there_is_nothing(house: House, file: str) -> None:
    for cookie in (None, "", "d" * 22, COOKIE + "c", COOKIE[:-1], COOKIE.upper()):
        assert house.refuses(sign() + file, 403, cookie=cookie)


@every_file
def test_a_path_is_dead_from_its_second_on(house: House, file: str) -> None:
    path = sign(seconds=60) + file
    house.clock.moment = NOW + timedelta(seconds=59)
    assert house.ask(path)[0] == 200
    house.clock.moment = NOW + timedelta(seconds=60)
    assert house.refuses(path, 410)
    assert house.refuses(path, 410, range="bytes=5-9", if_none_match="*")
    house.clock.moment = NOW + timedelta(days=1)
    assert house.refuses(path, 410), "the next night brings it back to nobody"


@every_file
def test_a_longer_life_or_another_letter_is_forged(house: House, file: str) -> None:
    path = sign()
    _, _, key, signature, expiry, asset, _ = path.split("/")
    for changed in (
        f"/m/{key}/{signature}/{int(expiry) + 1}/{asset}/",
        f"/m/{key[:-1]}o/{signature}/{expiry}/{asset}/",
        f"/m/{key}/{signature[::-1]}/{expiry}/{asset}/",
        f"/m/{'0' * 8}b/{signature}/{expiry}/{asset}/",
    ):
        assert house.refuses(changed + file, 403)


@every_file
def test_the_key_before_is_believed_and_a_stranger_s_is_not(house: House, file: str) -> None:
    assert house.ask(sign(ring=OLD) + file)[0] == 200
    assert house.refuses(sign(ring=make_key_ring("older key")) + file, 403)
    assert sign().split("/")[2] != sign(ring=OLD).split("/")[2], "new paths are signed with the new key"


@every_file
def test_odd_methods_get_nothing(house: House, file: str) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "GET ", ""):
        assert house.refuses(sign() + file, 405, method=method)


TRICKS = [
    b"%2e%2e/{other}/{file}", b"../{other}/{file}", b"..%2f{other}/{file}", b"%252e%252e/{other}/{file}",
    b"..\\{other}\\{file}", b"..%5c{other}/{file}", b"..;/{other}/{file}", b"{file}%00", b"{file}\x00.mp4",
    b"{file}%2f", b"{file}/", b"./{file}", b"/{file}", b"%2f{file}", b"{file}%20", b"{file}.", b"{file};x=1",
    b"{file}#x", b"\xc0\xae\xc0\xae/{other}/{file}", b"%c0%ae%c0%ae/{other}/{file}", b"%u002e%u002e/{other}/{file}",
    "\uff0e\uff0e/{other}/{file}".encode(), "{file}\u200b".encode(), b"{file}\r\nx: y", b"%7e/{file}",
]  # fmt: skip


@every_file
@pytest.mark.parametrize("trick", TRICKS)
def test_a_path_that_is_spelled_oddly_leads_nowhere(house: House, file: str, trick: bytes) -> None:
    tail = trick.replace(b"{other}", OTHER.encode()).replace(b"{file}", file.encode())
    assert house.refuses(sign().encode() + tail, 404)


@every_file
def test_an_encoded_prefix_is_no_prefix(house: House, file: str) -> None:
    path = sign() + file
    for changed in ("/M" + path[2:], "/%6d" + path[2:], "/" + path, path.replace("/m/", "/m//"), "/m/../" + path[1:]):
        assert house.refuses(changed, 404)


@every_file
def test_a_range_gives_bytes_of_this_file_only(house: House, file: str) -> None:
    content = house.content(ASSET, file)
    path, size = sign() + file, len(content)
    for asked, status, body in (
        ("bytes=0-0", 206, content[:1]),
        (f"bytes=0-{10**30}", 206, content),
        (f"bytes=-{10**30}", 206, content),
        (f"bytes={size - 1}-", 206, content[-1:]),
        ("bytes=0-1,5-6", 200, content),  # several ranges count as none
        ("bytes=-1-5", 200, content),
        ("bytes=5-1", 200, content),
        ("items=0-5", 200, content),
        ("bytes=٣-٤", 200, content),
    ):
        found = house.ask(path, range=asked.encode().decode("latin-1"))
        assert (found[0], found[1]) == (status, body), asked
    assert house.refuses(path, 416, range=f"bytes={size}-")
    assert house.refuses(path, 403, cookie=None, range="bytes=0-0")


@every_file
def test_a_known_tag_tells_nothing_to_who_may_not(house: House, file: str) -> None:
    tag = house.ask(sign() + file)[2]["etag"]
    assert house.refuses(sign() + file, 403, cookie=None, if_none_match=tag)


@every_file
def test_a_clock_that_lost_its_time_opens_nothing(house: House, file: str) -> None:
    path = sign() + file
    for moment in (datetime(1970, 1, 1, tzinfo=UTC), EARLIEST - timedelta(seconds=1)):
        house.clock.moment = moment
        assert house.refuses(path, 503)


@every_file
def test_a_clock_that_is_set_back_brings_nothing_to_life(house: House, file: str) -> None:
    path = sign(seconds=60) + file
    house.clock.moment = NOW + timedelta(seconds=61)
    assert house.refuses(path, 410)
    house.clock.moment = NOW
    assert house.refuses(path, 410)


def test_a_conditional_answer_names_no_other_asset(house: House) -> None:
    for file in FILES.values():
        _, _, headers = house.ask(sign() + file)
        assert OTHER not in str(headers)
        assert headers["cache-control"].startswith("private")
