"""`funkhaus ingest --publish`: it publishes, or says what holds the item back."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.selectors import get_progress
from funkhaus.intake.management.commands import ingest
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.tests.services.test_publication import SHORT, asset_of


def test_a_grave_warning_behind_the_publication_is_an_error_too(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle(*, asset_id: int) -> Any:
        Job.objects.update(state=JobState.DONE)
        Video.objects.update(live=True)
        Asset.objects.update(state=AssetState.READY, findings=[SHORT], is_held=True)
        return get_progress(asset_id)

    monkeypatch.setattr(ingest, "wait_for_asset", settle)
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("ingest", str(file), "--publish", "--wait", "--json", stdout=out)
    assert end.value.code == 1
    assert f"/dateien/{asset_of(Video.objects.get()).pk}/" in json.loads(out.getvalue())["error"]


@pytest.mark.parametrize("is_grave", [False, True])
def test_the_command_publishes_or_says_what_holds_it(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_grave: bool
) -> None:
    """`wait_for_asset` is answered by hand: what a worker finds is the pipeline's test."""

    def settle(*, asset_id: int) -> Any:
        Job.objects.update(state=JobState.DONE)
        Asset.objects.update(state=AssetState.READY, findings=[SHORT] if is_grave else [], is_held=is_grave)
        return get_progress(asset_id)

    monkeypatch.setattr(ingest, "wait_for_asset", settle)
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    out, code = StringIO(), 0
    try:
        call_command("ingest", str(file), "--publish", "--wait", "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    answer = json.loads(out.getvalue())
    video = Video.objects.get()
    assert answer["state"] == "ready"
    assert video.live is not is_grave
    assert (code, bool(answer["warnings"]), bool(answer["error"])) == (int(is_grave), is_grave, is_grave)
    if is_grave:
        assert f"/dateien/{asset_of(video).pk}/" in answer["error"]
