"""What the controls ask for: versions, what comes next, their texts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from funkhaus.mediathek.models import Season, Show, Version, Video
from funkhaus.mediathek.rules.chapter_marks import ChapterMark, mark_chapter
from funkhaus.playback.tests.making import NIGHT, NOON, make_video

pytestmark = pytest.mark.usefixtures("db")


def post(path: str, query: str = "", now: Any = NOON) -> Any:
    with time_machine.travel(now, tick=False):
        return Client().post(f"/api/playback/{path}?lang=de{query}", headers={"sec-fetch-site": "same-origin"})


def get(path: str, now: Any = NOON) -> Any:
    with time_machine.travel(now, tick=False):
        return Client().get(path)


def add_version(video: Video, kind: str, language: str = "de", state: str = "ready") -> Version:
    """A form of the work with a file of its own."""
    other = make_video(title="Datei", live=False, state=state).versions.get()
    return Version.objects.create(video=video, kind=kind, language=language, asset=other.asset)


def make_episode(show: Show, number: int, **fields: Any) -> Video:
    season = Season.objects.get_or_create(show=show, number=1)[0]
    return make_video(kind="episode", show=show, season=season, episode_number=number, slug=f"f{number}", **fields)


@pytest.fixture
def show() -> Show:
    return Show.objects.create(title="Reihe", slug="reihe", live=True)


def test_a_wished_version_plays_its_own_file_and_all_are_listed() -> None:
    video = make_video()
    signed = add_version(video, "sign_language")
    assert signed.asset is not None
    answer = post(video.public_id, "&version=sign_language:de").json()
    assert f"/{signed.asset.key}/" in answer["manifest"]
    assert [(one["kind"], one["label"], one["is_chosen"]) for one in answer["versions"]] == [
        ("original", "Original", False),
        ("sign_language", "Gebärdensprache", True),
    ]
    assert f"/{signed.asset.key}/" not in post(video.public_id).json()["manifest"]


@pytest.mark.parametrize("wish", ["easy_language", "nonsense", "sign_language:fr", "x" * 5000])
def test_a_version_that_is_not_there_leaves_the_original(wish: str) -> None:
    video = make_video()
    add_version(video, "sign_language")
    (chosen,) = [one for one in post(video.public_id, f"&version={wish}").json()["versions"] if one["is_chosen"]]
    assert chosen["kind"] == "original"


def test_two_languages_of_one_kind_are_told_apart() -> None:
    video = make_video()
    for language in ("en", "fr"):
        add_version(video, "original_language", language)
    labels = [one["label"] for one in post(video.public_id).json()["versions"]]
    assert labels == ["Original", "Originalsprache (Englisch)", "Originalsprache (Französisch)"]


def test_a_version_that_is_not_prepared_is_not_offered() -> None:
    video = make_video()
    add_version(video, "sign_language", state="running")
    assert [one["kind"] for one in post(video.public_id).json()["versions"]] == ["original"]


def test_every_version_has_the_gate_of_the_work() -> None:
    video = make_video(age_rating="16")
    add_version(video, "sign_language")
    assert post(video.public_id, "&version=sign_language").status_code == 403
    assert post(video.public_id, "&version=sign_language", NIGHT).status_code == 200


def test_versions_cost_no_query_more(django_assert_max_num_queries: Any) -> None:
    video = make_video()
    for kind in ("sign_language", "clear_speech", "easy_language"):
        add_version(video, kind)
    with django_assert_max_num_queries(4):
        assert len(post(video.public_id).json()["versions"]) == 4


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Vorspann", ChapterMark.INTRO),
        (" intro ", ChapterMark.INTRO),
        ("Abspann", ChapterMark.CREDITS),
        ("Der Vorspann lügt", ChapterMark.NONE),
    ],
)
def test_a_chapter_is_marked_by_its_whole_title(title: str, mark: ChapterMark) -> None:
    assert mark_chapter(title) is mark


@pytest.mark.parametrize(
    ("here", "there", "kids", "goes_on"),
    [
        ("6", "6", False, True),
        ("12", "0", False, True),
        ("0", "6", False, False),
        ("12", "16", False, False),
        ("12", "unrated", False, False),
        ("0", "0", True, False),
    ],
)
def test_nothing_goes_on_by_itself_into_a_higher_rating(
    show: Show, here: str, there: str, kids: bool, goes_on: bool
) -> None:
    first = make_episode(show, 1, age_rating=here, is_for_kids=kids)
    second = make_episode(show, 2, age_rating=there)
    answer = get(f"/api/playback/{first.public_id}/next")
    assert answer["Cache-Control"] == "public, max-age=30"
    assert not answer.cookies
    following = answer.json()["next"]
    assert following["url"] == f"/video/{second.public_id}-f2/"
    assert following["plays_by_itself"] is goes_on


def test_what_cannot_be_watched_yet_or_was_taken_back_is_not_next(show: Show) -> None:
    first = make_episode(show, 1)
    make_episode(show, 2, starts_at=NOON + timedelta(days=1))
    make_episode(show, 3, live=False)
    fourth = make_episode(show, 4)
    path = f"/api/playback/{first.public_id}/next"
    assert fourth.public_id in get(path).json()["next"]["url"]
    assert get(f"/api/playback/{fourth.public_id}/next").json() == {"next": None}
    assert get(f"/api/playback/{make_video().public_id}/next").json() == {"next": None}
    assert get("/api/playback/none/next").json() == {"next": None}


def test_the_texts_are_public_and_complete_in_both_languages() -> None:
    german, english = (get(f"/api/player-texts?lang={language}") for language in ("de", "en"))
    assert german["Cache-Control"].startswith("public")
    assert (german.json()["captions"], english.json()["captions"]) == ("Untertitel", "Subtitles")
    assert german.json().keys() == english.json().keys()


def test_an_embedded_player_gets_no_cookie_and_a_short_way() -> None:
    video = make_video(age_rating="16")
    answer = post(video.public_id, "&embed=1", NIGHT)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.json()["expires_at"] == "2026-06-02T00:05:00+02:00"  # 23:00, one hour and five minutes
    assert post(video.public_id, "&embed=1").status_code == 403
    assert post(video.public_id, "", NIGHT).cookies
