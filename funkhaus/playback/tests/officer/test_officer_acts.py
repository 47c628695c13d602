"""What was done to an item's media files stands on the officer's page, and changes no answer about the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState, JobPriority
from funkhaus.ingest.models import Job as IngestJob
from funkhaus.ingest.signals import asset_moved
from funkhaus.mediathek.models import RatingChoice, Video
from funkhaus.mediathek.services import Machine, publish_video, replace_asset, set_urgency
from funkhaus.playback.officer.pages import get_item_view
from funkhaus.playback.tests.making import make_video

pytestmark = pytest.mark.usefixtures("db")
PUBLISHED = datetime(2026, 6, 1, 8, tzinfo=UTC)
ASKED, READY = datetime(2026, 6, 8, 12, tzinfo=UTC), datetime(2026, 6, 9, 1, 30, tzinfo=UTC)  # Berlin: 14:00, 03:30
NOTHING = "Noch wurde nichts veröffentlicht."
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture
def olga(client: Client) -> User:
    user = User.objects.create_user("olga", first_name="Olga", last_name="Schutz")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="mediathek"),
    )
    with time_machine.travel(NOW, tick=False):
        client.force_login(user)
    return user


@pytest.fixture
def film(olga: User) -> Video:
    """Published with the rating 16; a week later olga has its file replaced, which happens in the night after."""
    video = make_video(starts_at=datetime(2026, 1, 1, tzinfo=UTC), live=False, age_rating="16")
    with time_machine.travel(PUBLISHED, tick=False):
        publish_video(video=video, user_id=olga.pk)
    with time_machine.travel(ASKED, tick=False):
        asset = Asset.objects.create(
            original_name="ungekürzt.mp4", state=AssetState.RUNNING, duration_ms=3_600_000, created_by=olga
        )
        asset.folder.mkdir(parents=True)
        replace_asset(by=olga, video=video, asset=asset)
    with time_machine.travel(READY, tick=False):
        Asset.objects.filter(pk=asset.pk).update(state=AssetState.READY)
        asset_moved.send(sender=Asset, asset_id=asset.pk, state="ready")
    return video


def get(client: Client, video: Video, day: str = "") -> str:
    with time_machine.travel(NOW, tick=False):
        response = client.get(f"/redaktion/jugendschutz/{video.public_id}/?tag={day}", headers={"host": "127.0.0.1"})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_replaced_file_of_a_published_item_stands_in_its_history(client: Client, film: Video) -> None:
    history = get(client, film).partition('id="aenderungen"')[2]
    taken = history.index(
        "<td>9. Juni 2026, 03:30</td><td>Mediendatei ersetzt: „ungekürzt.mp4“ war fertig und nahm den Platz von "
        "„probe.mp4“ ein</td><td>von selbst, im Auftrag von Olga Schutz</td>"
    )
    asked = history.index(
        "<td>8. Juni 2026, 14:00</td><td>Mediendatei soll ersetzt werden: „ungekürzt.mp4“ wartet, bis sie fertig ist, "
        "so lange bleibt „probe.mp4“</td><td>Olga Schutz</td>"
    )
    assert taken < asked < history.index("1. Juni 2026, 10:00"), "the newest first"
    assert NOTHING not in history
    assert reverse("wagtailsnippets_mediathek_video:history", args=[film.pk]) in history


def test_the_page_says_it_in_english_too(film: Video) -> None:
    with translation.override("en"):
        view = get_item_view(film.public_id, NOW.date(), by=Machine("test"))
    assert view is not None
    assert view.history[0].what == "Media file replaced: “ungekürzt.mp4” was ready and took the place of “probe.mp4”"
    assert view.history[0].who == "by itself, as Olga Schutz had asked"


def test_the_act_stands_on_its_day_and_the_answer_of_the_day_is_as_it_was(client: Client, film: Video) -> None:
    page = get(client, film, "2026-06-09")
    assert "03:30: Mediendatei ersetzt" in page.partition('id="jahr"')[0]
    assert '<line class="fh-act" x1="140.0"' in page, "half past three of twenty-four hours on 960 units"
    assert "wegen des Jugendschutzes gesperrt" in page
    for day in ("2026-06-07", "2026-06-10"):
        other = get(client, film, day)
        assert "fh-act" not in other
        assert other.count("wegen des Jugendschutzes gesperrt") == page.count("wegen des Jugendschutzes gesperrt")


def test_acts_on_what_was_never_published_are_shown(client: Client, olga: User) -> None:
    video = make_video(live=False, age_rating="18")
    asset = Asset.objects.get()
    Asset.objects.update(state=AssetState.QUEUED)
    job = IngestJob.objects.create(asset=asset)
    with time_machine.travel(ASKED, tick=False):
        set_urgency(by=Machine("funkhaus jobs"), job_id=job.pk, priority=JobPriority.NEWS)
    history = get(client, video).partition('id="aenderungen"')[2]
    assert "Dringlichkeit der Aufbereitung von „probe.mp4“: eilig statt normal</td><td>funkhaus jobs</td>" in history
    assert NOTHING in history


def test_however_much_was_done_the_page_costs_the_same(client: Client, film: Video, olga: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert get_item_view(film.public_id, ASKED.date(), by=Machine("test")) is not None
        return len(seen)

    before = count()
    job = IngestJob.objects.create(asset=Asset.objects.latest("pk"))
    with time_machine.travel(ASKED, tick=False) as clock:
        for number in range(300):
            clock.shift(timedelta(seconds=1))
            set_urgency(by=olga, job_id=job.pk, priority=number % 2 + 1)
    assert (before, count()) == (9, 9)
    view = get_item_view(film.public_id, NOW.date(), by=Machine("test"))
    assert view is not None
    assert len(view.history) == 201, "the newest acts, and every publication"
    assert view.was_published


def test_a_publication_tells_its_rating_beside_the_acts(client: Client, film: Video, olga: User) -> None:
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        film.refresh_from_db()
        film.age_rating = RatingChoice.EIGHTEEN
        publish_video(video=film, user_id=olga.pk)
    history = get(client, film).partition('id="aenderungen"')[2]
    assert history.index("veröffentlicht, ab 18") < history.index("Mediendatei ersetzt")
