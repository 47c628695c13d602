"""Encodings at the desk: the guess is told, the text is seen in another encoding before anything is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from funkhaus.ingest.models import TextTrack
from funkhaus.ingest.services import SubtitleFile, add_subtitles
from funkhaus.mediathek.models import Video

pytestmark = pytest.mark.usefixtures("transactional_db")
RIGHT = "Dziękuję, że przyszłaś"
WRONG = RIGHT.encode("cp1250").decode("cp1252")  # Polish that was read as Western European
SRT = f"1\n00:00:00,000 --> 00:00:01,000\n{RIGHT}\n".encode("cp1250")


def stored(track: TextTrack) -> str:
    track.refresh_from_db()
    return (track.asset.folder / track.file_name).read_text(encoding="utf-8")


def test_a_text_is_seen_in_another_encoding_and_stored_only_then(editor: Client, draft: Video, tmp_path: Path) -> None:
    (tmp_path / "text.srt").write_bytes(SRT)
    asset = draft.versions.get().asset
    assert asset is not None
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(tmp_path / "text.srt", encoding="cp1252")])
    track = TextTrack.objects.get(asset=asset)
    address = reverse("mediathek_desk:track-edit", args=[asset.pk, track.pk])
    page = editor.get(address).content.decode()
    assert WRONG in page
    assert "wurde als Windows-1252" in page
    page = editor.get(address, {"encoding": "cp1250"}).content.decode()
    assert RIGHT in page
    assert '<input type="hidden" name="encoding" value="cp1250">' in page
    assert WRONG in stored(track)
    content = stored(track).replace(WRONG, RIGHT)
    editor.post(address, {"content": content, "expected": track.file_name, "encoding": "cp1250"})
    assert RIGHT in stored(track)
    assert track.encoding == "cp1250"
    assert RIGHT in editor.get(address).content.decode()


def test_a_text_of_certain_encoding_offers_no_other(editor: Client, draft: Video, tmp_path: Path) -> None:
    (tmp_path / "text.srt").write_bytes(SRT.decode("cp1250").encode())
    asset = draft.versions.get().asset
    assert asset is not None
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(tmp_path / "text.srt")])
    track = TextTrack.objects.get(asset=asset)
    page = editor.get(reverse("mediathek_desk:track-edit", args=[asset.pk, track.pk]), {"encoding": "cp437"})
    assert RIGHT in page.content.decode()
    assert "fh-encoding" not in page.content.decode()


def test_the_guess_is_told_after_the_upload_and_an_encoding_can_be_chosen(editor: Client, draft: Video) -> None:
    asset = draft.versions.get().asset
    assert asset is not None
    address = reverse("intake:subtitle-upload", args=[asset.pk])
    assert "Zeichenkodierung" in editor.get(address).content.decode()
    page = editor.post(address, {"subtitle_file": SimpleUploadedFile("film.srt", SRT)}, follow=True).content.decode()
    assert f"Windows-1250 – Polski, Čeština: „{RIGHT}“" in page
    sent = {"subtitle_file": SimpleUploadedFile("film.srt", SRT), "subtitle_encoding": "cp1252"}
    editor.post(address, sent)
    assert WRONG in stored(TextTrack.objects.get(asset=asset))
