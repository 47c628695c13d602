"""Another file for a video: what plays goes on, the new one waits its turn, nothing bad takes its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.reasons.messages import describe_reason
from funkhaus.ingest.signals import asset_moved, housekeeping_due
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.selectors import get_playable
from funkhaus.mediathek.services import Machine, create_video, drop_replacement, publish_video, replace_asset

FILES = "/redaktion/mediathek/dateien/"
MACHINE = Machine("a test")


@pytest.fixture
def live(draft: Video) -> Video:
    """A published video that plays."""
    publish_video(video=draft)
    return draft


def new_asset(name: str = "neu.mp4", state: str = AssetState.QUEUED, **fields: Any) -> Asset:
    asset = Asset.objects.create(original_name=name, state=state, **fields)
    Job.objects.create(asset=asset, state=JobState.QUEUED if state == AssetState.QUEUED else JobState.DONE)
    return asset


def move(asset: Asset, state: str, **fields: Any) -> None:
    """Bring an asset to a state as a worker does: stored, then told."""
    Asset.objects.filter(pk=asset.pk).update(state=state, **fields)
    if state in {AssetState.READY, AssetState.FAILED, AssetState.REFUSED}:
        Job.objects.filter(asset=asset).update(state=JobState.DONE)
    for _receiver, answer in asset_moved.send_robust(sender=Asset, asset_id=asset.pk, state=state):
        assert answer is None, answer


def version_of(video: Video) -> Version:
    return Version.objects.select_related("asset", "next_asset").get(video=video)


def plays(video: Video) -> str:
    """The key of what the public gets."""
    item = get_playable(video.public_id)
    assert item is not None
    assert item.media is not None
    assert item.media.is_playable
    return item.media.key


def page(editor: Client, asset: Asset) -> str:
    response = editor.get(f"{FILES}{asset.pk}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_plays_goes_on_until_the_new_file_is_ready(editor: Client, live: Video) -> None:
    old = version_of(live).asset
    assert old is not None
    response = editor.post(
        f"/redaktion/mediathek/videos/{live.pk}/datei-ersetzen/", {"file": SimpleUploadedFile("neu.mov", b"film")}
    )
    new = version_of(live).next_asset
    assert new is not None
    assert response["Location"] == f"{FILES}{new.pk}/"
    for state in (AssetState.RUNNING, AssetState.PLAYABLE):
        move(new, state)
        assert plays(live) == old.key, f"the old file plays while the new one is {state}"
    assert "wird aufbereitet und nimmt danach von selbst" in page(editor, old)
    assert "„heute.mp4“ läuft bis dahin weiter" in page(editor, new)
    move(new, AssetState.READY)
    assert plays(live) == new.key
    old.refresh_from_db()
    assert old.retired_at is not None
    assert old.folder.exists(), "whoever plays it now sees it to its end"
    live.refresh_from_db()
    assert live.live


def test_where_nothing_plays_a_draft_gets_the_new_file_at_once(db: None) -> None:
    first, second = new_asset("a.mp4"), new_asset("b.mp4")
    video = create_video(title="Film", asset=first)
    replace_asset(by=MACHINE, video=video, asset=second)
    assert version_of(video).asset == second
    first.refresh_from_db()
    assert first.retired_at is not None
    assert Job.objects.get(asset=first).is_cancel_asked


def test_a_public_page_without_a_working_file_takes_the_first_size(live: Video) -> None:
    Asset.objects.update(state=AssetState.FAILED, error_code="disk_full")
    new = new_asset()
    replace_asset(by=MACHINE, video=live, asset=new)
    move(new, AssetState.PLAYABLE)
    assert version_of(live).asset != new, "not checked yet"
    Asset.objects.filter(pk=new.pk).update(is_checked=True)
    move(new, AssetState.PLAYABLE)
    assert version_of(live).asset == new


@pytest.mark.parametrize("state", [AssetState.REFUSED, AssetState.FAILED])
def test_a_replacement_that_fails_changes_nothing_and_says_so(editor: Client, live: Video, state: str) -> None:
    old = version_of(live).asset
    assert old is not None
    new = new_asset("kaputt.mp4")
    replace_asset(by=MACHINE, video=live, asset=new)
    move(new, state, error_code="disk_full")
    assert plays(live) == old.key
    told = page(editor, old)
    assert "„kaputt.mp4“ ließ sich nicht aufbereiten" in told
    assert describe_reason("disk_full", {}) in told
    assert f"{FILES}{new.pk}/wiederholen/" in told or state == AssetState.REFUSED
    edit = editor.get(f"/redaktion/mediathek/videos/edit/{live.pk}/").content.decode()
    assert "„kaputt.mp4“ ließ sich nicht aufbereiten" in edit


def test_the_replacement_can_be_dropped(editor: Client, live: Video) -> None:
    old, new = version_of(live).asset, new_asset()
    assert old is not None
    replace_asset(by=MACHINE, video=live, asset=new)
    response = editor.post(f"/redaktion/mediathek/videos/{live.pk}/ersatz-verwerfen/", follow=True)
    assert "Der Ersatz ist verworfen" in response.content.decode()
    assert version_of(live).next_asset is None
    move(new, AssetState.READY)
    assert plays(live) == old.key
    new.refresh_from_db()
    assert new.retired_at is not None
    assert not drop_replacement(by=MACHINE, video_id=live.pk)


def test_the_newer_of_two_replacements_wins(live: Video) -> None:
    first, second = new_asset("erste.mp4"), new_asset("zweite.mp4")
    replace_asset(by=MACHINE, video=live, asset=first)
    replace_asset(by=MACHINE, video=live, asset=second)
    first.refresh_from_db()
    assert first.retired_at is not None
    assert Job.objects.get(asset=first).is_cancel_asked
    move(first, AssetState.READY)
    assert version_of(live).asset not in {first, second}
    move(second, AssetState.READY)
    assert plays(live) == second.key


def test_what_a_killed_worker_did_not_tell_is_caught_up(live: Video) -> None:
    new = new_asset()
    replace_asset(by=MACHINE, video=live, asset=new)
    Asset.objects.filter(pk=new.pk).update(state=AssetState.READY)
    housekeeping_due.send(sender=None)
    assert plays(live) == new.key


def test_one_that_cannot_be_done_does_not_keep_the_others(
    live: Video, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = create_video(title="Anders", asset=new_asset("x.mp4", AssetState.READY))
    bad, good = new_asset("schlecht.mp4"), new_asset("gut.mp4")
    replace_asset(by=MACHINE, video=live, asset=bad)
    replace_asset(by=MACHINE, video=other, asset=good)
    Asset.objects.filter(pk__in=[bad.pk, good.pk]).update(state=AssetState.READY)

    def fail(*, source_id: int, target_id: int) -> None:
        if target_id == bad.pk:
            raise OSError("disk")

    monkeypatch.setattr("funkhaus.mediathek.services.replacing.transfer_tracks", fail)
    housekeeping_due.send(sender=None)
    assert version_of(other).asset == good
    assert version_of(live).next_asset == bad, "all of it or nothing"
    assert "disk" in caplog.text


def test_a_file_with_grave_warnings_waits_for_an_editor(editor: Client, live: Video) -> None:
    old, new = version_of(live).asset, new_asset("kurz.mp4")
    assert old is not None
    replace_asset(by=MACHINE, video=live, asset=new)
    move(new, AssetState.READY, findings=[["cut_short", {"claimed": "10.0", "found": "4.0"}]])
    assert plays(live) == old.key
    assert "„kurz.mp4“ ist fertig und wartet auf dich" in page(editor, old)
    name = editor.get(f"{FILES}{new.pk}/").context["media"].warnings[0].name
    response = editor.post(f"{FILES}{new.pk}/hinweise/", {"warning": name}, follow=True)
    assert plays(live) == new.key
    assert "Gesehen von edda" in " ".join(response.content.decode().split())


def test_files_of_a_deleted_video_retire(live: Video) -> None:
    playing, waiting = version_of(live).asset, new_asset()
    assert playing is not None
    replace_asset(by=MACHINE, video=live, asset=waiting)
    live.delete()
    assert Asset.objects.filter(retired_at__isnull=False).count() == 2
