"""Posters over HTTP: public whatever the rating, in several widths, none of a draft."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.playback.tests.making import FILES, make_video

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def test_a_poster_is_public_whatever_the_rating_and_known_by_its_tag(browser: Client) -> None:
    video = make_video(age_rating="18")
    response = browser.get(f"/poster/{video.public_id}.jpg")
    assert (response.status_code, response.content) == (200, FILES["poster.jpg"])
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=3600"
    again = browser.get(f"/poster/{video.public_id}.jpg", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_narrow_poster_is_sent_where_there_is_one(browser: Client) -> None:
    video = make_video()
    asset = video.versions.get().asset
    assert asset is not None
    narrow = asset.folder / "poster-480.jpg"
    address = f"/poster/{video.public_id}-480.jpg"
    assert browser.get(address).content == FILES["poster.jpg"], "older files have the whole only"
    whole = browser.get(address)["ETag"]
    narrow.write_bytes(b"narrow")
    sent = browser.get(address)
    assert (sent.status_code, sent.content) == (200, b"narrow")
    assert sent["ETag"] != whole
    for name in (f"{video.public_id}-481", f"{video.public_id}-", f"{video.public_id}-480-480"):
        assert browser.get(f"/poster/{name}.jpg").status_code == 404, name


def test_a_draft_shows_no_poster(browser: Client) -> None:
    assert browser.get(f"/poster/{make_video(live=False).public_id}.jpg").status_code == 404
    assert browser.get("/poster/22222222zz.jpg").status_code == 404


@pytest.mark.parametrize("name", ["../../../secret.jpg", "x.png", "", "/etc/passwd"])
def test_a_poster_named_oddly_is_not_read(browser: Client, name: str) -> None:
    video = make_video()
    asset = video.versions.get().asset
    assert asset is not None
    asset.poster = name
    asset.save()
    assert browser.get(f"/poster/{video.public_id}.jpg").status_code == 404
