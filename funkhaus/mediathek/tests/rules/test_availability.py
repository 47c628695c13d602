"""Availability: windows, disjoint and overlapping, in time and place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.territory import Territory, TerritoryRule
from funkhaus.mediathek.rules.availability import (
    Availability,
    Available,
    Expired,
    GeoBlocked,
    NeverAvailable,
    NotYet,
    Window,
    decide_availability,
)

T = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GERMANY = TerritoryRule(frozenset({"DE"}), is_allow_list=True)
DE, FR = Territory("DE"), Territory("FR")


@pytest.mark.parametrize(
    ("windows", "place", "expected"),
    [
        ([], DE, NeverAvailable()),
        ([Window(T)], None, Available(None)),
        ([Window(T - HOUR, T)], DE, Expired(T)),
        ([Window(T - HOUR, T + HOUR)], DE, Available(T + HOUR)),
        ([Window(T + HOUR)], DE, NotYet(T + HOUR)),
        ([Window(T - 3 * HOUR, T - HOUR), Window(T + HOUR)], DE, NotYet(T + HOUR)),
        ([Window(T + 2 * HOUR), Window(T + HOUR, T + 3 * HOUR)], DE, NotYet(T + HOUR)),
        ([Window(T - 3 * HOUR, T - HOUR), Window(T - 5 * HOUR, T - 4 * HOUR)], DE, Expired(T - HOUR)),
        ([Window(T - HOUR, T + HOUR), Window(T, T + 3 * HOUR)], DE, Available(T + 3 * HOUR)),
        ([Window(T - HOUR, T + HOUR), Window(T)], DE, Available(None)),
        ([Window(T, None, GERMANY)], FR, GeoBlocked()),
        ([Window(T, None, GERMANY)], None, GeoBlocked()),
        ([Window(T, None, GERMANY), Window(T, T + HOUR)], FR, Available(T + HOUR)),
    ],
)
def test_windows(windows: list[Window], place: Territory | None, expected: Availability) -> None:
    assert decide_availability(windows, T, place) == expected


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9)), max_size=5))
def test_available_exactly_when_some_window_covers_the_moment(spans: list[tuple[int, int]]) -> None:
    windows = [Window(T + start * HOUR, T + (start + length) * HOUR) for start, length in spans]
    covered = any(start <= 0 < start + length for start, length in spans)
    assert isinstance(decide_availability(windows, T, DE), Available) is covered


def test_a_window_anywhere_is_the_same_span_for_every_territory() -> None:
    window = Window(T, T + HOUR, GERMANY)
    assert window.anywhere() == Window(T, T + HOUR)
    assert (
        decide_availability([window], T, FR) != decide_availability([window.anywhere()], T, FR) == Available(T + HOUR)
    )
