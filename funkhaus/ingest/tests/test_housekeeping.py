"""What dead processes leave is removed; what anybody needs or writes stays, whatever the clock says."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest import constants
from funkhaus.ingest.housekeeping import Housekeeper
from funkhaus.ingest.models import Asset, Job, JobState, Rendition
from funkhaus.ingest.orphans import Sweeper
from funkhaus.ingest.signals import housekeeping_due

AGES_AGO = (1_000_000_000, 1_000_000_000)


class Clock:
    """A monotonic clock that goes when told."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def asset(transactional_db: None, settings: Any) -> Asset:
    """A finished asset with a file of each kind, all of them years old by the wall clock."""
    asset = Asset.objects.create(original_name="film.mp4", original="abc")
    asset.original_path.write_bytes(b"source")
    Job.objects.create(asset=asset, state=JobState.DONE)
    Rendition.objects.create(asset=asset, name="360p", kind="video", playlist="r00000001/360p.m3u8", is_complete=True)
    for name in ("master.m3u8", "de-captions.vtt", "r00000001/360p.m3u8", "r00000001/360p.mp4"):
        write(asset.folder / name)
    os.utime(asset.original_path, AGES_AGO)
    return asset


def write(path: Path, age: tuple[int, int] = AGES_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"bytes")
    os.utime(path, age)
    return path


def list_files(settings: Any) -> set[Path]:
    return {path for path in settings.DATA.rglob("*") if path.is_file() and path.suffix != ".lock"}


def sweep_long(sweeper: Sweeper, clock: Clock) -> list[Path]:
    """Sweep as often as it is done in the time after which a file belongs to nobody, and once more."""
    removed = []
    for _round in range(round(constants.UNCLAIMED_AFTER_S / constants.HOUSEKEEPING_S) + 2):
        removed += sweeper.sweep()
        clock.seconds += constants.HOUSEKEEPING_S
    return removed


def test_everything_that_nobody_needs_goes_and_everything_else_stays(asset: Asset, settings: Any) -> None:
    needed = list_files(settings)
    waiting = Job.objects.create(asset=Asset.objects.create(original_name="x"))
    needed.add(write(settings.WORK_ROOT / f"job-{waiting.pk}" / "r1" / "360p.m3u8"))
    needed.add(write(waiting.asset.folder / "r00000009" / "360p.mp4"))  # somebody may just be making it
    stray = {
        write(settings.WORK_ROOT / "job-4711" / "r1" / "360p.m3u8"),
        write(settings.ORIGINAL_ROOT / "nobody-names-me"),
        write(settings.ORIGINAL_ROOT / ".part-0123"),
        write(settings.ASSET_ROOT / ("z" * 26) / "master.m3u8"),
        write(asset.folder / ".part-0123"),
        write(asset.folder / "r00000001" / "360p-growing.m3u8"),
        write(asset.folder / "r00000002" / "720p.mp4"),
        write(settings.FILE_UPLOAD_TEMP_DIR / "abc.upload.mp4"),
    }
    sweeper = Sweeper(clock := Clock())
    sweep_long(sweeper, clock)
    assert list_files(settings) == needed
    assert stray.isdisjoint(needed)


def test_a_file_that_looks_old_is_not_removed_at_first_sight(asset: Asset, settings: Any) -> None:
    """The clock has jumped ahead, or the file was moved in with the date of its recording; its row comes soon."""
    path = write(settings.ORIGINAL_ROOT / "moved-in")
    sweeper = Sweeper(clock := Clock())
    assert sweeper.sweep() == []
    clock.seconds += constants.UNCLAIMED_AFTER_S - 1
    assert sweeper.sweep() == []
    Asset.objects.create(original_name="y", original="moved-in")
    assert sweep_long(sweeper, clock) == []
    assert path.exists()


def test_what_somebody_writes_is_not_left_behind(asset: Asset, settings: Any) -> None:
    sweeper = Sweeper(clock := Clock())
    path = write(settings.ORIGINAL_ROOT / ".part-copy")
    for _minute in range(40):
        assert sweeper.sweep() == []
        clock.seconds += constants.HOUSEKEEPING_S
        with path.open("ab") as file:
            file.write(b"more")
        os.utime(path, AGES_AGO)
    assert sweep_long(sweeper, clock) == [path], "then its writer dies"


def test_a_large_folder_is_looked_through_in_turns(
    asset: Asset, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funkhaus.ingest.orphans.AT_ONCE", 3)
    stray = {write(settings.ORIGINAL_ROOT / f"stray-{number}") for number in range(10)}
    sweeper = Sweeper(clock := Clock())
    removed = sweep_long(sweeper, clock) + sweep_long(sweeper, clock)
    assert set(removed) == stray


@pytest.fixture
def rounds() -> Iterator[list[object]]:
    """Each round of housekeeping that was announced."""
    found: list[object] = []

    def receive(**_facts: object) -> None:
        found.append(object())
        raise ValueError("a bug in somebody's receiver")

    housekeeping_due.connect(receive)
    yield found
    housekeeping_due.disconnect(receive)


def test_one_worker_of_all_keeps_the_house_and_another_when_it_is_gone(
    transactional_db: None, settings: Any, rounds: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Housekeeper(threading.Event()), Housekeeper(threading.Event())
    assert first.keep_house()
    assert not second.keep_house()
    assert first.keep_house()
    assert len(rounds) == 2
    assert "a bug in somebody's receiver" in caplog.text, "told, and no reason to stop"
    first.release()
    assert second.keep_house()
    second.release()
