"""kill -9 at random moments over web, workers and encoders: the short form of `make torture`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.server import copy_data
from tests.torture.rounds import inspect, make_clips, under_kills

pytestmark = [pytest.mark.media, pytest.mark.server]


def test_five_kills_at_random_moments_lose_nothing_and_leave_nothing(blank: Path, tmp_path: Path) -> None:
    seed = int(time.time())
    print(f"seed {seed}")  # shown when it fails, to be played again
    with under_kills(copy_data(blank, tmp_path / "data"), seed) as torture:
        faults = torture.run(make_clips(tmp_path / "clips", small=True), torture.kill, blows=5, gap_s=1.0)
        swept, left = inspect(torture.server.data)
    assert faults + left == [], f"seed {seed}: {faults + left} (swept: {swept})"
