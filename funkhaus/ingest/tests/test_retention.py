"""Replaced media files stay for those who play them, and then go without leaving anything."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from funkhaus.ingest.models import Asset, Job, JobState, TextTrack
from funkhaus.ingest.replaced_files import SHORTEST_KEEP, SLACK
from funkhaus.ingest.services import retire_asset, transfer_tracks
from funkhaus.ingest.signals import housekeeping_due

pytestmark = pytest.mark.django_db
LONG_AGO = SHORTEST_KEEP + SLACK + timedelta(minutes=1)


def make_asset(settings: Any, *, retired: timedelta | None = None, **fields: Any) -> Asset:
    """An asset with files, retired so long ago."""
    asset = Asset.objects.create(original_name="a.mp4", original="quelle" + str(Asset.objects.count()), **fields)
    asset.folder.mkdir(parents=True)
    (asset.folder / "video.mp4").write_bytes(b"film")
    asset.original_path.write_bytes(b"source")
    if retired is not None:
        Asset.objects.filter(pk=asset.pk).update(retired_at=timezone.now() - retired)
    return asset


def is_there(asset: Asset) -> tuple[bool, bool, bool]:
    """Row, files for players, source."""
    return Asset.objects.filter(pk=asset.pk).exists(), asset.folder.exists(), asset.original_path.exists()


def tidy_up() -> None:
    for _receiver, answer in housekeeping_due.send_robust(sender=None):
        assert not isinstance(answer, Exception), answer


def test_nothing_is_removed_before_the_last_viewer_has_ended(settings: Any) -> None:
    fresh = make_asset(settings, retired=LONG_AGO - timedelta(minutes=2))
    long = make_asset(settings, retired=LONG_AGO, duration_ms=9 * 3_600_000)
    in_use = make_asset(settings)
    tidy_up()
    assert [is_there(one) for one in (fresh, long, in_use)] == [(True, True, True)] * 3


def test_afterwards_row_files_and_source_go(settings: Any) -> None:
    asset = make_asset(settings, retired=LONG_AGO)
    Job.objects.create(asset=asset, state=JobState.CANCELLED)
    tidy_up()
    assert is_there(asset) == (False, False, False)


def test_a_kill_between_files_and_row_is_made_good(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = make_asset(settings, retired=LONG_AGO)

    def die(_asset: Asset) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Asset, "delete", die)
        tidy_up()
    assert is_there(asset) == (True, False, False), "the row says what is left to do"
    tidy_up()
    assert is_there(asset) == (False, False, False)


def test_one_that_cannot_be_removed_does_not_keep_the_others(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, free = make_asset(settings, retired=LONG_AGO), make_asset(settings, retired=LONG_AGO)
    remove = shutil.rmtree

    def fail_once(path: Path) -> None:
        if path == stuck.folder:
            raise PermissionError(path)
        remove(path)

    monkeypatch.setattr(shutil, "rmtree", fail_once)
    tidy_up()
    assert is_there(stuck) == (True, True, True)
    assert is_there(free) == (False, False, False)


def test_work_on_a_retired_file_is_cancelled_and_waited_for(settings: Any) -> None:
    asset = make_asset(settings)
    job = Job.objects.create(asset=asset, state=JobState.RUNNING)
    retire_asset(asset_id=asset.pk)
    job.refresh_from_db()
    assert job.is_cancel_asked
    Asset.objects.update(retired_at=timezone.now() - LONG_AGO)
    tidy_up()
    assert is_there(asset) == (True, True, True), "whoever works on it still writes there"


def test_tracks_that_editors_made_come_along_and_embedded_ones_do_not(settings: Any) -> None:
    old, new = make_asset(settings), make_asset(settings)
    for asset, kind, language, origin, text in [
        (old, "subtitles", "de", "uploaded", "alt"),
        (old, "captions", "de", "edited", "bearbeitet"),
        (old, "subtitles", "fr", "embedded", "eingebettet"),
        (new, "captions", "de", "embedded", "aus der neuen Datei"),
        (new, "subtitles", "de", "uploaded", "neu hochgeladen"),
    ]:
        name = f"{language}-{kind}.vtt"
        (asset.folder / name).write_text(text)
        TextTrack.objects.create(asset=asset, kind=kind, language=language, origin=origin, file_name=name)
    transfer_tracks(source_id=old.pk, target_id=new.pk)
    tracks = {
        (track.kind, track.language): (new.folder / track.file_name).read_text() for track in new.text_tracks.all()
    }
    assert tracks == {("captions", "de"): "bearbeitet", ("subtitles", "de"): "neu hochgeladen"}
    new.refresh_from_db()
    assert [code for code, _facts in new.findings] == ["tracks_carried"]
    assert "a.mp4" in new.warnings[0]
    assert not new.needs_look
    assert old.text_tracks.count() == 3, "who plays the old file keeps its subtitles"
