"""The officer's pages: what nobody rated, and who could have played an item when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.translation import gettext, override

from funkhaus.accounts.models import User
from funkhaus.mediathek.models import RatingChoice, Video
from funkhaus.mediathek.services import publish_video, unpublish_video
from funkhaus.playback.officer.item_history import list_changes
from funkhaus.playback.tests.making import make_video
from funkhaus.protection.rules import TABLE

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture
def officer(client: Client) -> Client:
    user = User.objects.create_user("olga", password="olga", first_name="Olga", last_name="Schutz")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="mediathek"),
    )
    with time_machine.travel(NOW, tick=False):
        client.force_login(user)
    return client


def get(client: Client, path: str) -> str:
    with time_machine.travel(NOW, tick=False):
        response = client.get(path, headers={"host": "127.0.0.1"})
    assert response.status_code == 200, response.status_code
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def rate(video: Video, rating: RatingChoice, moment: datetime) -> None:
    """Publish the item with this rating, as an editor does."""
    with time_machine.travel(moment, tick=False):
        video.age_rating = rating
        publish_video(video=video, user_id=User.objects.get(username="olga").pk)


def test_the_overview_names_what_nobody_rated_and_the_table(officer: Client) -> None:
    make_video(title="Ohne Bewertung", age_rating="unrated")
    make_video(title="Für die Nacht", age_rating="18")
    make_video(title="Für alle", age_rating="0")
    make_video(title="Nur ein Entwurf", age_rating="unrated", live=False)
    text = get(officer, "/redaktion/jugendschutz/")
    unrated, rest = text.split('id="beschraenkt"')
    restricted, table = rest.split('id="tabelle"')
    assert "Ohne Bewertung" in unrated
    assert "Für die Nacht" in restricted
    assert "Für alle" not in text
    assert "Nur ein Entwurf" not in text
    assert "JMStV § 5 (4)" in table


def test_the_table_of_the_overview_is_german(officer: Client) -> None:
    table = get(officer, "/redaktion/jugendschutz/").split('id="tabelle"')[1]
    for row in TABLE.values():
        with override("de"):
            assert gettext(row.source) != row.source
            assert gettext(row.source) in table
        assert row.source not in table


def test_a_day_and_a_year_tell_what_the_rule_told_at_the_time(officer: Client) -> None:
    video = make_video(starts_at=datetime(2026, 1, 1, tzinfo=UTC))
    rate(video, RatingChoice.SIXTEEN, datetime(2026, 3, 1, 8, tzinfo=UTC))
    rate(video, RatingChoice.TWELVE, datetime(2026, 6, 1, 8, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 6, 5, 8, tzinfo=UTC), tick=False):
        unpublish_video(video=video, user_id=None)
    page = f"/redaktion/jugendschutz/{video.public_id}/"
    assert _spans(get(officer, page + "?tag=2026-02-01")) == [("00:00", "00:00", "nicht veröffentlicht")]
    assert _spans(get(officer, page + "?tag=2026-05-01")) == [
        ("00:00", "06:00", "läuft"),
        ("06:00", "22:00", "wegen des Jugendschutzes gesperrt"),
        ("22:00", "00:00", "läuft"),
    ]
    assert _spans(get(officer, page + "?tag=2026-06-01")) == [
        ("00:00", "06:00", "läuft"),
        ("06:00", "10:00", "wegen des Jugendschutzes gesperrt"),
        ("10:00", "00:00", "läuft"),
    ]
    year = get(officer, page)
    assert len(re.findall(r'<rect class="fh-\w+" x="\d+" y="\d+" width="22"', year)) == 365
    assert "Läuft an 3 Tagen den ganzen Tag" in year  # 2 to 4 June
    assert "Olga Schutz" in year
    changes = list_changes(Video.objects.get(pk=video.pk))
    assert [(change.rating.value, change.is_live, change.who) for change in changes] == [
        ("16", True, "Olga Schutz"),
        ("12", True, "Olga Schutz"),
        ("12", False, ""),
    ]


def test_where_only_some_countries_may_the_officer_chooses_one(officer: Client) -> None:
    video = make_video(age_rating="16")
    page = f"/redaktion/jugendschutz/{video.public_id}/"
    assert 'name="land"' not in get(officer, page)
    video.windows.update(territory_mode="only", territories=["DE", "AT"])
    by_night = [("00:00", "06:00", "läuft"), ("06:00", "22:00", "wegen des Jugendschutzes gesperrt")]
    assert 'value="AT"' in get(officer, page)
    for query in ("", "?land=de", "?land=%00", "?land=Deutschland"):
        assert _spans(get(officer, page + query))[:2] == by_night
    assert _spans(get(officer, page + "?land=FR")) == [("00:00", "00:00", "nur in bestimmten Ländern")]
    assert "&amp;land=FR" in get(officer, page + "?land=FR")
    video.windows.update(territory_mode="except")
    assert "Das Land ist nicht bekannt." in get(officer, page)
    assert _spans(get(officer, page + "?land=FR"))[:2] == by_night


def _spans(html: str) -> list[tuple[str, ...]]:
    return re.findall(r"<tr><td>(\d\d:\d\d)</td><td>(\d\d:\d\d)</td><td>([^<]+)</td></tr>", html)


@pytest.mark.parametrize("query", ["?tag=gestern", "?tag=0001-01-01", "?tag=9999-12-31", "?tag=%00", "?tag="])
def test_an_odd_day_is_today(officer: Client, query: str) -> None:
    video = make_video()
    assert "10. Juni 2026" in get(officer, f"/redaktion/jugendschutz/{video.public_id}/{query}")


def test_only_who_may_change_videos_sees_it(client: Client, officer: Client) -> None:
    video = make_video(age_rating="16")
    other = Client()
    user = User.objects.create_user("rita", password="rita")
    user.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for path in ("/redaktion/jugendschutz/", f"/redaktion/jugendschutz/{video.public_id}/"):
        assert other.get(path, headers={"host": "127.0.0.1"}).status_code == 302
    other.force_login(user)
    for path in ("/redaktion/jugendschutz/", f"/redaktion/jugendschutz/{video.public_id}/"):
        response = other.get(path, headers={"host": "127.0.0.1"})
        assert response.status_code in {302, 403}
        assert video.public_id not in response.content.decode()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert officer.get("/redaktion/jugendschutz/22222222zz/", headers={"host": "127.0.0.1"}).status_code == 404
