"""The jobs page: what editors see of the work and can do with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from funkhaus.ingest.disk_space import Room
from funkhaus.ingest.models import Asset, AssetState, Job, JobPriority, JobState
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import create_video

JOBS = "/redaktion/mediathek/auftraege/"


def make_job(title: str, state: JobState, **fields: Any) -> Job:
    asset = Asset.objects.create(original_name=f"{title}.mp4", state=AssetState.QUEUED)
    create_video(title=title, asset=asset, rating="0")
    return Job.objects.create(asset=asset, state=state, **fields)


@pytest.fixture
def running(db: None) -> Job:
    log = [{"at": timezone.now().isoformat(), "code": "started", "facts": {"attempt": 1, "machine": "studio"}}]
    return make_job(
        "Film", JobState.RUNNING, step="rest", progress=0.5, remaining_s=170, log=log, worker="studio/b/1:1"
    )


def test_running_waiting_and_failed_jobs_stand_there_with_what_can_be_done(editor: Client, running: Job) -> None:
    waiting = make_job("Beitrag", JobState.QUEUED)
    make_job("Eilmeldung", JobState.QUEUED, priority=JobPriority.NEWS)
    failed = make_job("Kaputt", JobState.FAILED)
    Asset.objects.filter(pk=failed.asset_id).update(state=AssetState.FAILED, error_code="original_missing")
    page = editor.get(JOBS).content.decode()
    assert "noch etwa 3 Minuten" in page
    assert "Weitere Größen" in page or "weiteren Größen" in page
    assert "Platz 2 in der Warteschlange" in page, "the urgent one is before it"
    assert page.index("Film") < page.index("Eilmeldung") < page.index("Beitrag") < page.index("Kaputt")
    assert f"{JOBS}{running.pk}/abbrechen/" in page
    assert f"{JOBS}{waiting.pk}/vorziehen/" in page
    assert f"/redaktion/mediathek/dateien/{failed.asset_id}/wiederholen/" in page
    only = editor.get(JOBS, {"stand": "queued"}).content.decode()
    assert "Beitrag" in only
    assert "Film" not in only
    part = editor.get(JOBS, {"teil": "liste"})
    assert "<html" not in part.content.decode()
    assert "no-store" in part["Cache-Control"]


def test_a_job_is_put_first_and_cancelled(editor: Client, db: None) -> None:
    make_job("Anderer", JobState.QUEUED)
    job = make_job("Beitrag", JobState.QUEUED)
    answer = editor.post(f"{JOBS}{job.pk}/vorziehen/", {"zurueck": f"{JOBS}?stand=queued"})
    assert answer["Location"] == f"{JOBS}?stand=queued"
    job.refresh_from_db()
    assert job.priority == JobPriority.NEWS
    assert "Platz 1" in editor.get(f"/redaktion/mediathek/dateien/{job.asset_id}/").content.decode()
    editor.post(f"{JOBS}{job.pk}/abbrechen/", {"zurueck": "https://example.org/"})
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    again = editor.post(f"{JOBS}{job.pk}/abbrechen/", {"zurueck": "https://example.org/"}, follow=True)
    assert again.redirect_chain == [(JOBS, 302)], "never to another site"
    assert "zu Ende" in again.content.decode()


def test_only_who_may_change_videos_sees_and_touches_jobs(reader: Client, running: Job) -> None:
    for answer in (reader.get(JOBS), reader.post(f"{JOBS}{running.pk}/abbrechen/")):
        assert answer.status_code in {302, 403}
    running.refresh_from_db()
    assert not running.is_cancel_asked


def test_the_files_page_follows_step_rest_and_log(editor: Client, running: Job) -> None:
    stand = editor.get(f"/redaktion/mediathek/dateien/{running.asset_id}/stand.json").json()
    assert stand["remaining_label"] == "noch etwa 3 Minuten"
    assert stand["can_cancel"] is True
    assert [text for _at, text in stand["log"]] == ["Versuch 1 beginnt auf studio."]
    page = editor.get(f"/redaktion/mediathek/dateien/{running.asset_id}/").content.decode()
    assert "Protokoll" in page
    assert f"{JOBS}{running.pk}/abbrechen/" in page


def test_the_edit_form_holds_no_form_within_the_form(editor: Client, running: Job) -> None:
    video = Video.objects.get(title="Film")
    page = editor.get(f"/redaktion/snippets/mediathek/video/edit/{video.pk}/", follow=True).content.decode()
    assert f"{JOBS}{running.pk}/abbrechen/" not in page


@pytest.mark.parametrize("is_out", [True, False])
def test_a_disk_that_gets_full_is_told_at_the_start_of_the_desk(
    editor: Client, monkeypatch: pytest.MonkeyPatch, is_out: bool
) -> None:
    assert "Festplatte" not in editor.get("/redaktion/").content.decode()
    room = Room(free_bytes=3_200_000_000, is_low=True, is_out=is_out)
    monkeypatch.setattr("funkhaus.mediathek.desk.jobs.disk_space_panel.measure_room", lambda: room)
    page = editor.get("/redaktion/").content.decode()
    assert ("Die Festplatte ist voll" if is_out else "nur noch 3,2 GB sind frei") in page
