"""How long a kind of programme stays: terms over the years, the contract beside them, months of every length."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.mediathek.rules.retention import Term, end_of_term, shorten

BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = date(2000, 1, 1)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "months", "days", "end"),
    [
        ("2026-01-31T20:15", 1, 0, "2026-02-28T20:15"),
        ("2024-02-29T20:15", 12, 0, "2025-02-28T20:15"),
        ("2026-12-15T20:15", 1, 0, "2027-01-15T20:15"),
        ("2026-11-24T20:15", 24, 0, "2028-11-24T20:15"),
        ("2026-03-01T20:15", 0, 30, "2026-03-31T20:15"),  # summer time begins meanwhile: the wall clock counts
        ("2026-10-01T20:15", 0, 30, "2026-10-31T20:15"),
        ("2026-02-28T02:30", 1, 1, "2026-03-29T02:30"),  # does not exist; an hour later does
        ("2026-09-25T02:30", 1, 0, "2026-10-25T02:30"),  # comes twice: the first one ends it
        ("2026-01-31T23:59", 1, 1, "2026-03-01T23:59"),
    ],
)
def test_the_wall_clock_and_the_calendar_count(start: str, months: int, days: int, end: str) -> None:
    found = end_of_term(Term(months, days, LONG_AGO), berlin(start), BERLIN)
    assert found == berlin(end).astimezone(UTC)


def test_no_length_is_no_limit() -> None:
    assert end_of_term(Term(0, 0, LONG_AGO), berlin("2026-01-01T00:00"), BERLIN) is None


def test_the_term_in_force_at_the_start_counts() -> None:
    old = Term(12, 0, date(2020, 1, 1), date(2026, 1, 1))
    new = Term(24, 0, date(2026, 1, 1))
    last = berlin("2025-12-31T23:59")
    assert shorten(None, [old, new], last, BERLIN) == berlin("2026-12-31T23:59")
    assert shorten(None, [old, new], last + timedelta(minutes=1), BERLIN) == berlin("2028-01-01T00:00")
    assert shorten(None, [old], berlin("2019-12-31T23:59"), BERLIN) is None


def test_the_shortest_of_rule_and_contract_wins() -> None:
    start, term = berlin("2026-01-01T00:00"), Term(12, 0, LONG_AGO)
    sooner, later = berlin("2026-06-01T00:00"), berlin("2030-01-01T00:00")
    assert shorten(sooner, [term], start, BERLIN) == sooner
    assert shorten(later, [term], start, BERLIN) == berlin("2027-01-01T00:00")
    assert shorten(later, [], start, BERLIN) == later
    assert shorten(None, [term, Term(0, 7, LONG_AGO)], start, BERLIN) == berlin("2026-01-08T00:00")


MOMENTS = st.integers(1_000_000_000, 2_500_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(
    start=MOMENTS,
    contract=st.none() | MOMENTS,
    lengths=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 400)), max_size=4),
)
def test_nothing_outlives_its_contract_or_any_term(
    start: datetime, contract: datetime | None, lengths: list[tuple[int, int]]
) -> None:
    terms = [Term(months, days, LONG_AGO) for months, days in lengths]
    end = shorten(contract, terms, start, BERLIN)
    bounds = [contract, *(end_of_term(term, start, BERLIN) for term in terms)]
    given_bounds = [bound for bound in bounds if bound is not None]
    assert end == (min(given_bounds) if given_bounds else None)
    for term in terms:
        own = end_of_term(term, start, BERLIN)
        assert own is None or own > start or term.months == term.days == 0
