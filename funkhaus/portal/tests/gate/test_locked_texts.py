"""The text of an item that is not free for everybody: in no public page, and read by exactly those who may play it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.territory import Territory, TerritoryRule
from funkhaus.kernel.viewer import ANONYMOUS, Viewer, ViewerKind
from funkhaus.mediathek.models import AvailabilityWindow, TerritoryMode, Video
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.public_text import may_print_text
from funkhaus.mediathek.selectors import Playable, PlayableMedia, transcript_url, video_url
from funkhaus.playback import selectors
from funkhaus.playback.rules import Allowed, decide_playback
from funkhaus.playback.services import refuse_reading
from funkhaus.playback.tests.making import NIGHT, NOON, make_video

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = Territory("DE")
SPOKEN = "Kennwort-im-Dialog"
PUBLIC = "public, max-age=0, s-maxage=1"


def talking(places: TerritoryMode | None = None, **fields: Any) -> Video:
    """A published video with a marker word in its captions; `places` limits it to Germany, or to all but Germany."""
    video = make_video(**fields)
    asset = video.versions.get().asset
    assert asset is not None
    (asset.folder / "de-captions.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:02.000\n{SPOKEN}\n")
    if places is not None:
        AvailabilityWindow.objects.filter(video=video).update(territory_mode=places, territories=["DE"])
    return video


def fetch(address: str, now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        return Client().get(address)


LOCKED = [
    ({"age_rating": "16"}, 403, 200),
    ({"age_rating": "18"}, 403, 403),  # from 23:00 on, and it is 23:00
    ({"age_rating": "unrated"}, 403, 200),
    ({"hides_preview": True}, 200, 200),
    ({"hides_preview": True, "age_rating": "16"}, 403, 200),
    ({"places": TerritoryMode.ONLY}, 403, 403),
    ({"places": TerritoryMode.EXCEPT}, 403, 403),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "noon", "night"), LOCKED)
def test_the_page_never_holds_what_is_not_free_for_everybody(fields: dict[str, Any], noon: int, night: int) -> None:
    fields = {"age_rating": "0"} | fields
    video = talking(**fields)
    before_11 = NIGHT - timedelta(seconds=1)
    for moment, expected in ((NOON, noon), (before_11, night)):
        page = fetch(video_url(video), moment)
        assert page.status_code == 200
        assert SPOKEN not in page.content.decode()
        assert f'href="{transcript_url(video)}"' in page.content.decode(), "the way to the text stands there"
        text = fetch(transcript_url(video), moment)
        assert text.status_code == expected
        assert (SPOKEN in text.content.decode()) is (expected == 200)
        assert text["Cache-Control"] == "no-store", "it is an answer to one viewer"
        track = fetch(f"/medien/{video.public_id}/untertitel-de-captions.vtt", moment)
        assert (track.status_code == 302) is (expected == 200), "the same answer as the track"


@pytest.mark.django_db
@pytest.mark.parametrize("rating", ["0", "6", "12"])
def test_what_is_free_for_everybody_stands_in_the_page(rating: str) -> None:
    video = talking(age_rating=rating)
    for address in (video_url(video), transcript_url(video)):
        page = fetch(address, NOON)
        assert (page.status_code, page["Cache-Control"]) == (200, PUBLIC)
        assert SPOKEN in page.content.decode()
        assert "noindex" not in page.content.decode()


@pytest.mark.django_db
def test_the_refusal_says_in_words_why_and_when(settings: Any) -> None:
    video = talking(age_rating="16")
    page = fetch(transcript_url(video), NOON).content.decode()
    assert "22:00" in page
    assert f'href="{video_url(video)}"' in page
    english = fetch(f"/en{transcript_url(video)}", NOON)
    assert english.status_code == 403
    assert "To protect minors" in english.content.decode()


@pytest.mark.django_db
def test_the_text_is_read_in_the_country_where_it_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    video = talking(TerritoryMode.ONLY)
    for place, status in ((GERMANY, 200), (Territory("AT"), 403), (None, 403)):
        monkeypatch.setattr(selectors, "find_territory", lambda place=place, **_: place)
        assert fetch(transcript_url(video), NOON).status_code == status


@pytest.mark.django_db
def test_a_child_reads_what_it_may_watch() -> None:
    child = Viewer(ViewerKind.KIDS_PROFILE)
    for video, reason in ((talking(is_for_kids=True), None), (talking(slug="x"), "kids_profile_blocked")):
        refusal = refuse_reading(viewer=child, public_id=video.public_id, now=NOON)
        assert (refusal and refusal.reason) == reason


PLACES = [
    (Window(NOON - timedelta(days=1)),),
    (Window(NOON - timedelta(days=1), None, TerritoryRule(frozenset({"DE"}), is_allow_list=True)),),
    (Window(NOON - timedelta(days=1), None, TerritoryRule(frozenset({"DE"}))),),
    (
        Window(NOON - timedelta(days=1), NOON + timedelta(hours=3)),
        Window(NOON - timedelta(days=1), None, TerritoryRule(frozenset({"DE"}), is_allow_list=True)),
    ),
    (Window(NOON + timedelta(days=1)),),
    (Window(NOON - timedelta(days=2), NOON - timedelta(days=1)),),
    (),
]


@pytest.mark.parametrize("windows", PLACES)
def test_what_a_page_prints_plays_for_everybody_at_every_hour_unbound(windows: tuple[Window, ...]) -> None:
    """The one rule from both sides: whatever is printed would play now, anywhere, at any wall clock."""
    media = PlayableMedia("a" * 26, True, True, False, timedelta(hours=1), "")
    for rating, hides, now in product(AgeRating, (False, True), (NOON, NIGHT)):
        item = Playable("23456789ab", "Probe", True, True, False, False, hides, rating, windows, media)
        answers = [
            decide_playback(item, Viewer(territory=place), now + timedelta(minutes=minutes), BERLIN)
            for place in (None, GERMANY, Territory("AT"))
            for minutes in (0, 60)
        ]
        is_free = all(isinstance(one, Allowed) and not one.is_restricted for one in answers)
        if may_print_text(rating, windows, now, hides_preview=hides):
            assert is_free or len(windows) > 1, "printed, and not free"
            assert isinstance(decide_playback(item, ANONYMOUS, now, BERLIN), Allowed)
        elif is_free:
            assert hides, "free for everybody and not printed"


def test_a_path_is_bound_where_only_some_countries_may_play() -> None:
    media = PlayableMedia("a" * 26, True, True, False, timedelta(hours=1), "")
    for windows, is_bound in zip(PLACES[:4], (False, True, True, True), strict=True):
        item = Playable("23456789ab", "Probe", True, True, False, False, False, AgeRating.ALL, windows, media)
        place = Territory("AT") if windows == PLACES[2] else GERMANY
        answer = decide_playback(item, Viewer(territory=place), NOON, BERLIN)
        assert isinstance(answer, Allowed)
        assert answer.is_restricted is is_bound
