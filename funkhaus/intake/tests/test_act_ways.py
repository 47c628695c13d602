"""Acts on media files that come from no form of the desk: uploads in pieces, programs, what follows by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.signals import asset_moved
from funkhaus.intake.tests.desk_acts import VTT, asset_of, make_asset, take_stock
from funkhaus.intake.tests.tus import FILM, begin, call, encode, send
from funkhaus.intake.watch_folder.watcher import Watcher
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.selectors import MediaAct, list_acts
from funkhaus.mediathek.services import JOBS_COMMAND, Machine, create_video, publish_video, replace_asset

SHORT = ["cut_short", {"claimed": "10.0", "found": "4.0"}]


def one_row() -> ModelLogEntry:
    return ModelLogEntry.objects.get(action__startswith="mediathek.")


def tell(video: Video, language: str = "de") -> MediaAct:
    """The newest act in words."""
    with translation.override(language):
        return list_acts(video)[0]


def finish(asset: Asset, **facts: Any) -> None:
    """As a worker that has made everything: stored, then told."""
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.READY, **facts)
    for _receiver, answer in asset_moved.send_robust(sender=Asset, asset_id=asset.pk, state="ready"):
        assert answer is None, answer


@pytest.mark.parametrize("what", ["a new video", "another file", "subtitles"])
def test_an_upload_in_pieces_is_its_senders_act(program: Client, draft: Video, what: str) -> None:
    wish: dict[str, Any] = {} if what == "a new video" else {"video": draft.public_id}
    if what == "subtitles":
        path = begin(program, len(VTT), name="heute.en.vtt", role="subtitles", language="en", **wish)
        send(program, path, VTT)
    else:
        send(program, begin(program, **wish))
    row, act = one_row(), {"a new video": Act.FILE_IN, "another file": Act.FILE_REPLACE}.get(what, Act.TEXT_IN)
    assert (row.action, row.user.username) == (act, "edda")
    assert (row.object_id == str(draft.pk)) == (what != "a new video")
    for _ in range(2):  # asked again whether it is done
        call(program, "HEAD", path if what == "subtitles" else program.get("/api/uploads/").json()["uploads"][0]["url"])
    assert one_row().pk == row.pk


def test_an_upload_by_somebody_who_may_not_change_the_video_leaves_no_row(program: Client, draft: Video) -> None:
    User.objects.get(username="edda").user_permissions.filter(codename="change_video").delete()
    before = take_stock()
    metadata = encode(filename="neu.mp4", video=draft.public_id)
    assert call(program, "POST", Upload_Length=str(len(FILM)), Upload_Metadata=metadata).status_code == 403
    assert not ModelLogEntry.objects.exists()
    assert take_stock() == before


def test_what_is_laid_into_the_watched_folder_comes_in_under_its_name(db: None, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    watcher = Watcher(tmp_path)
    for now_s in (0.0, 61.0, 122.0):
        watcher.look(now_s)
    row = one_row()
    assert (row.action, row.user, row.data["by"]) == (Act.FILE_IN, None, "funkhaus watch")
    assert tell(Video.objects.get()).who == "funkhaus watch"


def test_what_the_command_takes_in_comes_in_under_its_name(db: None, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    call_command("ingest", str(tmp_path / "film.mp4"))
    told = tell(Video.objects.get())
    assert (told.what, told.who) == ("Mediendatei aufgenommen: „film.mp4“", "funkhaus ingest")


@pytest.mark.parametrize("word", ["cancel", "news", "retry"])
def test_what_the_command_does_to_a_job_stands_in_the_videos_history(editor: Client, draft: Video, word: str) -> None:
    job = Job.objects.get(asset=asset_of(draft))
    Job.objects.update(state=JobState.FAILED if word == "retry" else JobState.QUEUED)
    if word == "retry":
        Asset.objects.update(state=AssetState.FAILED, error_code="disk_full")
    call_command("jobs", word, str(job.pk))
    act = {"cancel": Act.JOB_CANCEL, "news": Act.JOB_PRIORITY, "retry": Act.JOB_RETRY}[word]
    assert (one_row().action, tell(draft).who) == (act, JOBS_COMMAND.name)
    page = editor.get(f"/redaktion/mediathek/videos/history/{draft.pk}/").content.decode()
    assert f"{tell(draft).what} (funkhaus jobs)" in page


@pytest.fixture
def waiting(editor: Client, draft: Video) -> Asset:
    """A file that waits to replace that of a published video; edda had asked for it."""
    publish_video(video=draft)
    user = User.objects.get(username="edda")
    asset = make_asset("neu.mp4", AssetState.RUNNING, created_by=user)
    replace_asset(by=user, video=Video.objects.get(pk=draft.pk), asset=asset)
    return asset


def test_when_a_file_takes_its_place_by_itself_the_row_says_who_had_asked(draft: Video, waiting: Asset) -> None:
    old = asset_of(draft)
    finish(waiting)
    assert asset_of(draft) == waiting
    (row,) = ModelLogEntry.objects.filter(action=Act.FILE_SUCCEED)
    assert (row.user.username, row.data["before"]["key"], row.data["after"]["key"]) == ("edda", old.key, waiting.key)
    told = tell(draft)
    assert told.what == "Mediendatei ersetzt: „neu.mp4“ war fertig und nahm den Platz von „heute.mp4“ ein"
    assert told.who == "von selbst, im Auftrag von edda"
    assert tell(draft, "en").who == "by itself, as edda had asked"
    finish(waiting)
    assert ModelLogEntry.objects.filter(action=Act.FILE_SUCCEED).count() == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_who_accepts_the_warnings_is_not_said_to_have_asked_for_the_file(
    draft: Video, waiting: Asset, is_known: bool
) -> None:
    finish(waiting, findings=[SHORT], is_held=True)
    assert asset_of(draft) != waiting
    if not is_known:
        Asset.objects.update(created_by=None)  # the account is gone
    other = User.objects.create_superuser("otto")
    client = Client()
    client.force_login(other)
    name = client.get(f"/redaktion/mediathek/dateien/{waiting.pk}/").context["media"].warnings[0].name
    client.post(f"/redaktion/mediathek/dateien/{waiting.pk}/hinweise/", {"warning": name})
    assert asset_of(draft) == waiting
    succession, acceptance = list_acts(draft)[:2]
    assert acceptance.who == "otto"
    assert succession.who == ("von selbst, im Auftrag von edda" if is_known else "")


def test_the_file_that_waited_is_named_when_a_newer_one_comes(draft: Video, waiting: Asset) -> None:
    newer = make_asset("neuer.mp4", AssetState.RUNNING)
    replace_asset(by=Machine("a test"), video=Video.objects.get(pk=draft.pk), asset=newer)
    assert "„neu.mp4“, die wartete, ist verworfen" in tell(draft).what


def test_a_replaced_version_names_both_files_in_one_row(editor: Client, draft: Video) -> None:
    old = Version.objects.create(video=draft, kind="audio_description", language="de", asset=make_asset("alt-ad.mp4"))
    source = create_video(title="Besser", asset=make_asset("besser-ad.mp4"))
    editor.post(f"/redaktion/mediathek/videos/{draft.pk}/fassungen/?ersetzt={old.pk}", {"source": source.pk})
    row = one_row()
    assert (row.data["before"]["file"], row.data["after"]["file"]) == ("alt-ad.mp4", "besser-ad.mp4")
    assert "aus dem Entwurf „Besser“" in tell(draft).what
    assert "Audiodeskription (Deutsch), „alt-ad.mp4“" in tell(draft).what


def test_a_refused_version_leaves_no_row(editor: Client, draft: Video) -> None:
    source = create_video(title="Anders", asset=make_asset("x.mp4"))
    form = {"kind": "audio_description", "language": "de", "source": source.pk}
    Version.objects.create(video=draft, kind="audio_description", language="de")
    answer = editor.post(f"/redaktion/mediathek/videos/{draft.pk}/fassungen/", form)
    assert "Es gibt schon eine Fassung dieser Art und Sprache" in answer.content.decode()
    assert not ModelLogEntry.objects.exists()
