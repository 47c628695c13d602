"""The kids area: only what is made for children, no way out but the one that asks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.models import AvailabilityWindow, Listing, Show, Video
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.mediathek.tests.many import fill
from funkhaus.newsroom.tests.factories import make_picture, make_section
from tests.site import ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    ensure_site()
    make_section()


def make(title: str, *, for_kids: bool = True, rating: str = "0", **details: Any) -> Video:
    """A published video that plays."""
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, duration_ms=9000, has_video=True)
    video = create_video(title=title, asset=asset, rating=rating, is_for_kids=for_kids, **details)
    video.windows.add(AvailabilityWindow(starts_at=timezone.now() - timedelta(hours=1)))
    video.save()
    publish_video(video=video)
    return video


def path_of(video: Video) -> str:
    """The video's page in the kids area."""
    return f"/kinder/video/{video.public_id}-{video.slug}/"


def test_only_what_is_made_for_children_is_there(client: Client) -> None:
    child = make("Mond im Fluss")
    others = [make("Nachrichten", for_kids=False), make("Krimi", rating="16"), make("Ab zwölf", rating="12")]
    html = client.get("/kinder/").content.decode()
    assert "Mond im Fluss" in html
    assert client.get(path_of(child)).status_code == 200
    for other in others:
        assert other.title not in html
        assert client.get(path_of(other)).status_code == 404, "like what is not there"


@pytest.mark.parametrize("change", [{"is_for_kids": False}, {"age_rating": "12"}, {"hides_preview": True}])
def test_a_change_past_the_models_takes_it_out_at_once(client: Client, change: dict[str, Any]) -> None:
    video = make("Mond im Fluss")
    Video.objects.update(**change)
    assert Listing.objects.filter(key="kids").exists(), "the entry is left over"
    assert "Mond im Fluss" not in client.get("/kinder/").content.decode()
    assert client.get(path_of(video)).status_code == 404


def test_a_show_for_children_shows_its_episodes_for_children_only(client: Client) -> None:
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True)
    grown_up = Show.objects.create(title="Tidenzeit", slug="tz", live=True)
    make("Eins", show=show, kind="episode")
    make("Zwei", show=show, kind="episode", for_kids=False)
    make("Drei", show=grown_up, kind="episode")
    html = client.get(f"/kinder/sendung/{show.public_id}-kf/").content.decode()
    assert "Eins" in html
    assert "Zwei" not in html
    assert client.get(f"/kinder/sendung/{grown_up.public_id}-tz/").status_code == 404
    assert "Kleine Flut" in client.get("/kinder/").content.decode()


def test_every_link_stays_inside_until_the_question_is_answered(client: Client) -> None:
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True)
    video, _other = make("Eins", show=show, kind="episode"), make("Zwei", show=show, kind="episode")
    for prefix in ("", "/en"):
        for path in ("/kinder/", path_of(video), f"/kinder/sendung/{show.public_id}-kf/", "/kinder/ist/weg/"):
            html = client.get(prefix + path).content.decode()
            outside_template = re.sub(r"<template>.*?</template>", "", html, flags=re.DOTALL)
            links = re.findall(r'<a [^>]*href="([^"]+)"', outside_template)
            assert len(links) >= 3
            assert [one for one in links if not one.startswith((f"{prefix}/kinder/", "#"))] == []
            assert "autoplay" not in html
            assert "/nachrichten/" not in html


def test_the_way_out_asks_first_with_the_focus_on_staying(client: Client) -> None:
    html = client.get("/kinder/verlassen/").content.decode()
    links = re.findall(r"<a [^>]*>", re.sub(r'<a class="fh-skip[^>]*>', "", html))
    assert [("autofocus" in one, re.findall('href="([^"]+)"', one)[0]) for one in links] == [
        (True, "/kinder/"),
        (False, "/"),
    ]
    assert "<h1" in html


def test_the_area_takes_at_most_eight_queries_with_many_videos(client: Client) -> None:
    fill(400, timezone.now())
    Show.objects.update(is_for_kids=True)
    video = Video.objects.filter(live=True, is_for_kids=True).first()
    assert video is not None
    for path in ("/kinder/", path_of(video)):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= 8, [one["sql"] for one in seen]


def test_a_show_and_its_episode_are_told_apart_by_their_pictures(client: Client) -> None:
    picture, other = make_picture(), make_picture(title="Mond")
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True, picture=picture)
    for title, own in (("Eins", picture), ("Zwei", other)):
        video = make(title, show=show, kind="episode")
        Asset.objects.filter(versions__video=video).update(poster="poster-0.jpg")
        Video.objects.filter(pk=video.pk).update(picture=own)
    html = client.get("/kinder/").content.decode()
    sources = re.findall(r'<img\s+src="([^"?]+)', html)
    assert len(sources) == 3
    assert len(set(sources)) == 3, "nobody reads the titles here"


def test_the_first_picture_is_not_held_back_until_it_is_seen(client: Client) -> None:
    make("Eins")
    make("Zwei")
    Asset.objects.update(poster="poster-0.jpg")
    pictures = re.findall(r"<img[^>]*>", client.get("/kinder/").content.decode())
    assert ["lazy" in one for one in pictures] == [False, True]
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True, picture=make_picture())
    make("Drei", show=show, kind="episode")
    pictures = re.findall(r"<img[^>]*>", client.get("/kinder/").content.decode())
    assert ["lazy" in one for one in pictures][:3] == [False, True, True]


def test_both_answers_have_a_picture_for_who_does_not_read(client: Client) -> None:
    html = client.get("/kinder/verlassen/").content.decode()
    answers = re.findall(r'<a class="fk-(?:stay|go)".*?</a>', html, flags=re.DOTALL)
    assert [len(re.findall("<svg", one)) for one in answers] == [1, 1]
    assert answers[0].partition("<svg")[2] != answers[1].partition("<svg")[2]


def test_a_film_for_children_has_a_description(client: Client) -> None:
    for teaser, wanted in (("Wie kommt er da hinein?", "Wie kommt er da hinein?"), ("", "Mond im Fluss")):
        html = client.get(path_of(make("Mond im Fluss", teaser=teaser))).content.decode()
        assert f'<meta name="description" content="{wanted}">' in html
