"""The buttons «Sofort sperren» and «Wieder freigeben»: at the desk and on the officer's page, with what they tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.models import TakeDown, Video
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.portal.services import ensure_groups

PUBLISHED = datetime(2026, 6, 1, 8, tzinfo=UTC)
DOWN, RELEASED, LATER = (datetime(2026, 6, 8, hour, tzinfo=UTC) for hour in (10, 13, 16))  # Berlin: two hours later
REASON = "Beschluss <7 O 12/26>"


@pytest.fixture
def video(db: None) -> Video:
    ensure_groups()
    asset = Asset.objects.create(original_name="streit.mp4", state=AssetState.READY, has_video=True, duration_ms=4000)
    asset.folder.mkdir(parents=True)
    with time_machine.travel(PUBLISHED, tick=False):
        video = create_video(title="Streitfall", asset=asset, rating="0")
        publish_video(video=video)
    return video


def log_in(group: str, name: str) -> Client:
    user = User.objects.create_user(name, first_name=name.capitalize())
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def page_of(video: Video) -> str:
    return reverse("mediathek_desk:video-take-down", args=[video.pk])


def officer_page(video: Video) -> str:
    return reverse("officer:item", args=[video.public_id])


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_officer_takes_down_and_releases_and_the_day_tells(video: Video) -> None:
    with time_machine.travel(DOWN, tick=False):
        olga = log_in("Jugendschutz", "olga")
        assert "Sofort sperren" in text(olga, officer_page(video))
        assert "Gericht" in text(olga, page_of(video)), "the page says what it is for"
        done = olga.post(page_of(video), {"take_down": "1", "reason": REASON, "next": officer_page(video)})
        assert (done.status_code, done["Location"]) == (302, officer_page(video))
        shown = text(olga, officer_page(video))
        assert "Gesperrt" in shown
        assert "Beschluss &lt;7 O 12/26&gt;" in shown
        assert f'href="{page_of(video)}?next=' in shown, "the way to the release, and back"
    with time_machine.travel(RELEASED, tick=False):
        olga.force_login(User.objects.get(username="olga"))
        assert olga.post(page_of(video), {"release": "1"}).status_code == 302
    with time_machine.travel(LATER, tick=False):
        olga.force_login(User.objects.get(username="olga"))
        shown = text(olga, officer_page(video))
        spans = (("00:00", "12:00", "läuft"), ("12:00", "15:00", "zurückgezogen oder nie freigegeben"))
        for begins, ends, answer in (*spans, ("15:00", "00:00", "läuft")):
            assert f"<td>{begins}</td><td>{ends}</td><td>{answer}</td>" in shown
        assert shown.count("Sofort gesperrt: Beschluss &lt;7 O 12/26&gt;") >= 2, "on the day and in the history"
        assert "Wieder freigegeben: öffentlich wie zuvor" in shown
        assert "Olga" in shown


def test_the_desk_shows_it_where_editors_work(video: Video) -> None:
    asset = video.versions.get().asset
    assert asset is not None
    edit = reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk])
    file = reverse("mediathek_desk:file-detail", args=[asset.pk])
    editor, chief = log_in("Redaktion", "edda"), log_in("Chefredaktion", "carla")
    assert all("Sofort sperren" in text(editor, address) for address in (edit, file))
    assert editor.post(page_of(video), {"take_down": "1", "reason": " "}).status_code == 422
    assert editor.post(page_of(video), {"take_down": "1"}).status_code == 422
    assert not TakeDown.objects.exists()
    chief.post(page_of(video), {"take_down": "1", "reason": "Prüfung läuft"})
    for address in (edit, file):
        shown = text(editor, address)
        assert "Prüfung läuft" in shown
        assert "Wieder freigeben" not in shown, "it is another's"
        assert "Wieder freigeben" in text(chief, address)
    assert "Jetzt veröffentlichen" not in text(editor, file)
    told = editor.post(reverse("mediathek_desk:video-publish", args=[video.pk]), follow=True)
    assert "Es ist gesperrt" in told.content.decode()
    assert not Video.objects.get(pk=video.pk).live
    assert editor.post(page_of(video), {"release": "1"}).status_code == 302
    assert TakeDown.objects.exists(), "nothing happened"


@pytest.mark.parametrize("group", ["Autoren", "Datenschutz", "Betrieb"])
def test_others_have_no_such_page(video: Video, group: str) -> None:
    stranger: Any = log_in(group, "stranger")
    for send in (stranger.get, stranger.post):
        assert send(page_of(video), {"take_down": "1", "reason": REASON}).status_code in {302, 403}
    assert not TakeDown.objects.exists()
    assert Video.objects.get(pk=video.pk).live
