"""Media made once for all tests of ingest, and a worker that runs inside the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funkhaus.ingest.models import Asset
from funkhaus.ingest.services import SubtitleFile, register_asset
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.worker import Worker

Take = Callable[..., Asset]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds, 720 × 540, with sound: two rungs."""
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", size="720x540")


@pytest.fixture
def take_in(transactional_db: None) -> Take:
    """Register a file and return the asset; nothing is worked off yet."""

    def take(path: Path, *subtitles: SubtitleFile) -> Asset:
        return register_asset(source=path, original_name=path.name, move=False, user_id=None, subtitles=subtitles)

    return take


@pytest.fixture
def work(take_in: Take) -> Take:
    """Register a file, do the work on it, return the asset as it ended."""

    def do(path: Path, *subtitles: SubtitleFile) -> Asset:
        asset = take_in(path, *subtitles)
        Worker().run_next()
        asset.refresh_from_db()
        return asset

    return do
