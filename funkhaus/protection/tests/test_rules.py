"""The hours of JMStV § 5 (4), to the second."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.protection.rules import HOURS, AgeLocked, Open, decide

BERLIN = ZoneInfo("Europe/Berlin")


def at(wall: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("rating", "wall", "verdict"),
    [
        ("16", "2026-06-01T21:59:59", AgeLocked(16, at("2026-06-01T22:00:00"))),
        ("16", "2026-06-01T22:00:00", Open(at("2026-06-02T06:00:00"))),
        ("16", "2026-06-02T05:59:59", Open(at("2026-06-02T06:00:00"))),
        ("16", "2026-06-02T06:00:00", AgeLocked(16, at("2026-06-02T22:00:00"))),
        ("18", "2026-06-01T22:59:59", AgeLocked(18, at("2026-06-01T23:00:00"))),
        ("18", "2026-06-01T23:00:00", Open(at("2026-06-02T06:00:00"))),
        ("unrated", "2026-06-01T12:00:00", AgeLocked(16, at("2026-06-01T22:00:00"))),
        ("12", "2026-06-01T12:00:00", Open()),
        # The night that loses an hour, and the one that has one twice
        ("16", "2026-03-28T22:00:00", Open(datetime(2026, 3, 29, 4, tzinfo=UTC))),
        ("16", "2026-10-24T22:00:00", Open(datetime(2026, 10, 25, 5, tzinfo=UTC))),
        ("16", "2026-03-29T12:00:00", AgeLocked(16, datetime(2026, 3, 29, 20, tzinfo=UTC))),
    ],
)
def test_the_hours_hold_to_the_second(rating: str, wall: str, verdict: object) -> None:
    assert decide(AgeRating(rating), at(wall), BERLIN) == verdict


def test_the_broadcasters_clock_counts_and_not_the_servers() -> None:
    moment = datetime(2026, 6, 1, 21, tzinfo=UTC)  # 23:00 in Berlin, 17:00 in New York
    assert isinstance(decide(AgeRating.EIGHTEEN, moment, BERLIN), Open)
    assert isinstance(decide(AgeRating.EIGHTEEN, moment, ZoneInfo("America/New_York")), AgeLocked)


def test_every_age_has_its_row() -> None:
    assert {rating.minimum_age for rating in AgeRating} <= set(HOURS)
