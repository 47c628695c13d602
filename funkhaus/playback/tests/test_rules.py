"""The decision as a table: ratings, hours, the two nights of the clock change, windows, states."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.ingest.replaced_files import find_end
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.clock import EARLIEST
from funkhaus.kernel.territory import Territory, TerritoryRule
from funkhaus.kernel.viewer import ANONYMOUS, Viewer, ViewerKind
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.selectors import Playable, PlayableMedia
from funkhaus.playback.rules import SLACK, STATUS, Allowed, Denied, RefusalReason, decide_expiry, decide_playback
from funkhaus.protection.rules import Way

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
CHILD = Viewer(ViewerKind.KIDS_PROFILE)
MEDIA = PlayableMedia("a" * 26, is_playable=True, is_complete=True, has_failed=False, duration=HOUR, storyboard="")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def berlin(text: str, fold: int = 0) -> datetime:
    """A moment by Berlin's wall clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)


def item(rating: AgeRating = AgeRating.ALL, **fields: Any) -> Playable:
    options: dict[str, Any] = {
        "public_id": "23456789ab",
        "title": "Probe",
        "is_live": True,
        "has_been_published": True,
        "has_expired": False,
        "is_for_kids": False,
        "hides_preview": False,
        "rating": rating,
        "windows": (Window(LONG_AGO),),
        "media": MEDIA,
    }
    return Playable(**options | fields)


def ask(item: Playable | None, now: datetime, viewer: Viewer = ANONYMOUS) -> Allowed | Denied:
    return decide_playback(item, viewer, now, BERLIN)


NIGHTS = [
    # rating, first open second of the evening, first closed second of the morning
    (AgeRating.SIXTEEN, "22:00:00"),
    (AgeRating.UNRATED, "22:00:00"),
    (AgeRating.EIGHTEEN, "23:00:00"),
]
# An ordinary night, the night that loses an hour, the night that has one twice.
DAYS = [("2026-06-01", "2026-06-02"), ("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")]


@pytest.mark.parametrize(("rating", "opens"), NIGHTS)
@pytest.mark.parametrize(("evening", "morning"), DAYS)
def test_restricted_items_play_between_their_hours_only(
    rating: AgeRating, opens: str, evening: str, morning: str
) -> None:
    first, last = berlin(f"{evening}T{opens}"), berlin(f"{morning}T06:00:00")
    second = timedelta(seconds=1)
    locked = ask(item(rating), first - second)
    assert locked == Denied(RefusalReason.AGE_LOCKED, first, rating.minimum_age, ways=(Way.WAIT, Way.LOG_IN))
    assert isinstance(ask(item(rating), first), Allowed)
    assert isinstance(ask(item(rating), last - second), Allowed)
    again = ask(item(rating), last)
    assert isinstance(again, Denied)
    assert (again.reason, again.at) == (RefusalReason.AGE_LOCKED, berlin(f"{morning}T{opens}"))


def test_the_hour_that_comes_twice_is_free_both_times() -> None:
    for fold in (0, 1):
        assert isinstance(ask(item(AgeRating.EIGHTEEN), berlin("2026-10-25T02:30:00", fold)), Allowed)


@pytest.mark.parametrize("rating", [AgeRating.ALL, AgeRating.SIX, AgeRating.TWELVE])
@pytest.mark.parametrize("hour", [0, 6, 12, 20, 22])
def test_unrestricted_items_play_at_every_hour_and_without_a_cookie(rating: AgeRating, hour: int) -> None:
    answer = ask(item(rating), berlin(f"2026-06-01T{hour:02}:00:00"))
    assert isinstance(answer, Allowed)
    assert not answer.is_restricted


@given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)), st.sampled_from(list(AgeRating)))  # noqa: DTZ001
def test_nothing_restricted_ever_plays_by_day(wall: datetime, rating: AgeRating) -> None:
    now = wall.replace(tzinfo=UTC)
    hour = now.astimezone(BERLIN).hour
    answer = ask(item(rating), now)
    if isinstance(answer, Allowed):
        assert answer.expires_at > now
        assert not rating.is_restricted or hour >= 22 or hour < 6
        assert answer.is_restricted is rating.is_restricted
    else:
        assert rating.is_restricted
        assert answer.at is not None
        assert answer.at > now
        assert isinstance(ask(item(rating), answer.at), Allowed)


NOON = berlin("2026-06-01T12:00:00")


@pytest.mark.parametrize(
    ("fields", "reason", "at"),
    [
        ({"windows": ()}, RefusalReason.WITHDRAWN, None),
        ({"windows": (Window(NOON + HOUR),)}, RefusalReason.NOT_YET, NOON + HOUR),
        ({"windows": (Window(LONG_AGO, NOON),)}, RefusalReason.EXPIRED, NOON),
        ({"windows": (Window(LONG_AGO, NOON), Window(NOON + HOUR))}, RefusalReason.NOT_YET, NOON + HOUR),
        (
            {"windows": (Window(LONG_AGO, None, TerritoryRule(frozenset({"DE"}), True)),)},
            RefusalReason.GEO_BLOCKED,
            None,
        ),
        ({"is_live": False}, RefusalReason.WITHDRAWN, None),
        ({"is_taken_down": True}, RefusalReason.WITHDRAWN, None),
        ({"is_taken_down": True, "windows": ()}, RefusalReason.WITHDRAWN, None),
        ({"is_live": False, "has_expired": True}, RefusalReason.EXPIRED, None),
        ({"is_live": False, "has_been_published": False}, RefusalReason.UNKNOWN, None),
        ({"media": None}, RefusalReason.TECHNICAL, None),
        ({"rating": AgeRating.SIXTEEN, "is_live": False}, RefusalReason.WITHDRAWN, None),
        ({"rating": AgeRating.SIXTEEN, "windows": (Window(NOON + HOUR),)}, RefusalReason.NOT_YET, NOON + HOUR),
    ],
)
def test_each_obstacle_has_its_reason(fields: dict[str, Any], reason: RefusalReason, at: datetime | None) -> None:
    answer = ask(item(**fields), NOON)
    assert isinstance(answer, Denied)
    assert (answer.reason, answer.at) == (reason, at)


def test_what_does_not_exist_is_unknown_and_nothing_is_told_of_it() -> None:
    assert ask(None, NOON) == Denied(RefusalReason.UNKNOWN, None, minimum_age=0, is_preparing=False, ways=())


@pytest.mark.parametrize(("has_failed", "is_preparing"), [(False, True), (True, False)])
def test_media_on_their_way_are_told_from_media_that_will_not_come(has_failed: bool, is_preparing: bool) -> None:
    media = PlayableMedia("a" * 26, False, False, has_failed, None, "")
    assert ask(item(media=media), NOON) == Denied(RefusalReason.TECHNICAL, is_preparing=is_preparing)


def test_an_allowed_country_may_play_and_another_may_not() -> None:
    here = item(windows=(Window(LONG_AGO, None, TerritoryRule(frozenset({"DE"}), True)),))
    assert isinstance(ask(here, NOON, Viewer(territory=Territory("DE"))), Allowed)
    assert ask(here, NOON, Viewer(territory=Territory("FR"))) == Denied(RefusalReason.GEO_BLOCKED)


@pytest.mark.parametrize(
    ("rating", "is_for_kids", "plays"),
    [
        (AgeRating.ALL, True, True),
        (AgeRating.SIX, True, True),
        (AgeRating.TWELVE, True, False),
        (AgeRating.UNRATED, True, False),
        (AgeRating.ALL, False, False),
    ],
)
def test_a_child_gets_what_is_made_for_children_and_nothing_else(
    rating: AgeRating, is_for_kids: bool, plays: bool
) -> None:
    night = berlin("2026-06-01T23:30:00")
    for now in (NOON, night):
        answer = ask(item(rating, is_for_kids=is_for_kids), now, CHILD)
        assert isinstance(answer, Allowed) if plays else answer == Denied(RefusalReason.KIDS_PROFILE_BLOCKED)
    if not plays:
        withdrawn = item(rating, is_for_kids=is_for_kids, is_live=False)
        assert ask(withdrawn, NOON, CHILD) == Denied(RefusalReason.KIDS_PROFILE_BLOCKED)
    draft = item(rating, is_for_kids=is_for_kids, is_live=False, has_been_published=False)
    assert ask(draft, NOON, CHILD) == Denied(RefusalReason.UNKNOWN)


def test_a_child_does_not_get_what_hides_picture_and_text() -> None:
    hidden = item(is_for_kids=True, hides_preview=True)
    assert ask(hidden, NOON, CHILD) == Denied(RefusalReason.KIDS_PROFILE_BLOCKED)
    assert isinstance(ask(hidden, NOON), Allowed)


def test_a_trailer_has_its_own_rating_and_without_one_counts_as_16() -> None:
    assert isinstance(ask(item(AgeRating.ALL), NOON), Allowed)  # a trailer for all of whatever it announces
    trailer = ask(item(AgeRating.UNRATED), NOON)
    assert isinstance(trailer, Denied)
    assert (trailer.reason, trailer.minimum_age) == (RefusalReason.AGE_LOCKED, 16)


def test_an_adult_with_proof_needs_the_pin_and_then_no_hour() -> None:
    without = ask(item(AgeRating.EIGHTEEN), NOON, Viewer(ViewerKind.ADULT_PROFILE, 18))
    assert isinstance(without, Denied)
    assert (without.reason, without.ways) == (RefusalReason.PIN_REQUIRED, (Way.WAIT, Way.ENTER_PIN))
    assert STATUS[without.reason] == 403
    answer = ask(item(AgeRating.EIGHTEEN), NOON, Viewer(ViewerKind.ADULT_PROFILE, 18, has_entered_pin=True))
    assert answer == Allowed(MEDIA, NOON + HOUR + SLACK, is_restricted=True)


def test_a_clock_that_lost_its_time_opens_nothing() -> None:
    second = timedelta(seconds=1)
    assert ask(item(), EARLIEST - second) == Denied(RefusalReason.TECHNICAL)
    assert ask(item(AgeRating.EIGHTEEN), datetime(1970, 1, 1, tzinfo=UTC)) == Denied(RefusalReason.TECHNICAL)
    assert isinstance(ask(item(), EARLIEST), Allowed)


def test_what_will_open_says_that_waiting_helps() -> None:
    answer = ask(item(windows=(Window(NOON + HOUR),)), NOON)
    assert answer == Denied(RefusalReason.NOT_YET, NOON + HOUR, ways=(Way.WAIT,))


@pytest.mark.parametrize(
    ("duration", "available", "free", "expected"),
    [
        # in minutes after now
        (60, None, None, 90),
        (None, None, None, 390),
        (60, 10, None, 70),
        (60, 1000, None, 90),
        (600, 10, None, 370),
        (60, None, 10, 90),
        (60, None, 400, 90),
        (None, None, 10, 10),
        (None, None, 1000, 390),
        (60, 20, 10, 80),
        (60, 5, 10, 65),
        (None, 5, 10, 10),
    ],
)
def test_a_grant_ends_with_the_programme_the_window_or_the_night(
    duration: int | None, available: int | None, free: int | None, expected: int
) -> None:
    def minutes(number: int | None) -> timedelta | None:
        return None if number is None else timedelta(minutes=number)

    def moment(number: int | None) -> datetime | None:
        return None if number is None else NOON + timedelta(minutes=number)

    ends = decide_expiry(NOON, minutes(duration), moment(available), moment(free))
    assert ends == NOON + timedelta(minutes=expected)


@given(st.integers(1, 600), st.integers(0, 480 * 60 - 1))
def test_what_began_at_night_may_finish_with_half_an_hour_of_pauses(minutes: int, second: int) -> None:
    duration = timedelta(minutes=minutes)
    now = berlin("2026-06-01T22:00:00") + timedelta(seconds=second)
    media = PlayableMedia("a" * 26, True, True, False, duration, "")
    answer = ask(item(AgeRating.SIXTEEN, media=media), now)
    assert isinstance(answer, Allowed)
    assert answer.expires_at == now + duration + SLACK


def test_what_is_still_being_prepared_at_night_ends_with_the_night() -> None:
    media = PlayableMedia("a" * 26, True, False, False, None, "")
    answer = ask(item(AgeRating.SIXTEEN, media=media), berlin("2026-06-02T05:30:00"))
    assert isinstance(answer, Allowed)
    assert answer.expires_at == berlin("2026-06-02T06:00:00")


def test_what_began_just_before_the_end_of_its_window_may_finish_and_not_more() -> None:
    last = item(windows=(Window(LONG_AGO, NOON),))
    answer = ask(last, NOON - timedelta(seconds=1))
    assert isinstance(answer, Allowed)
    assert answer.expires_at == NOON + HOUR
    assert ask(last, NOON) == Denied(RefusalReason.EXPIRED, NOON)


def test_codes_and_statuses_are_those_of_the_contract() -> None:
    assert {reason.value: STATUS[reason] for reason in RefusalReason} == {
        "unknown": 404,
        "age_locked": 403,
        "pin_required": 403,
        "kids_profile_blocked": 403,
        "geo_blocked": 403,
        "not_yet": 409,
        "expired": 410,
        "withdrawn": 410,
        "technical": 503,
    }
    assert set(STATUS) == set(RefusalReason)


@pytest.mark.parametrize("duration", [None, timedelta(seconds=5), timedelta(minutes=90), timedelta(hours=30)])
def test_a_replaced_file_is_kept_longer_than_anybody_may_play_it(duration: timedelta | None) -> None:
    """Ingest lies below and cannot ask how long leave to play lasts: here the two are held together."""
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    milliseconds = None if duration is None else int(duration / timedelta(milliseconds=1))
    assert decide_expiry(now, duration, None, None) < find_end(now, milliseconds)
