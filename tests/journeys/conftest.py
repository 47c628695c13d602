"""A house to break things in: no demo content, one editor, one clip that must go on playing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sending.uploads import StoredFile, upload_clip
from tests.server import Server, copy_data, serving
from tests.session import log_in
from tests.sources import make_clip


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One second of picture and sound."""
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=1).read_bytes()


@pytest.fixture(scope="session")
def house(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that break only a part of it."""
    with serving(copy_data(blank, tmp_path_factory.mktemp("house") / "data")) as server:
        yield server


@pytest.fixture(scope="session")
def stored(house: Server, clip: bytes) -> StoredFile:
    """A published clip that must go on playing whatever breaks."""
    found = upload_clip(log_in(house), clip, "bestand.mp4").wait()
    assert found.state == "ready", found.said()
    found.publish()
    assert found.plays()
    return found
