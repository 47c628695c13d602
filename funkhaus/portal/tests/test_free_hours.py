"""The hours of a rating stand in one table: changed there, they change on page, player, desk and officer alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from wagtail.users.models import UserProfile

from funkhaus.accounts.models import User
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import Video
from funkhaus.playback.tests.making import make_video
from funkhaus.portal.services import ensure_site
from funkhaus.protection.rules import TABLE, FreeHours

pytestmark = pytest.mark.django_db
DESK = "/redaktion/mediathek"
EVENING = datetime(2026, 6, 1, 21, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # between the changed and the usual hour


@pytest.fixture
def evening() -> Iterator[None]:
    """Half past eight to five for what is rated 16, and the clock at nine."""
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def changed(evening: None, monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(TABLE[AgeRating.SIXTEEN], hours=FreeHours(time(20, 30), time(5)))
    monkeypatch.setitem(cast("dict[AgeRating, Any]", TABLE), AgeRating.SIXTEEN, row)


@pytest.fixture
def video(db: None) -> Video:
    ensure_site()
    return make_video(age_rating="16")


@pytest.fixture
def chief(evening: None, db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    return client


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_table_as_it_is_locks_it_at_nine(evening: None, client: Client, video: Video) -> None:
    assert "läuft von 22 bis 6 Uhr" in read(client, f"/video/{video.public_id}-probe/")
    answer = client.post(f"/api/playback/{video.public_id}")
    assert (answer.status_code, "22:00 Uhr" in answer.json()["message"]) == (403, True)


def test_page_and_player_follow_in_both_languages(changed: None, client: Client, video: Video) -> None:
    german = read(client, f"/video/{video.public_id}-probe/")
    assert "Ab 16 · läuft von 20:30 bis 5 Uhr" in german
    assert "ab 16, nur von 20:30 bis 5 Uhr" in german
    english = read(client, f"/en/video/{video.public_id}-probe/")
    assert "From 16 · plays from 20:30 to 5:00" in english
    assert "from 16, only from 20:30 to 5 o’clock" in english
    for html in (german, english):
        assert not any(old in html for old in ("22 bis 6", "22 to 6", "22:00 to 6:00"))


def test_the_decision_follows_and_the_refusal_names_the_new_hour(changed: None, client: Client, video: Video) -> None:
    assert client.post(f"/api/playback/{video.public_id}").status_code == 200
    with time_machine.travel(EVENING.replace(hour=20, minute=15), tick=False):
        answer = client.post(f"/api/playback/{video.public_id}")
    assert answer.status_code == 403
    assert "20:30 Uhr" in answer.json()["message"]


def test_forms_and_messages_of_the_desk_follow(changed: None, chief: Client, video: Video) -> None:
    sentence = "Ab 16 läuft ein Video nur von 20:30 bis 5 Uhr, ab 18 nur von 23 bis 6 Uhr."
    assert sentence in read(chief, f"{DESK}/hochladen/")
    edit = read(chief, f"{DESK}/videos/edit/{video.pk}/")
    assert f"{sentence} Nicht bewertet zählt wie 16." in edit
    notice = "Es ist ab 16: Es läuft nur von 20:30 bis 5 Uhr."
    assert notice in edit
    assert notice in read(chief, f"{DESK}/dateien/{video.versions.get().asset_id}/")
    draft = make_video(age_rating="16", live=False, slug="entwurf")
    published = chief.post(f"{DESK}/videos/{draft.pk}/veroeffentlichen/", follow=True).content.decode()
    assert f"ist veröffentlicht. {notice}" in published


def test_the_desk_follows_in_english(changed: None, chief: Client, video: Video) -> None:
    UserProfile.objects.create(user=User.objects.get(), preferred_language="en")
    sentence = "From 16 a video plays from 20:30 to 5:00 only, from 18 from 23:00 to 6:00."
    for path in (f"{DESK}/hochladen/", f"{DESK}/videos/edit/{video.pk}/"):
        assert sentence in read(chief, path), path


def test_the_officers_table_and_days_follow(changed: None, chief: Client, video: Video) -> None:
    assert "20:30–05:00" in read(chief, "/redaktion/jugendschutz/")
    day = read(chief, f"/redaktion/jugendschutz/{video.public_id}/?tag=2026-06-02")
    assert "<td>05:00</td><td>20:30</td><td>wegen des Jugendschutzes gesperrt</td>" in day
    assert re.findall(r'<text x="[^"]*" y="70">([^<]*)</text>', day) == ["0", "5", "6", "12", "18", "20:30", "22", "23"]
