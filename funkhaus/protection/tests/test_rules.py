"""The table and the hours of JMStV § 5, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.viewer import ANONYMOUS, Viewer, ViewerKind
from funkhaus.protection.rules import TABLE, AgeLocked, Open, Way, decide

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)
TEN_PM = datetime(2026, 6, 1, 20, tzinfo=UTC)
ELEVEN_PM = datetime(2026, 6, 1, 21, tzinfo=UTC)
EVERYBODY = tuple(
    Viewer(kind, age, pin) for kind, age, pin in product(ViewerKind, (0, 16, 18), (False, True))
)  # every viewer that can be: kind, proven age, PIN


def at(wall: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC)


def ask(rating: str, now: datetime, viewer: Viewer = ANONYMOUS, zone: ZoneInfo = BERLIN) -> object:
    return decide(AgeRating(rating), viewer, now, zone)


def locked(age: int, unlock_at: datetime, way: Way = Way.LOG_IN) -> AgeLocked:
    return AgeLocked(age, unlock_at, (Way.WAIT, way))


@pytest.mark.parametrize(
    ("rating", "wall", "verdict"),
    [
        ("16", "2026-06-01T21:59:59", locked(16, at("2026-06-01T22:00:00"))),
        ("16", "2026-06-01T22:00:00", Open(at("2026-06-02T06:00:00"))),
        ("16", "2026-06-02T00:00:00", Open(at("2026-06-02T06:00:00"))),
        ("16", "2026-06-02T05:59:59", Open(at("2026-06-02T06:00:00"))),
        ("16", "2026-06-02T06:00:00", locked(16, at("2026-06-02T22:00:00"))),
        ("18", "2026-06-01T22:59:59", locked(18, at("2026-06-01T23:00:00"))),
        ("18", "2026-06-01T23:00:00", Open(at("2026-06-02T06:00:00"))),
        ("18", "2026-06-02T06:00:00", locked(18, at("2026-06-02T23:00:00"))),
        ("unrated", "2026-06-01T12:00:00", locked(16, at("2026-06-01T22:00:00"))),
        ("unrated", "2026-06-01T22:00:00", Open(at("2026-06-02T06:00:00"))),
        ("12", "2026-06-01T12:00:00", Open()),
        # The night that loses an hour, and the one that has one twice
        ("16", "2026-03-28T22:00:00", Open(datetime(2026, 3, 29, 4, tzinfo=UTC))),
        ("16", "2026-10-24T22:00:00", Open(datetime(2026, 10, 25, 5, tzinfo=UTC))),
        ("16", "2026-03-29T12:00:00", locked(16, datetime(2026, 3, 29, 20, tzinfo=UTC))),
        ("16", "2026-10-25T12:00:00", locked(16, datetime(2026, 10, 25, 21, tzinfo=UTC))),
    ],
)
def test_the_hours_hold_to_the_second(rating: str, wall: str, verdict: object) -> None:
    assert ask(rating, at(wall)) == verdict


def test_the_last_microsecond_belongs_to_the_hour_before() -> None:
    assert ask("16", TEN_PM - timedelta(microseconds=1)) == locked(16, TEN_PM)


def test_the_broadcasters_clock_counts_and_not_the_servers_or_the_viewers() -> None:
    tokyo = ELEVEN_PM.astimezone(ZoneInfo("Asia/Tokyo"))  # 06:00 there, 23:00 in Berlin
    assert ask("18", tokyo) == Open(at("2026-06-02T06:00:00"))
    assert isinstance(ask("18", ELEVEN_PM, zone=ZoneInfo("America/New_York")), AgeLocked)


@pytest.mark.parametrize(
    ("rating", "viewer", "way"),
    [
        ("16", ANONYMOUS, Way.LOG_IN),
        ("16", Viewer(ViewerKind.EDITOR), Way.LOG_IN),
        ("16", Viewer(ViewerKind.KIDS_PROFILE), Way.LOG_IN),
        ("16", Viewer(ViewerKind.ADULT_PROFILE), Way.PROVE_AGE),
        ("18", Viewer(ViewerKind.ADULT_PROFILE, 16, has_entered_pin=True), Way.PROVE_AGE),
        ("16", Viewer(ViewerKind.ADULT_PROFILE, 16), Way.ENTER_PIN),
        ("unrated", Viewer(ViewerKind.ADULT_PROFILE, 16), Way.ENTER_PIN),
        ("18", Viewer(ViewerKind.ADULT_PROFILE, 18), Way.ENTER_PIN),
    ],
)
def test_a_lock_names_the_ways_past_it(rating: str, viewer: Viewer, way: Way) -> None:
    answer = ask(rating, NOON, viewer)
    assert isinstance(answer, AgeLocked)
    assert answer.ways == (Way.WAIT, way)


@pytest.mark.parametrize(("rating", "age"), [("16", 16), ("16", 18), ("18", 18), ("unrated", 16)])
def test_who_has_proven_the_age_and_entered_the_pin_has_no_hours(rating: str, age: int) -> None:
    viewer = Viewer(ViewerKind.ADULT_PROFILE, age, has_entered_pin=True)
    assert ask(rating, NOON, viewer) == Open()
    assert ask(rating, ELEVEN_PM, viewer) == Open()


@pytest.mark.parametrize("kind", [kind for kind in ViewerKind if kind is not ViewerKind.ADULT_PROFILE])
def test_a_proven_age_is_an_adult_profiles_alone(kind: ViewerKind) -> None:
    assert isinstance(ask("16", NOON, Viewer(kind, 18, has_entered_pin=True)), AgeLocked)


def test_the_pin_without_a_proven_age_opens_nothing() -> None:
    assert isinstance(ask("16", NOON, Viewer(ViewerKind.ADULT_PROFILE, 0, has_entered_pin=True)), AgeLocked)


def test_ways_have_the_names_of_the_contract() -> None:
    assert {way.value for way in Way} == {"wait", "log_in", "prove_age", "enter_pin"}


def test_every_rating_has_its_row_with_its_source() -> None:
    assert set(TABLE) == set(AgeRating)
    assert all("§" in row.source or "house rule" in row.source for row in TABLE.values())


def test_what_is_restricted_has_hours_and_is_never_for_children() -> None:
    for rating, row in TABLE.items():
        assert (row.hours is not None) is rating.is_restricted
        assert row.is_for_children is (rating in {AgeRating.ALL, AgeRating.SIX})


# The wall clock without any time-zone database: Berlin changes at 01:00 UTC (directive 2000/84/EC).
WEEKENDS = {
    "spring": (datetime(2026, 3, 27, 23, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC), 1, 2),
    "autumn": (datetime(2026, 10, 23, 22, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC), 2, 1),
}
OPENS = {"0": None, "6": None, "12": None, "16": 22, "18": 23, "unrated": 22}
AGES = {"16": 16, "18": 18, "unrated": 16}


def is_open(rating: str, viewer: Viewer, wall: int) -> bool:
    """The law said once more, by other means: `wall` in minutes after midnight."""
    opens = OPENS[rating]
    if opens is None or wall >= opens * 60 or wall < 6 * 60:
        return True
    return viewer.kind.value == "adult_profile" and viewer.has_entered_pin and viewer.released_age >= AGES[rating]


@pytest.mark.parametrize("weekend", WEEKENDS)
@pytest.mark.parametrize("rating", OPENS)
def test_every_minute_of_a_weekend_that_changes_the_clock(weekend: str, rating: str) -> None:
    start, change, before, after = WEEKENDS[weekend]
    first = int(start.timestamp())
    for second in range(first, first + 49 * 3600, 60):
        now = datetime.fromtimestamp(second, UTC)
        wall = (second // 60 + 60 * (after if now >= change else before)) % 1440
        for viewer in EVERYBODY:
            answer = decide(AgeRating(rating), viewer, now, BERLIN)
            assert isinstance(answer, Open) is is_open(rating, viewer, wall), (now, viewer)


@pytest.mark.parametrize("weekend", WEEKENDS)
@pytest.mark.parametrize("rating", AGES)
def test_what_the_rule_says_of_the_next_change_is_when_it_changes(weekend: str, rating: str) -> None:
    start, *_ = WEEKENDS[weekend]
    first = int(start.timestamp())
    said: datetime | None = None
    was_open: bool | None = None
    for second in range(first, first + 49 * 3600, 60):
        now = datetime.fromtimestamp(second, UTC)
        answer = decide(AgeRating(rating), ANONYMOUS, now, BERLIN)
        if was_open is not None and isinstance(answer, Open) is not was_open:
            assert now == said
        assert said is None or now == said or now < said
        was_open = isinstance(answer, Open)
        said = answer.until if isinstance(answer, Open) else answer.unlock_at


def test_the_free_hours_are_those_of_the_law() -> None:
    hours = {rating.value: row.hours for rating, row in TABLE.items() if row.hours}
    assert {rating: (span.opens, span.closes) for rating, span in hours.items()} == {
        "16": (time(22), time(6)),
        "unrated": (time(22), time(6)),
        "18": (time(23), time(6)),
    }


def test_what_nobody_has_rated_plays_at_the_hours_of_the_age_that_it_counts_as() -> None:
    assert TABLE[AgeRating.UNRATED].hours == TABLE[AgeRating(str(AgeRating.UNRATED.minimum_age))].hours
