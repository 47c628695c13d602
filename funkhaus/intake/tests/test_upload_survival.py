"""What an upload survives: kills, two writers, vanished senders, full disks, other people, and time."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.http import UnreadablePostError
from django.test import Client
from django.utils import timezone

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, Upload
from funkhaus.ingest.signals import housekeeping_due
from funkhaus.intake.tests.tus import FILM, begin, call, encode, list_left_over, offset, send
from funkhaus.intake.tus.selectors import open_file
from funkhaus.intake.tus.writer_lock import writing
from funkhaus.kernel.incoming_body import IncomingBody
from funkhaus.mediathek.models import Video


def get_data(path: str) -> Path:
    return open_file(Upload.objects.get(key=path.rpartition("/")[2])).data


def test_what_lies_on_the_disk_counts_whatever_was_killed(editor: Client) -> None:
    path = begin(editor)
    get_data(path).write_bytes(FILM[:777])  # written, and then killed before anything else could happen
    assert offset(editor, path) == "777"
    send(editor, path, FILM[777:], 777)
    assert Asset.objects.get().original_path.read_bytes() == FILM


def test_bytes_whose_checksum_was_never_checked_do_not_count(editor: Client) -> None:
    path = begin(editor)
    send(editor, path, FILM[:100])
    data = get_data(path)
    data.write_bytes(FILM[:100] + b"half a piece")  # killed in the middle of a piece that began at 100
    (data.parent / "mark").write_text("100")
    assert offset(editor, path) == "100"
    assert send(editor, path, FILM[100:], 100).status_code == 204
    assert Asset.objects.get().original_path.read_bytes() == FILM


@pytest.mark.parametrize("asker", ["HEAD", "GET", "housekeeping"])
def test_a_draft_that_was_not_made_after_the_last_byte_is_made_later_and_once(editor: Client, asker: str) -> None:
    path = begin(editor)
    get_data(path).write_bytes(FILM)  # the last byte came, then kill -9
    assert not Video.objects.exists()
    for _ in range(2):
        if asker == "housekeeping":
            housekeeping_due.send(sender=None)
        else:
            call(editor, asker, path)
    assert Video.objects.count() == 1
    assert Asset.objects.get().original_path.read_bytes() == FILM


def test_a_kill_while_the_draft_is_made_loses_and_doubles_nothing(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begin(editor)

    def die(**_details: Any) -> None:
        raise KeyboardInterrupt  # as a kill: nothing catches it, the transaction goes back

    monkeypatch.setattr("funkhaus.intake.receive.take_in_video", die)
    with pytest.raises(KeyboardInterrupt):
        send(editor, path)
    assert not Asset.objects.exists()
    monkeypatch.undo()
    assert editor.get(path).json()["state"] == "stored"
    assert Asset.objects.get().original_path.read_bytes() == FILM
    assert list_left_over() == []


def test_a_database_that_fails_at_the_last_byte_costs_a_moment_not_the_file(
    editor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = begin(editor)

    def fail(**_details: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("funkhaus.intake.receive.take_in_video", fail)
    response = send(editor, path)
    assert (response.status_code, response["Upload-Offset"]) == (204, str(len(FILM)))
    assert editor.get(path).json()["state"] == "storing"
    assert "could not be stored yet" in caplog.text
    monkeypatch.undo()
    assert editor.get(path).json()["state"] == "stored"


@pytest.mark.parametrize("writer", ["lives", "is silent"])
def test_a_second_writer_waits_for_a_living_one_and_takes_the_place_of_a_silent_one(
    editor: Client, writer: str
) -> None:
    path = begin(editor)
    asked, ready = threading.Event(), threading.Event()
    body = IncomingBody(asked.set)
    if writer == "is silent":
        body.came_at -= 3

    folder = get_data(path).parent
    thread = threading.Thread(target=lambda: hold(folder, body, ready, asked, writer))
    thread.start()
    assert ready.wait(5)
    response = send(editor, path)
    thread.join()
    assert response.status_code == (423 if writer == "lives" else 204)
    assert asked.is_set() == (writer == "is silent")
    assert Asset.objects.count() == (writer == "is silent")


def hold(folder: Path, body: Any, ready: threading.Event, asked: threading.Event, writer: str) -> None:
    with writing(folder, body):
        ready.set()
        asked.wait(0.5 if writer == "lives" else 20)


def test_ending_an_upload_cuts_off_its_writer(editor: Client) -> None:
    path = begin(editor)
    asked, ready = threading.Event(), threading.Event()
    folder = get_data(path).parent
    thread = threading.Thread(target=lambda: hold(folder, IncomingBody(asked.set), ready, asked, "is told"))
    thread.start()
    assert ready.wait(5)
    assert call(editor, "DELETE", path).status_code == 204
    thread.join()
    assert call(editor, "HEAD", path).status_code == 404
    assert list_left_over() == []


def test_what_came_before_the_sender_vanished_is_kept(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begin(editor)
    pieces = [FILM[:3000], FILM[3000:4000]]

    def read(self: WSGIRequest, _size: int = -1) -> bytes:
        if not pieces:
            raise UnreadablePostError("gone")
        return pieces.pop(0)

    monkeypatch.setattr(WSGIRequest, "read", read)
    send(editor, path)
    assert offset(editor, path) == "4000"


def test_a_full_disk_is_told_and_what_is_there_is_kept(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begin(editor)
    send(editor, path, FILM[:100])
    for target in (
        "funkhaus.intake.tus.request_body.has_room",
        "funkhaus.intake.tus.storage._has_reserve",
    ):
        monkeypatch.setattr(target, lambda *_: False)
        response = send(editor, path, FILM[100:], 100)
        assert response.status_code == 507
        assert "kein Platz mehr" in response.json()["message"]
        assert offset(editor, path) == "100"
        monkeypatch.undo()
    assert send(editor, path, FILM[100:], 100).status_code == 204


def test_a_beginning_needs_room_for_all_of_it(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.intake.tus.views.has_room", lambda _folder, needed: needed < 1000)
    response = call(editor, "POST", Upload_Length="1000", Upload_Metadata=encode(filename="a.mp4"))
    assert response.status_code == 507
    assert not Upload.objects.exists()


def test_an_upload_that_nobody_continues_is_removed_and_others_are_not(program: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        forgotten, whole, continued = (begin(program) for _ in range(3))
        assert "Upload-Expires" in call(program, "HEAD", forgotten)
        get_data(whole).write_bytes(FILM)
        clock.shift(timedelta(days=6))
        send(program, continued, FILM[:10])
        clock.shift(timedelta(days=2))
        housekeeping_due.send(sender=None)
        assert call(program, "HEAD", forgotten).status_code == 404
        assert offset(program, continued) == "10"
        assert program.get(whole).json()["state"] == "stored"
        clock.shift(timedelta(days=2))
        housekeeping_due.send(sender=None)
        assert call(program, "HEAD", whole).status_code == 404, "it was settled two days ago"
        assert Video.objects.count() == 1
        clock.shift(timedelta(days=8))
        housekeeping_due.send(sender=None)
        assert not Upload.objects.exists()
        assert list_left_over() == []


def test_folders_that_no_upload_names_are_removed_when_they_are_old(editor: Client) -> None:
    path = begin(editor)
    folder = get_data(path).parent
    stray = folder.with_name("s" * 26)
    stray.mkdir()
    housekeeping_due.send(sender=None)
    assert stray.exists(), "its row may be about to come"
    with time_machine.travel(time.time() + 25 * 3600):
        housekeeping_due.send(sender=None)
    assert not stray.exists()
    assert folder.exists()


def test_a_replacement_keeps_the_video_and_asks_for_the_right_again(editor: Client, draft: Video) -> None:
    path = begin(editor, video=draft.public_id)
    send(editor, path)
    assert Video.objects.get().pk == draft.pk
    told = editor.get(path).json()
    assert (told["video"], told["name"]) == (draft.public_id, "heute_um_acht.mp4")

    path = begin(editor, video=draft.public_id)
    User.objects.get(username="edda").user_permissions.remove(Permission.objects.get(codename="change_video"))
    send(editor, path)
    told = editor.get(path).json()
    assert (told["state"], told["error"]) == ("refused", "Du darfst dieses Video nicht ändern.")
    assert list_left_over() == []
