"""Chapters and transcript of an item: from the text tracks of its media file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.ingest.jobs.lease import announce
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.services import SubtitleFile, add_subtitles, remove_subtitles
from funkhaus.mediathek.models import Chapter, Video
from funkhaus.mediathek.selectors import get_transcript, transcript_url, video_url, videos_with_media
from funkhaus.mediathek.services import create_video

LIST = "00:00 Anfang\n1:30 Der Hafen & mehr\n\n01:02:03 Schluss\n"


@pytest.fixture
def video(transactional_db: None) -> Video:
    """A published video whose file is ready."""
    asset = Asset.objects.create(
        original_name="a.mp4", state=AssetState.READY, duration_ms=4_000_000, has_video=True, width=160, height=90
    )
    asset.folder.mkdir(parents=True)
    return create_video(title="Der Hafen", asset=asset, rating="0", publish=True)


def add(video: Video, folder: Path, text: str, **details: str) -> None:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    asset = video.versions.get().asset
    assert asset is not None
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(path, **details)])


def chapters() -> list[tuple[int, str]]:
    return list(Chapter.objects.values_list("starts_at_ms", "title"))


def test_a_list_of_chapters_becomes_the_chapters(video: Video, tmp_path: Path) -> None:
    add(video, tmp_path, LIST, kind="chapters")
    assert chapters() == [(0, "Anfang"), (90_000, "Der Hafen & mehr"), (3_723_000, "Schluss")]
    asset = video.versions.get().asset
    assert asset is not None
    remove_subtitles(asset_id=asset.pk, language="de", kind="chapters")
    assert chapters() == []


def test_other_texts_leave_the_chapters_alone(video: Video, tmp_path: Path) -> None:
    Chapter.objects.create(version=video.versions.get(), starts_at_ms=5, title="Von Hand")
    add(video, tmp_path, "WEBVTT\n\n00:00.000 --> 00:01.000\nText\n")
    assert chapters() == [(5, "Von Hand")]


def test_a_file_that_comes_to_a_version_brings_its_chapters(video: Video, tmp_path: Path) -> None:
    asset = video.versions.get().asset
    video.versions.update(asset=None)
    path = tmp_path / "kapitel.txt"
    path.write_text(LIST)
    assert asset is not None
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(path, kind="chapters")])
    assert chapters() == []
    video.versions.update(asset=asset)
    announce(asset.pk, "ready")
    assert len(chapters()) == 3


def test_the_page_of_a_short_film_has_its_text(video: Video, client: Client, tmp_path: Path) -> None:
    add(video, tmp_path, "WEBVTT\n\n00:00.000 --> 00:01.000\nWer <b>spricht</b> &lt;da&gt;?\n", kind="captions")
    add(video, tmp_path, "WEBVTT\n\n00:00.000 --> 00:01.000\nWho is it?\n", language="en")
    html = client.get(video_url(video)).content.decode()
    assert '<details class="fh-transcript"><summary>Text dieses Videos</summary>' in html
    assert '<div class="fh-text" lang="de"><p>Wer spricht &lt;da&gt;?</p></div>' in html
    assert "Who is it" not in html


def test_a_long_text_has_a_page_of_its_own(
    video: Video, client: Client, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    cues = [
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\nSatz Nummer {n}." for n in range(900)
    ]
    add(video, tmp_path, "WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    html = client.get(video_url(video)).content.decode()
    assert "Satz Nummer 5" not in html
    assert f'href="{transcript_url(video)}"' in html
    page = client.get(transcript_url(video))
    assert page.status_code == 200
    assert "Satz Nummer 899." in page.content.decode()
    wrong = client.get(transcript_url(video).replace("der-hafen", "falsch"))
    assert (wrong.status_code, wrong["Location"]) == (301, transcript_url(video))
    loaded = videos_with_media().get(pk=video.pk)
    with django_assert_num_queries(0):
        assert get_transcript(loaded, timezone.now())


def test_what_cannot_be_watched_cannot_be_read(video: Video, client: Client, tmp_path: Path) -> None:
    add(video, tmp_path, "WEBVTT\n\n00:00.000 --> 00:01.000\nGeheim\n")
    video.windows.update(ends_at=video.windows.get().starts_at.replace(year=2099), starts_at="2098-01-01T00:00:00Z")
    assert "Geheim" not in client.get(video_url(video)).content.decode()
    assert client.get(transcript_url(video)).status_code == 302
    Video.objects.update(live=False)
    assert client.get(transcript_url(video)).status_code == 410
    nobody = reverse("mediathek:video-transcript", args=["aaaaaaaaaa", "x"])
    assert client.get(nobody).status_code == 404


def test_a_video_without_text_has_no_such_page(video: Video, client: Client) -> None:
    assert "fh-transcript" not in client.get(video_url(video)).content.decode()
    assert client.get(transcript_url(video)).status_code == 404
