"""A video's page through its life: draft, not yet, available, expired, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.models import AvailabilityWindow, Show, Video
from funkhaus.mediathek.selectors import list_cards, video_url
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.newsroom.models import Correction
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from funkhaus.playback import selectors
from funkhaus.playback.player_view import PlayerView
from funkhaus.portal.services import ensure_site
from funkhaus.ui.templatetags.ui import day, until
from funkhaus.ui.time_phrases import describe_end, describe_planned
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    cache.clear()  # Wagtail keeps sizes of pictures there: other tests' pictures have the same numbers
    ensure_site()


def make_video(*, publish: bool = True, starts_in: int = -1, ends_in: int | None = None, **details: object) -> Video:
    """A prepared video; its window in hours from now."""
    asset = Asset.objects.create(
        original_name="a.mp4", state=AssetState.READY, duration_ms=1_500_000, has_video=True, width=1280, height=720
    )
    values: dict[str, object] = {"title": "Morgen am Kai", "kind": "film", "rating": "0"} | details
    video = create_video(asset=asset, **values)  # type: ignore[arg-type]
    now = timezone.now()
    end = None if ends_in is None else now + timedelta(hours=ends_in)
    video.windows.add(AvailabilityWindow(starts_at=now + timedelta(hours=starts_in), contract_ends_at=end))
    video.save()
    if publish:
        publish_video(video=video)
    return video


def test_an_available_video_has_a_player_and_says_until_when(client: Client) -> None:
    video, other = make_video(ends_in=48, rating="16"), make_video()
    other.picture = make_picture()
    other.save()
    client.get(video_url(video))
    with count_queries() as seen:
        response = client.get(video_url(video))
    html = response.content.decode()
    assert response.status_code == 200
    assert len(seen) <= 8, seen
    assert "<video" in html
    assert "/files/images/" in html, "a card with its picture is among what it costs"
    ends_at = video.windows.get().ends_at
    assert ends_at
    assert f"Verfügbar bis {until(ends_at)}" in html
    assert f"Verfügbar bis {until(ends_at)}" in client.get("/neu/").content.decode(), "as on a card"
    assert '<p class="fh-when" lang="en"><span>Available until' in client.get("/en/neu/").content.decode()
    assert "Ab 16 · läuft von 22 bis 6 Uhr" in html
    assert "/m/" not in html
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("starts_in", [-1, 5])
def test_a_video_page_composes_its_player_once(client: Client, monkeypatch: pytest.MonkeyPatch, starts_in: int) -> None:
    compose = Mock(wraps=PlayerView)
    monkeypatch.setattr(selectors, "PlayerView", compose)
    video = make_video(starts_in=starts_in)
    html = client.get(video_url(video)).content.decode()
    assert ("<video" in html) is (starts_in < 0)
    assert [call.kwargs["title"] for call in compose.call_args_list] == [video.title]


def test_a_wrong_name_leads_to_the_right_one(client: Client) -> None:
    video = make_video()
    response = client.get(f"/en/video/{video.public_id}-falsch/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/en/video/{video.public_id}-morgen-am-kai/")


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "reason"), [(5, None, "Noch nicht verfügbar"), (-9, -5, "Nicht mehr verfügbar")]
)
def test_outside_its_window_the_page_stays_and_says_why(
    client: Client, starts_in: int, ends_in: int | None, reason: str
) -> None:
    video = make_video(starts_in=starts_in, ends_in=ends_in, rating="16")
    response = client.get(video_url(video))
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert ("läuft von 22" in response.content.decode()) is (starts_in > 0), "what is over plays at no hour"
    assert "<video" not in response.content.decode()
    window = video.windows.get()
    said = describe_end(window.ends_at) if window.ends_at else describe_planned(window.starts_at)
    assert said in response.content.decode()
    dated = f"<li>{day(video.first_published_at)}</li>" in response.content.decode()
    assert dated is (starts_in < 0), "what is still to come was not published on a day before"
    assert list_cards("new", timezone.now(), limit=6).cards == ()


def test_hidden_picture_and_text_are_on_no_page_and_at_no_address(client: Client) -> None:
    video = make_video()
    Video.objects.filter(pk=video.pk).update(teaser="Ein Vorspann", description="Eine Beschreibung", slug="x")
    poster = f"/poster/{video.public_id}"
    pages = [f"/video/{video.public_id}-x/", "/", "/sendungen/"]
    shown = " ".join(client.get(page).content.decode() for page in pages)
    assert "Ein Vorspann" in shown
    assert "Eine Beschreibung" in shown
    assert poster in shown
    Video.objects.filter(pk=video.pk).update(hides_preview=True)
    for page in pages:
        text = client.get(page).content.decode()
        assert "Vorspann" not in text
        assert "Beschreibung" not in text
        assert poster not in text
    assert video.title in client.get(pages[0]).content.decode()
    for file in (f"{poster}.jpg", f"{poster}-480.jpg", f"{poster}-960.jpg"):
        assert client.get(file).status_code == 404


def test_a_draft_is_not_to_be_known(client: Client) -> None:
    assert client.get(video_url(make_video(publish=False))).status_code == 404


def test_a_video_that_was_taken_back_is_410(client: Client) -> None:
    video = make_video()
    video.unpublish()
    assert client.get(video_url(video)).status_code == 410


def test_the_list_from_a_to_z_has_shows_with_something_to_watch(client: Client) -> None:
    full, empty = (
        Show.objects.create(title=title, slug=slug) for title, slug in (("Ölzeit", "oelzeit"), ("Leere", "leere"))
    )
    for show in (full, empty):
        show.save_revision().publish()
    make_video(show=full, kind="episode")
    html = client.get("/sendungen/").content.decode()
    assert ">Ölzeit</a>" in html
    assert ">O</h3>" in html
    assert "Leere" not in html
    assert client.get(f"/sendungen/{full.public_id}-falsch/").status_code == 301
    assert "Morgen am Kai" in client.get(f"/sendungen/{full.public_id}-oelzeit/").content.decode()
    full.refresh_from_db()
    full.unpublish()
    assert client.get(f"/sendungen/{full.public_id}-oelzeit/").status_code == 410


def test_lists_ask_the_same_whatever_their_length(client: Client) -> None:
    make_video(title="Eins")
    client.get("/sendungen/")
    with count_queries() as few:
        client.get("/sendungen/")
    for number in range(5):
        make_video(title=f"Mehr {number}")
    with count_queries() as many:
        client.get("/sendungen/")
    assert len(few) == len(many)


def test_a_correction_is_seen_before_the_video_plays(client: Client) -> None:
    video = make_video()
    Correction.objects.create(
        video=video, subject=video.title, was_wrong="Der Film sagt 1908.", is_right="Es war 1980."
    )
    html = client.get(video_url(video)).content.decode()
    assert html.index("Der Film sagt 1908.") < html.index("<fh-player")


def test_an_article_of_300_blocks_with_everything_costs_at_most_eight_queries(client: Client) -> None:
    cache.clear()
    section = make_section()
    picture, story, video = make_picture(), make_article(section, "ebbe", picture=make_picture()), make_video()
    linked = f'<p>Mehr <a linktype="page" id="{story.pk}">hier</a>.</p>'
    described = {"picture": picture, "alt_text": "", "caption": "", "credit": "", "taken_on": None}
    kinds: list[tuple[str, object]] = [
        ("paragraph", linked),
        ("picture", described),
        ("related", {"page": story}),
        ("video", {"video": video}),
        ("infobox", {"title": "I", "text": linked}),
        ("gallery", {"title": "G", "pictures": [described, described]}),
        ("chart", {"title": "T", "kind": "bars", "cells": "a; 1\nb; 2", "source": "S"}),
        ("table", {"caption": "C", "cells": "a;b\n1;2", "names_rows": True}),
        ("heading", {"text": "H", "level": "2"}),
        ("map", described | {"place": "Kai"}),
    ]
    page = make_article(section, picture=picture, body=kinds * 30)
    page.save_revision().publish()
    Correction.objects.create(article=page, subject="x", was_wrong="Falsch.", is_right="Richtig.")
    client.get("/nachrichten/region/turm/")
    with count_queries() as seen:
        html = client.get("/nachrichten/region/turm/").content.decode()
    assert html.count("<fh-player") == 30
    assert "Falsch." in html
    assert len(seen) <= 8, seen
