"""What was taken down goes to nobody any more: no new answer under any path, and no answer that had begun."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from funkhaus.edge import media
from funkhaus.edge.media import MediaBytes
from funkhaus.edge.open_files import PIECE
from funkhaus.ingest.package.taken_down_marks import clear_taken_down, mark_taken_down
from funkhaus.ingest.selectors.taken_down import is_taken_down, list_taken_down
from funkhaus.kernel.clock import FrozenClock
from funkhaus.playback.signing import make_key_ring, sign_folder

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RING = make_key_ring("test")
ASSET, OTHER, COOKIE = "a" * 26, "b" * 26, "c" * 22
PIECES = 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for asset in (ASSET, OTHER):
        (tmp_path / asset / "run1").mkdir(parents=True)
        for name in ("master.m3u8", "de.vtt", "run1/720p.mp4"):
            (tmp_path / asset / name).write_bytes(b"secret")
        with (tmp_path / asset / "video.mp4").open("wb") as file:
            file.truncate(PIECES * PIECE)
    return tmp_path


def ask(root: Path, asset: str, file: str, cookie: str | None, on_piece: Callable[[int], Any] | None = None) -> Any:
    """Status and number of bytes of one answer; `on_piece` is awaited, if it gives something, for each piece."""
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)
        waits = on_piece(len(sent) - 1) if on_piece else None
        if waits is not None:
            await waits

    path = sign_folder(RING, asset=asset, expires_at=int(NOW.timestamp()) + 3600, cookie=cookie) + file
    headers = [(b"cookie", f"fh_play={COOKIE}".encode())]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": headers}
    asyncio.run(asyncio.wait_for(MediaBytes(root, RING, FrozenClock(NOW))(scope, receive, send), 30))
    return sent[0]["status"], sum(len(one["body"]) for one in sent[1:])


@pytest.mark.parametrize("file", ["master.m3u8", "de.vtt", "run1/720p.mp4", "video.mp4"])
@pytest.mark.parametrize("cookie", [None, COOKIE])
def test_paths_that_were_granted_give_nothing_until_it_is_released(root: Path, file: str, cookie: str | None) -> None:
    whole = (200, (root / ASSET / file).stat().st_size)
    assert ask(root, ASSET, file, cookie) == whole
    mark_taken_down(root, ASSET)
    assert ask(root, ASSET, file, cookie)[0] == 410
    assert ask(root, OTHER, file, cookie)[0] == 200, "of this one asset alone"
    clear_taken_down(root, ASSET)
    assert ask(root, ASSET, file, cookie) == whole


def test_an_answer_that_had_begun_ends(root: Path) -> None:
    def take_down(piece: int) -> None:
        if piece == 3:
            mark_taken_down(root, ASSET)

    assert ask(root, ASSET, "video.mp4", None, take_down) == (200, 3 * PIECE)


def test_a_client_that_takes_nothing_does_not_hold_it_open(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LOOK_S", 0.01)

    def take_down(piece: int) -> Any:
        if piece != 2:
            return None
        mark_taken_down(root, ASSET)
        return asyncio.Event().wait()  # for ever

    assert ask(root, ASSET, "video.mp4", None, take_down) == (200, 2 * PIECE)


def test_marks_are_of_assets_alone_and_doubt_counts_as_down(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list_taken_down(root) == set()
    for key in ("../x", "", "A" * 26, "a" * 25):
        with pytest.raises(ValueError, match="no key"):
            mark_taken_down(root, key)
    mark_taken_down(root, ASSET)
    mark_taken_down(root, ASSET)
    (root / ".taken-down" / "README").touch()
    assert list_taken_down(root) == {ASSET}
    clear_taken_down(root, OTHER)

    def refuse(*_: Any, **__: Any) -> os.stat_result:
        raise PermissionError(13, "not for you")

    monkeypatch.setattr(Path, "stat", refuse)
    assert is_taken_down(root, OTHER)
