"""The cue editor without script, and what its script asks of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from funkhaus.ingest.models import TextTrack
from funkhaus.ingest.services import SubtitleFile, add_subtitles
from funkhaus.mediathek.models import Chapter, Video

pytestmark = pytest.mark.usefixtures("transactional_db")
TEXT = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<c.yellow>Grüße &amp; Küsse</c>\n"
OTHER = TEXT.replace("Küsse", "Bisse")


@pytest.fixture
def track(draft: Video, tmp_path: Path) -> TextTrack:
    """Captions of a draft."""
    return add(draft, tmp_path, TEXT, "captions")


def add(video: Video, folder: Path, text: str, kind: str) -> TextTrack:
    (folder / "text.vtt").write_text(text, encoding="utf-8")
    asset = video.versions.get().asset
    assert asset is not None
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(folder / "text.vtt", kind=kind)])
    return TextTrack.objects.get(asset=asset, kind=kind)


def address(track: TextTrack) -> str:
    return reverse("mediathek_desk:track-edit", args=[track.asset_id, track.pk])


def stored(track: TextTrack) -> str:
    track.refresh_from_db()
    return (track.asset.folder / track.file_name).read_text(encoding="utf-8")


def test_without_script_the_text_is_edited_as_it_is(editor: Client, track: TextTrack) -> None:
    page = editor.get(address(track)).content.decode()
    assert "&lt;c.yellow&gt;Grüße &amp;amp; Küsse&lt;/c&gt;" in page
    assert f'name="expected" value="{track.file_name}"' in page
    sent = {"content": OTHER.replace("\n", "\r\n"), "expected": track.file_name}
    answer = editor.post(address(track), sent, follow=True)
    assert "Der Text ist gespeichert." in answer.content.decode()
    assert stored(track) == OTHER
    assert track.origin == "edited"


def test_what_cannot_be_read_is_told_with_its_line_and_kept_on_the_page(editor: Client, track: TextTrack) -> None:
    wrong = OTHER.replace("00:00:01.000", "gleich")
    answer = editor.post(address(track), {"content": wrong, "expected": track.file_name})
    assert answer.status_code == 422
    assert "Zeile 3" in answer.content.decode()
    assert "Bisse" in answer.content.decode()
    assert stored(track) == TEXT


def test_somebody_elses_version_is_not_overwritten_unasked(editor: Client, track: TextTrack) -> None:
    old = track.file_name
    editor.post(address(track), {"content": OTHER, "expected": old})
    mine = TEXT.replace("Küsse", "Risse")
    answer = editor.post(address(track), {"content": mine, "expected": old})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "inzwischen geändert" in page
    assert "Risse" in page, "what was typed is still there"
    assert stored(track) == OTHER
    assert editor.post(address(track), {"content": mine, "expected": old, "force": "1"}).status_code == 302
    assert stored(track) == mine


def test_a_script_is_answered_in_json(editor: Client, track: TextTrack) -> None:
    headers = {"Accept": "application/json"}
    sent = {"content": TEXT + "\n00:00:00.000 --> 00:00:00.000\nkurz\n", "expected": track.file_name}
    answer = editor.post(address(track), sent, headers=headers)
    stored(track)
    assert answer.json()["expected"] == track.file_name
    assert "wurden verlängert" in answer.json()["warnings"][0]
    refused = editor.post(address(track), sent, headers=headers)
    assert refused.status_code == 409
    assert "inzwischen geändert" in refused.json()["message"]


def test_edited_chapters_are_the_chapters(editor: Client, draft: Video, tmp_path: Path) -> None:
    track = add(draft, tmp_path, "WEBVTT\n\n00:00.000 --> 00:02.000\nAnfang\n", "chapters")
    content = stored(track).replace("Anfang", "Vorspann")
    editor.post(address(track), {"content": content, "expected": track.file_name})
    assert list(Chapter.objects.values_list("title", flat=True)) == ["Vorspann"]


def test_only_those_who_may_change_videos_get_there(reader: Client, client: Client, track: TextTrack) -> None:
    for somebody in (reader, Client()):
        for answer in (somebody.get(address(track)), somebody.post(address(track), {"content": OTHER})):
            assert answer.status_code in {302, 403}
            assert "Küsse" not in answer.content.decode()
    assert stored(track) == TEXT


def test_a_track_of_another_file_is_not_there(editor: Client, track: TextTrack) -> None:
    assert editor.get(reverse("mediathek_desk:track-edit", args=[track.asset_id + 1, track.pk])).status_code == 404
    assert editor.get(reverse("mediathek_desk:track-edit", args=[track.asset_id, track.pk + 1])).status_code == 404
