"""The pages of a media file: state, retry, preview at any hour, publication."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.worker import Worker
from funkhaus.mediathek.desk.media_file.byte_ranges import parse_range
from funkhaus.mediathek.models import Video

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"
BAD_VTT = b"WEBVTT\n\n00:05.000 --> 00:xx\nHallo\n"


def get_asset(video: Video) -> Asset:
    asset = video.versions.get().asset
    assert asset is not None
    return asset


def page_of(video: Video, rest: str = "") -> str:
    return f"/redaktion/mediathek/dateien/{get_asset(video).pk}/{rest}"


def fail_asset(video: Video) -> None:
    asset = get_asset(video)
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.FAILED, error_code="disk_full")
    Job.objects.filter(asset=asset).update(state=JobState.FAILED)


def test_the_state_is_told_as_json_and_not_kept(editor: Client, draft: Video) -> None:
    response = editor.get(page_of(draft, "stand.json"))
    stand = response.json()
    assert (stand["state"], stand["state_label"], stand["progress"]) == ("ready", "fertig", 1.0)
    assert (stand["is_working"], stand["can_retry"], stand["error"]) == (False, False, "")
    assert "no-store" in response["Cache-Control"]


def test_a_waiting_job_is_followed(editor: Client, draft: Video) -> None:
    asset = get_asset(draft)
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.QUEUED)
    Job.objects.filter(asset=asset).update(state=JobState.QUEUED, progress=0.25)
    assert editor.get(page_of(draft, "stand.json")).json()["is_working"] is True
    page = editor.get(page_of(draft)).content.decode()
    assert "data-working" in page
    assert 'value="25"' in page


def test_a_failure_says_why_and_can_be_repeated(editor: Client, draft: Video) -> None:
    fail_asset(draft)
    stand = editor.get(page_of(draft, "stand.json")).json()
    assert stand["can_retry"] is True
    assert stand["error"]
    assert stand["error"] in editor.get(page_of(draft)).content.decode().replace("&quot;", '"')

    response = editor.post(page_of(draft, "wiederholen/"), follow=True)
    assert "Die Aufbereitung beginnt von vorn." in response.content.decode()
    assert Job.objects.filter(asset=get_asset(draft), state=JobState.QUEUED).count() == 1


def test_a_refused_file_asks_for_another_one_and_not_for_publication(editor: Client, draft: Video) -> None:
    Asset.objects.filter(pk=get_asset(draft).pk).update(state=AssetState.REFUSED, error_code="text")
    page = editor.get(page_of(draft)).content.decode()
    assert "Das ist eine Textdatei und keine Mediendatei" in page
    assert "Andere Datei hochladen" in page
    assert "Noch einmal versuchen" not in page
    assert "Jetzt veröffentlichen" not in page


def test_what_is_ready_is_not_repeated(editor: Client, draft: Video) -> None:
    response = editor.post(page_of(draft, "wiederholen/"), follow=True)
    assert "Es gibt nichts zu wiederholen" in response.content.decode()
    assert Job.objects.count() == 1


def test_an_unrated_draft_can_be_watched_by_its_editor_with_seeking(editor: Client, draft: Video) -> None:
    whole = editor.get(page_of(draft, "film.mp4"))
    assert whole.getvalue() == bytes(range(256)) * 4
    part = editor.get(page_of(draft, "film.mp4"), headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part["Content-Range"] == "bytes 10-19/1024"
    assert part.getvalue() == bytes(range(10, 20))
    outside = editor.get(page_of(draft, "film.mp4"), headers={"Range": "bytes=5000-"})
    assert (outside.status_code, outside["Content-Range"]) == (416, "bytes */1024")
    still = editor.get(page_of(draft, "bild.jpg"))
    assert (still["Content-Type"], still.getvalue()) == ("image/jpeg", b"\xff\xd8\xff")


@pytest.mark.parametrize("name", ["ton.m4a", "master.m3u8", "..", "video.mp4"])
def test_no_other_file_of_the_asset_is_served(editor: Client, draft: Video, name: str) -> None:
    (get_asset(draft).folder / "master.m3u8").write_text("#EXTM3U")
    assert editor.get(page_of(draft, name)).status_code == 404


def test_nobody_else_sees_any_of_it(reader: Client, draft: Video) -> None:
    for client in (reader, Client()):
        for rest in ("", "stand.json", "film.mp4", "bild.jpg"):
            assert client.get(page_of(draft, rest)).status_code == 302
        for address in (page_of(draft, "wiederholen/"), f"/redaktion/mediathek/videos/{draft.pk}/veroeffentlichen/"):
            assert client.post(address).status_code == 302
    draft.refresh_from_db()
    assert draft.live is False
    assert Job.objects.count() == 1


def test_publishing_opens_the_availability_and_the_public_page(editor: Client, draft: Video) -> None:
    before = editor.get(page_of(draft)).content.decode()
    assert "zählt wie 16: Es läuft nur von 22 bis 6 Uhr" in before
    response = editor.post(f"/redaktion/mediathek/videos/{draft.pk}/veroeffentlichen/", follow=True)
    draft.refresh_from_db()
    assert draft.live is True
    assert draft.windows.get().ends_at is None
    assert "„Heute um acht“ ist veröffentlicht. Es ist nicht bewertet" in response.content.decode()
    public = Client().get(f"/video/{draft.public_id}-heute-um-acht/")
    assert public.status_code == 200
    assert "Heute um acht" in public.content.decode()


def test_a_replacement_keeps_the_address_and_changes_the_file(editor: Client, draft: Video) -> None:
    old = draft.versions.get().asset
    response = editor.post(
        f"/redaktion/mediathek/videos/{draft.pk}/datei-ersetzen/", {"file": SimpleUploadedFile("neu.mov", b"film")}
    )
    assert draft.versions.get().asset == old, "what plays is kept until the new file can take its place"
    new = draft.versions.get().next_asset
    assert new is not None
    assert new.original_name == "neu.mov"
    assert response["Location"] == f"/redaktion/mediathek/dateien/{new.pk}/"
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_subtitles_can_be_added_refused_with_the_line_and_removed(editor: Client, draft: Video) -> None:
    asset = get_asset(draft)
    address = page_of(draft, "untertitel/")
    refused = editor.post(address, {"subtitle_file": SimpleUploadedFile("heute.vtt", BAD_VTT)})
    assert refused.status_code == 422
    assert "Zeile 3" in refused.content.decode()
    assert asset.text_tracks.count() == 0

    assert editor.post(address, {"subtitle_file": SimpleUploadedFile("heute.vtt", VTT)}).status_code == 302
    track = asset.text_tracks.get()
    served = editor.get(f"{address}{track.pk}.vtt")
    assert served.getvalue().startswith(b"WEBVTT")

    editor.post(f"{address}{track.pk}/entfernen/")
    assert asset.text_tracks.count() == 0
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


@pytest.mark.media
@pytest.mark.django_db(transaction=True)
def test_a_real_clip_goes_from_upload_to_ready(editor: Client, clip: Path) -> None:
    with clip.open("rb") as file:
        upload = SimpleUploadedFile(clip.name, file.read(), content_type="video/mp4")
    followed = editor.post("/redaktion/mediathek/hochladen/", {"file": upload, "rating": "0"})
    assert Worker().run_next(is_patient=False)
    stand = editor.get(followed["Location"] + "stand.json").json()
    assert stand["state"] == "ready", stand
    page = editor.get(followed["Location"]).content.decode()
    assert "0:00:01 · 160 × 90" in " ".join(page.split()).replace(" ·", " ·")
    assert "film.mp4" in page


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-", (0, 99)),
        ("bytes=90-200", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("lines=1-2", None),
    ],
)
def test_ranges_follow_the_standard(header: str, span: tuple[int, int] | None) -> None:
    assert parse_range(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=7-3", "bytes=-0"])
def test_a_range_outside_of_the_file_is_an_error(header: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        parse_range(header, 100)


def test_the_same_bytes_are_mentioned_when_they_come_again(editor: Client, draft: Video) -> None:
    asset = get_asset(draft)
    asset.fingerprint = "f" * 64
    asset.save()
    assert "Dieselbe Datei" not in editor.get(page_of(draft)).content.decode()
    Asset.objects.create(original_name="alt.mp4", size_bytes=asset.size_bytes, fingerprint=asset.fingerprint)
    Asset.objects.create(original_name="anders.mp4", size_bytes=asset.size_bytes, fingerprint="0" * 64)
    page = editor.get(page_of(draft)).content.decode()
    assert "Dieselbe Datei kam schon einmal: „alt.mp4“" in page
    assert "anders.mp4" not in page
