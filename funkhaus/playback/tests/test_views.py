"""Playing over HTTP, as the contract says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.test import Client

from funkhaus.mediathek.models import Video
from funkhaus.playback import services
from funkhaus.playback.services import key_ring
from funkhaus.playback.signing import Check, SignedPath, check_path
from funkhaus.playback.tests.making import NIGHT, NOON, make_video
from tests.counting import count_calls

pytestmark = pytest.mark.usefixtures("db")
Ask = Callable[..., Any]


@pytest.fixture
def browser() -> Client:
    """A client that keeps cookies and enforces CSRF as a browser would meet it."""
    return Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})


def post(client: Client, video: Video | str, now: datetime = NOON, query: str = "", **headers: str) -> Any:
    public_id = video if isinstance(video, str) else video.public_id
    with time_machine.travel(now, tick=False):
        return client.post(f"/api/playback/{public_id}{query}", headers=headers)


def get(client: Client, path: str, now: datetime = NOON, method: str = "get", **headers: str) -> Any:
    with time_machine.travel(now, tick=False):
        return getattr(client, method)(path, headers=headers)


def signed(address: str) -> tuple[SignedPath, str]:
    _, prefix, key, signature, expiry, asset, file = address.split("/")
    assert prefix == "m"
    return SignedPath(key, signature, expiry, asset), file


def test_a_grant_has_what_a_player_needs(browser: Client) -> None:
    response = post(browser, make_video())
    answer = response.json()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    wanted = {"manifest", "expires_at", "tracks", "chapters", "versions", "storyboard", "first", "resume_s"}
    assert set(answer) == wanted
    assert answer["expires_at"] == "2026-06-01T13:30:00+02:00"
    assert answer["chapters"][1:] == [{"start_s": 90.5, "title": "Ende", "mark": ""}]
    assert (answer["storyboard"], answer["resume_s"]) == (None, 0)
    path, file = signed(answer["manifest"])
    assert file == "master.m3u8"
    assert path.expiry == str(int((NOON + timedelta(minutes=90)).timestamp()))
    assert check_path(key_ring(), path, cookie=None, now=NOON.timestamp()) is Check.VALID
    folder = answer["manifest"].removesuffix(file)
    expected = {"kind": "captions", "language": "de", "label": "Deutsch", "url": folder + "de-captions.vtt"}
    assert answer["tracks"] == [expected]
    assert not response.cookies


@pytest.mark.parametrize(
    ("asked", "at_s"), [("&at=90.030", 90.03), ("&at=7", 7), ("", 0), ("&at=-1", 0), ("&at=1e9", 0), ("&at=٣", 0)]
)
def test_where_it_begins_is_read_and_decides_nothing(
    browser: Client, monkeypatch: pytest.MonkeyPatch, asked: str, at_s: float
) -> None:
    listing = Mock(return_value=())
    monkeypatch.setattr(services, "list_startup_ranges", listing)
    assert post(browser, make_video(), query=f"?lang=de{asked}").status_code == 200
    assert listing.call_args.args[2] == at_s


def test_a_storyboard_lies_below_the_signed_folder(browser: Client) -> None:
    video = make_video()
    asset = video.versions.get().asset
    assert asset is not None
    asset.storyboard = "storyboard.vtt"
    asset.save()
    answer = post(browser, video).json()
    path, file = signed(answer["storyboard"])
    assert file == "storyboard.vtt"
    assert check_path(key_ring(), path, cookie=None, now=NOON.timestamp()) is Check.VALID
    assert answer["storyboard"].rpartition("/")[0] == answer["manifest"].rpartition("/")[0], (
        "its pictures lie beside it"
    )


def test_a_restricted_item_refuses_by_day_and_says_when(browser: Client) -> None:
    response = post(browser, make_video(age_rating="16"))
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    answer = response.json()
    assert answer["reason"] == "age_locked"
    assert "22:00 Uhr" in answer["message"]
    assert answer["remedies"][0].items() >= {"kind": "wait", "url": None, "at": "2026-06-01T22:00:00+02:00"}.items()
    assert not response.cookies


def test_a_restricted_item_plays_at_night_beside_its_cookie_only(browser: Client) -> None:
    video = make_video(age_rating="16")
    response = post(browser, video, NIGHT)
    path, _ = signed(response.json()["manifest"])
    morsel = response.cookies["fh_play"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert check_path(key_ring(), path, cookie=morsel.value, now=NIGHT.timestamp()) is Check.VALID
    assert check_path(key_ring(), path, cookie=None, now=NIGHT.timestamp()) is Check.INVALID
    again = post(browser, video, NIGHT)
    assert not again.cookies
    assert signed(again.json()["manifest"])[0] == path


def test_a_cookie_that_is_not_ours_is_replaced(browser: Client) -> None:
    browser.cookies["fh_play"] = "x"
    response = post(browser, make_video(age_rating="18"), NIGHT + timedelta(hours=1))
    assert len(response.cookies["fh_play"].value) >= 22


def test_behind_https_the_cookie_is_secure(browser: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert post(browser, make_video(age_rating="16"), NIGHT).cookies["fh_play"]["secure"] is True


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"live": False}, 404, "unknown"),
        ({"live": False, "first_published_at": NOON}, 410, "withdrawn"),
        ({"starts_at": None}, 410, "withdrawn"),
        ({"starts_at": NOON + timedelta(days=2)}, 409, "not_yet"),
        ({"ends_at": NOON - timedelta(hours=1)}, 410, "expired"),
        ({"state": "running"}, 503, "technical"),
        ({"state": "failed"}, 503, "technical"),
    ],
)
def test_both_ways_of_playing_refuse_alike(browser: Client, fields: dict[str, Any], status: int, reason: str) -> None:
    video = make_video(**fields)
    response = post(browser, video)
    assert (response.status_code, response.json()["reason"]) == (status, reason)
    assert response.json()["message"]
    plain = get(browser, f"/medien/{video.public_id}/master.m3u8")
    assert (plain.status_code, plain["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert plain.content.decode().strip() == response.json()["message"]
    for answer in (response, plain):
        assert answer["Cache-Control"] == "no-store"
        assert ("Retry-After" in answer) is (status == 503)


@pytest.mark.parametrize("public_id", ["22222222zz", "x", "0000000000", "%00", "' or 1=1", "ü" * 300])
def test_any_other_id_is_unknown(browser: Client, public_id: str) -> None:
    response = post(browser, public_id)
    assert response.status_code == 404
    assert "set-cookie" not in response


def test_a_message_comes_in_the_language_of_the_page(browser: Client) -> None:
    video = make_video(age_rating="16")
    assert "minors" in post(browser, video, query="?lang=en").json()["message"]
    for query in ("", "?lang=de", "?lang=xx", "?lang=%00", "?lang=../../en"):
        assert "Jugendschutz" in post(browser, video, query=query).json()["message"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"\xff\xfe", "multipart/form-data"),
        (b"a=1", "application/x-www-form-urlencoded"),
        (b"x" * 10000, "text/plain;charset=nonsense"),
        (b"", "nonsense"),
    ],
)
def test_the_body_does_not_matter(browser: Client, body: bytes, kind: str) -> None:
    video = make_video()
    with time_machine.travel(NOON, tick=False):
        response = browser.post(f"/api/playback/{video.public_id}", data=body, content_type=kind)
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options", "patch"])
def test_a_decision_is_asked_by_post_only(browser: Client, method: str) -> None:
    video = make_video()
    response = get(browser, f"/api/playback/{video.public_id}", method=method)
    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("master.m3u8", "master.m3u8"),
        ("video.mp4", "video.mp4"),
        ("untertitel-de-captions.vtt", "de-captions.vtt"),
    ],
)
def test_a_plain_player_is_led_to_the_signed_address(browser: Client, file: str, name: str, method: str) -> None:
    video = make_video()
    response = get(browser, f"/medien/{video.public_id}/{file}", method=method)
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    path, found = signed(response["Location"])
    assert found == name
    assert check_path(key_ring(), path, cookie=None, now=NOON.timestamp()) is Check.VALID


@pytest.mark.parametrize(
    "file",
    [
        "poster.jpg",
        "audio.m4a",
        "untertitel-en-captions.vtt",
        "de-captions.vtt",
        "..",
        "video.mp4x",
        "a/b.mp4",
        "%2e%2e",
    ],
)
def test_no_other_file_has_a_public_name(browser: Client, file: str) -> None:
    assert get(browser, f"/medien/{make_video().public_id}/{file}").status_code == 404


def test_a_file_that_is_not_there_yet_is_a_matter_of_waiting(browser: Client) -> None:
    video = make_video(state="playable")
    response = get(browser, f"/medien/{video.public_id}/audio.m4a")
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_plain_player_gets_nothing_restricted_by_day(browser: Client) -> None:
    video = make_video(age_rating="unrated")
    for file in ("master.m3u8", "video.mp4", "untertitel-de-captions.vtt", "nothing.mp4"):
        response = get(browser, f"/medien/{video.public_id}/{file}")
        assert response.status_code == 403
        assert "Location" not in response
    night = get(browser, f"/medien/{video.public_id}/video.mp4", NIGHT)
    assert night.status_code == 302
    assert "fh_play" in night.cookies


def test_a_decision_costs_at_most_four_queries(browser: Client, django_assert_max_num_queries: Any) -> None:
    video = make_video(age_rating="16")
    for now in (NOON, NIGHT):
        with django_assert_max_num_queries(4):
            post(browser, video, now)
    with django_assert_max_num_queries(4):
        post(browser, "22222222zz")


def test_a_decision_costs_few_calls(browser: Client) -> None:
    """5 milliseconds are the budget; what a machine takes for a call differs, their number does not."""
    video = make_video(age_rating="16")
    post(browser, video, NIGHT)
    with count_calls() as seen:
        post(browser, video, NIGHT)
    assert seen.total() <= 10_000
