"""Uploads: what is taken, what is refused with which words, and that nothing stays behind."""

from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.utils import translation

from funkhaus.ingest.models import Asset, Job
from funkhaus.intake.form.upload_folder import claim_upload_folder
from funkhaus.intake.refusals import describe_size
from funkhaus.mediathek.models import Video

UPLOAD = "/redaktion/mediathek/hochladen/"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"
BAD_VTT = b"WEBVTT\n\n00:05.000 --> 00:xx\nHallo\n"


def media(name: str = "heute_um_acht.mp4", content: bytes = b"not really a film") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="video/mp4")


def list_left_over() -> list[Path]:
    return list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


def assert_nothing_stored() -> None:
    assert list_left_over() == []
    assert list(Path(settings.ORIGINAL_ROOT).iterdir()) == []
    assert not Video.objects.exists()
    assert not Asset.objects.exists()


def upload(client: Client, **data: Any) -> Any:
    return client.post(UPLOAD, data)


def test_an_upload_becomes_a_draft_with_a_waiting_job(editor: Client) -> None:
    response = upload(editor, title="Heute", kind="film", rating="12", file=media())
    video = Video.objects.get()
    asset = Asset.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/redaktion/mediathek/dateien/{asset.pk}/"
    assert (video.title, video.slug, video.kind, video.age_rating, video.live) == (
        "Heute",
        "heute",
        "film",
        "12",
        False,
    )
    assert video.versions.get().asset == asset
    assert asset.original_path.read_bytes() == b"not really a film"
    assert Job.objects.get().state == "queued"
    assert list_left_over() == []


def test_title_and_rating_are_filled_in_when_left_out(editor: Client) -> None:
    upload(editor, file=media("mein_schöner clip.MOV"))
    video = Video.objects.get()
    assert video.title == "Mein schöner clip"
    assert video.slug == "mein-schoener-clip"
    assert video.age_rating == "unrated"


def test_a_script_gets_the_address_to_follow(editor: Client) -> None:
    response = editor.post(UPLOAD, {"file": media()}, headers={"Accept": "application/json"})
    assert response.json() == {"url": f"/redaktion/mediathek/dateien/{Asset.objects.get().pk}/"}


def test_subtitles_come_along(editor: Client) -> None:
    subtitles = SimpleUploadedFile("heute.vtt", VTT)
    upload(editor, file=media(), subtitle_file=subtitles, subtitle_language="en", subtitle_kind="captions")
    track = Asset.objects.get().text_tracks.get()
    assert (track.language, track.kind) == ("en", "captions")
    assert list_left_over() == []


def test_subtitles_that_cannot_be_read_do_not_cost_the_film(editor: Client) -> None:
    response = editor.post(
        UPLOAD, {"file": media(), "subtitle_file": SimpleUploadedFile("heute.vtt", BAD_VTT)}, follow=True
    )
    assert Asset.objects.get().text_tracks.count() == 0
    assert "Die Untertitel wurden nicht übernommen" in response.content.decode()
    assert "Zeile 3" in response.content.decode()
    assert list_left_over() == []


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"file": media("notizen.pdf")}, 415, "„notizen.pdf“ ist weder Film noch Ton"),
        ({"file": media("film.mp4", b"")}, 422, "Diese Datei ist leer."),
        ({}, 422, "Bitte wähle eine Datei."),
        (
            {"file": media(), "subtitle_file": SimpleUploadedFile("text.docx", b"PK")},
            415,
            "„text.docx“ ist keine Untertiteldatei",
        ),
    ],
    ids=["wrong type", "empty", "none", "wrong subtitles"],
)
def test_a_refusal_says_why_and_leaves_nothing(editor: Client, data: dict[str, Any], status: int, words: str) -> None:
    for file in data.values():
        file.seek(0)
    response = editor.post(UPLOAD, {"title": "Bleibt stehen", **data})
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Bleibt stehen" in response.content.decode()
    assert_nothing_stored()


def test_a_refusal_names_the_field_to_a_script(editor: Client) -> None:
    response = editor.post(UPLOAD, {"file": media("notizen.pdf")}, headers={"Accept": "application/json"})
    assert response.status_code == 415
    assert list(response.json()["errors"]) == ["file"]


def test_a_file_over_the_limit_is_refused_by_its_declared_size(editor: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = -4_999_000  # the allowance for subtitles comes on top
    response = upload(editor, file=media(content=b"x" * 5000))
    assert response.status_code == 413
    assert "zu groß" in response.content.decode()
    assert_nothing_stored()


def test_a_file_over_the_limit_is_refused_while_it_comes_in(editor: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    response = upload(editor, file=media(content=b"x" * 200_000))
    assert response.status_code == 413
    assert_nothing_stored()


def test_a_full_disk_is_told_before_anything_is_stored(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 1000))
    response = upload(editor, file=media())
    assert response.status_code == 507
    assert "kein Platz mehr" in response.content.decode()
    assert_nothing_stored()


@pytest.mark.parametrize("moment", ["writing", "opening", "closing"])
def test_a_disk_that_fills_up_meanwhile_is_told_too(
    editor: Client, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    method = {"writing": "receive_data_chunk", "opening": "new_file", "closing": "file_complete"}[moment]

    class FullFile:
        """Takes the place of the temporary file."""

        def __init__(self, file: Any) -> None:
            self.file = file

        def write(self, _data: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

    def fail(self: Any, *args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if moment == "writing":
        original = TemporaryFileUploadHandler.new_file

        def open_full(self: Any, *args: Any, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            self.file = FullFile(self.file)

        monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", open_full)
    else:
        monkeypatch.setattr(TemporaryFileUploadHandler, method, fail)
    response = upload(editor, file=media(content=b"x" * 200_000))
    assert response.status_code == 507
    assert "kein Platz mehr" in response.content.decode()
    assert_nothing_stored()


def test_another_disk_error_is_not_swallowed(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any, *args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(TemporaryFileUploadHandler, "file_complete", fail)
    with pytest.raises(OSError, match="Input/output"):
        upload(editor, file=media())
    assert_nothing_stored()


@pytest.mark.parametrize("cut", [300, 1500])
def test_an_upload_that_breaks_off_leaves_nothing(editor: Client, cut: int) -> None:
    body = (
        b'--frontier\r\nContent-Disposition: form-data; name="title"\r\n\r\nHeute\r\n'
        b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n'
        b"Content-Type: video/mp4\r\n\r\n" + b"x" * 3000
    )
    response = editor.generic("POST", UPLOAD, body[:cut], content_type="multipart/form-data; boundary=frontier")
    assert response.status_code == 400
    assert_nothing_stored()


def test_a_film_is_not_taken_when_the_subtitles_after_it_broke_off(editor: Client) -> None:
    body = (
        b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nfilm\r\n'
        b'--frontier\r\nContent-Disposition: form-data; name="subtitle_file"; filename="a.vtt"\r\n\r\nWEBVTT'
    )
    response = editor.generic("POST", UPLOAD, body, content_type="multipart/form-data; boundary=frontier")
    assert response.status_code == 400
    assert_nothing_stored()


def test_who_may_not_add_videos_is_turned_away_before_a_byte_is_read(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_to_read(self: Any, *args: Any, **kwargs: Any) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.read", refuse_to_read)
    for client in (reader, Client()):
        response = upload(client, file=media())
        assert response.status_code == 302
        assert response["Location"].startswith("/redaktion/")
        assert "dateien" not in response["Location"]
    assert_nothing_stored()


def test_a_post_from_elsewhere_is_refused_and_leaves_nothing(editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert upload(strict, file=media()).status_code == 403
    assert_nothing_stored()


def test_the_page_offers_the_form_to_those_who_may(editor: Client) -> None:
    page = editor.get(UPLOAD).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "nicht bewertet (zählt wie 16)" in page


def test_the_first_web_process_removes_only_what_killed_ones_left(tmp_path: Path) -> None:
    (tmp_path / "tmpabc123.upload.mp4").write_bytes(b"half a film")
    (tmp_path / "tmpdef456.upload").write_bytes(b"")
    (tmp_path / "somebody's notes.txt").write_text("keep")
    (tmp_path / "folder.upload").mkdir()
    claim_upload_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.upload", "somebody's notes.txt"]


def test_a_second_web_process_leaves_alone_what_the_first_receives(tmp_path: Path) -> None:
    claim_upload_folder(tmp_path)
    (tmp_path / "tmpabc123.upload.mp4").write_bytes(b"half a film")
    claim_upload_folder(tmp_path)
    assert (tmp_path / "tmpabc123.upload.mp4").exists()


def test_a_refused_upload_is_read_to_its_end_so_that_the_browser_shows_our_words(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams: list[Any] = []
    open_request = WSGIRequest.__init__

    def remember(self: WSGIRequest, environ: Any) -> None:
        open_request(self, environ)
        streams.append(self._stream)

    monkeypatch.setattr(WSGIRequest, "__init__", remember)
    response = upload(editor, file=media("notizen.pdf", b"x" * 3_000_000))
    assert response.status_code == 415
    assert streams[0].read(1) == b""


@pytest.mark.parametrize(
    ("size", "words"), [(20_000_000_000, "20 GB"), (1_500_000_000, "1,5 GB"), (5_000_000, "5 MB"), (0, "0 MB")]
)
def test_sizes_are_said_as_the_setting_counts_them(size: int, words: str) -> None:
    with translation.override("de"):
        assert describe_size(size) == words
