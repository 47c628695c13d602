"""The desk's start page says which media files wait for somebody."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.desk.media_file.waiting_panel import list_waiting
from funkhaus.mediathek.models import Version, Video
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


def make(title: str, **next_file: object) -> tuple[Video, Asset, Asset | None]:
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY)
    video = Video.objects.create(title=title, slug=title.lower())
    waiting = Asset.objects.create(original_name="b.mp4", **next_file) if next_file else None
    Version.objects.create(video=video, kind="original", language="de", asset=asset, next_asset=waiting)
    return video, asset, waiting


def test_a_file_waits_that_is_held_or_could_not_be_prepared_the_playing_one_or_its_successor() -> None:
    (_, held, _), (_, failed, _), (fine, _, _) = make("Held"), make("Failed"), make("Fine", state=AssetState.RUNNING)
    Asset.objects.filter(pk=held.pk).update(is_held=True)
    Asset.objects.filter(pk=failed.pk).update(state=AssetState.REFUSED)
    _, _, next_held = make("Next held", state=AssetState.READY, is_held=True)
    assert next_held
    with count_queries() as seen:
        waiting = list_waiting()
    assert {(one.title, int(one.url.rstrip("/").rpartition("/")[2])) for one in waiting} == {
        ("Held", held.pk),
        ("Next held", next_held.pk),
        ("Failed", failed.pk),
    }
    assert len(seen) == 2
    assert fine.title not in {one.title for one in waiting}


def test_the_start_page_shows_them_to_who_may_decide(editor: Client, reader: Client) -> None:
    _, asset, _ = make("Hafenrundfahrt")
    Asset.objects.filter(pk=asset.pk).update(is_held=True)
    text = editor.get("/redaktion/").content.decode()
    assert "Wartet auf dich" in text
    assert "Hafenrundfahrt" in text
    assert "Hafenrundfahrt" not in reader.get("/redaktion/").content.decode()
