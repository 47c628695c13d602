"""The desk's start page says which media files wait for somebody."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.desk.media_file.waiting_panel import list_waiting
from funkhaus.mediathek.models import Version, Video
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


def make(title: str, **next_file: object) -> Version:
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY)
    video = Video.objects.create(title=title, slug=title.lower())
    waiting = Asset.objects.create(original_name="b.mp4", **next_file) if next_file else None
    return Version.objects.create(video=video, kind="original", language="de", asset=asset, next_asset=waiting)


def test_a_file_waits_that_is_held_or_could_not_be_prepared_the_playing_one_or_its_successor() -> None:
    held, failed, fine = make("Held"), make("Failed"), make("Fine", state=AssetState.RUNNING)
    Asset.objects.filter(pk=held.asset_id).update(is_held=True)
    Asset.objects.filter(pk=failed.asset_id).update(state=AssetState.REFUSED)
    next_held = make("Next held", state=AssetState.READY, is_held=True)
    with count_queries() as seen:
        waiting = list_waiting()
    assert {(one.title, int(one.url.rstrip("/").rpartition("/")[2])) for one in waiting} == {
        ("Held", held.asset_id),
        ("Next held", next_held.next_asset_id),
        ("Failed", failed.asset_id),
    }
    assert len(seen) == 2
    assert fine.video.title not in {one.title for one in waiting}


def test_the_start_page_shows_them_to_who_may_decide(editor: Client, reader: Client) -> None:
    version = make("Hafenrundfahrt")
    Asset.objects.filter(pk=version.asset_id).update(is_held=True)
    text = editor.get("/redaktion/").content.decode()
    assert "Wartet auf dich" in text
    assert "Hafenrundfahrt" in text
    assert "Hafenrundfahrt" not in reader.get("/redaktion/").content.decode()
