"""The cases of youth protection that elsewhere went wrong, each by its name: from the click to the bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from funkhaus.playback import views
from funkhaus.playback.services import key_ring
from funkhaus.playback.signing import Check, SignedPath, check_path
from funkhaus.playback.tests.making import make_video

pytestmark = pytest.mark.usefixtures("db")


def at(clock: str, day: int = 1) -> datetime:
    """That time of a June day in Berlin (UTC+2)."""
    return datetime.fromisoformat(f"2026-06-{day:02}T{clock}+02:00").astimezone(UTC)


def ask(client: Client, video: Any, now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        return client.post(f"/api/playback/{video.public_id}", headers={"host": "127.0.0.1"})


def path_of(answer: Any) -> SignedPath:
    _, _, key, signature, expiry, asset, _ = answer.json()["manifest"].split("/")
    return SignedPath(key, signature, expiry, asset)


def is_good(client: Client, path: SignedPath, now: datetime) -> bool:
    cookie = client.cookies["fh_play"].value
    return check_path(key_ring(), path, cookie=cookie, now=now.timestamp()) is Check.VALID


@pytest.mark.parametrize(
    ("rating", "closed", "opens"), [("16", "21:59:59", "22:00:00"), ("18", "22:59:59", "23:00:00")]
)
def test_the_second_before_the_hour_and_the_hour(client: Client, rating: str, closed: str, opens: str) -> None:
    video = make_video(age_rating=rating)
    assert ask(client, video, at(closed)).status_code == 403
    assert ask(client, video, at(opens)).status_code == 200


@pytest.mark.parametrize("rating", ["16", "18", "unrated"])
def test_the_last_second_of_the_night_and_six_o_clock(client: Client, rating: str) -> None:
    video = make_video(age_rating=rating)
    assert ask(client, video, at("05:59:59", 2)).status_code == 200
    refused = ask(client, video, at("06:00:00", 2))
    assert (refused.status_code, refused.json()["reason"]) == (403, "age_locked")


def test_what_began_at_ten_to_six_may_finish_seek_and_pause_half_an_hour(client: Client) -> None:
    began = at("05:50:00", 2)
    answer = ask(client, make_video(age_rating="16"), began)  # one hour long
    path = path_of(answer)
    assert is_good(client, path, at("06:00:00", 2))
    assert is_good(client, path, at("07:19:59", 2)), "a range from anywhere is the same path"
    assert not is_good(client, path, at("07:20:00", 2))
    assert not is_good(client, path, at("22:00:00", 2)), "the next night asks anew"


def test_pressing_play_again_after_six_is_a_new_start(client: Client) -> None:
    video = make_video(age_rating="16")
    assert ask(client, video, at("05:50:00", 2)).status_code == 200
    assert ask(client, video, at("06:10:00", 2)).status_code == 403


def test_an_18_film_at_half_past_ten_is_too_early(client: Client) -> None:
    assert ask(client, make_video(age_rating="18"), at("22:30:00")).status_code == 403


def test_a_trailer_at_noon_plays_by_its_own_rating(client: Client) -> None:
    film = make_video(age_rating="18", kind="film")
    harmless = make_video(age_rating="0", kind="clip", belongs_to=film)
    unrated = make_video(age_rating="unrated", kind="clip", belongs_to=film)
    assert ask(client, harmless, at("12:00:00")).status_code == 200
    assert ask(client, unrated, at("12:00:00")).status_code == 403


def test_the_next_episode_is_a_decision_of_its_own(client: Client) -> None:
    first, second = make_video(age_rating="12", kind="episode"), make_video(age_rating="16", kind="episode")
    answer = ask(client, first, at("20:00:00"))
    assert answer.status_code == 200
    assert second.public_id not in answer.content.decode()
    assert ask(client, second, at("20:00:00")).status_code == 403


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "UTC"])
def test_neither_the_viewers_clock_nor_their_language_moves_the_hours(client: Client, zone: str) -> None:
    video = make_video(age_rating="16")
    headers = {
        "host": "127.0.0.1",
        "accept-language": "ja",
        "date": "Mon, 01 Jun 2026 21:00:00 GMT",
        "x-timezone": zone,
    }
    with time_machine.travel(at("21:59:59"), tick=False):
        assert client.post(f"/api/playback/{video.public_id}", headers=headers).status_code == 403


def test_the_page_is_the_same_by_day_and_by_night(client: Client) -> None:
    """What caches keep holds no decision: only what is told of the time may differ, and nothing here is."""
    video = make_video(age_rating="18", picture=None)
    bodies = set()
    for moment in (at("12:00:00"), at("23:30:00")):
        with time_machine.travel(moment, tick=False):
            bodies.add(client.get(f"/video/{video.public_id}-{video.slug}/", headers={"host": "127.0.0.1"}).content)
    assert len(bodies) == 1


def test_a_database_that_is_away_refuses_in_the_players_language(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_options: Any) -> None:
        raise OperationalError("away")

    video = make_video(age_rating="0")
    monkeypatch.setattr(views, "request_grant", fail)
    monkeypatch.setattr(views, "request_file", fail)
    answer = ask(client, video, at("23:30:00"))
    assert (answer.status_code, answer.json()["reason"]) == (503, "technical")
    assert (answer["Cache-Control"], answer["Retry-After"]) == ("no-store", "30")
    plain = client.get(f"/medien/{video.public_id}/video.mp4", headers={"host": "127.0.0.1"})
    assert (plain.status_code, plain["Cache-Control"]) == (503, "no-store")
