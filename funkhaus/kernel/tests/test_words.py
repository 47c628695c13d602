"""Public ids, ratings, territories, clocks."""

from __future__ import annotations

from datetime import datetime

import pytest

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.clock import FrozenClock, SystemClock
from funkhaus.kernel.public_id import is_public_id, new_asset_key, new_public_id
from funkhaus.kernel.territory import Territory, TerritoryRule


def test_public_ids_have_their_shape_and_do_not_repeat() -> None:
    ids = {new_public_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(is_public_id(one) for one in ids)
    assert not any(is_public_id(bad) for bad in ("", "short", "1" * 10, "ABCDEFGHJK", "../../etc/", "2" * 11))
    assert len(new_asset_key()) == 26


def test_unrated_counts_as_sixteen_and_only_sixteen_and_eighteen_are_restricted() -> None:
    assert [rating.value for rating in AgeRating] == ["0", "6", "12", "16", "18", "unrated"]
    assert AgeRating.UNRATED.minimum_age == 16
    assert {rating for rating in AgeRating if rating.is_restricted} == {
        AgeRating.SIXTEEN,
        AgeRating.EIGHTEEN,
        AgeRating.UNRATED,
    }


@pytest.mark.parametrize(
    ("rule", "place", "allowed"),
    [
        (TerritoryRule(), None, True),
        (TerritoryRule(), "FR", True),
        (TerritoryRule(frozenset({"DE", "AT"}), is_allow_list=True), "AT", True),
        (TerritoryRule(frozenset({"DE", "AT"}), is_allow_list=True), "FR", False),
        (TerritoryRule(frozenset({"DE", "AT"}), is_allow_list=True), None, False),
        (TerritoryRule(frozenset({"US"})), "US", False),
        (TerritoryRule(frozenset({"US"})), "DE", True),
        (TerritoryRule(frozenset({"US"})), None, False),
        (TerritoryRule(frozenset(), is_allow_list=True), "DE", False),
    ],
)
def test_territory_rules(rule: TerritoryRule, place: str | None, *, allowed: bool) -> None:
    assert rule.allows(Territory(place) if place else None) is allowed


@pytest.mark.parametrize("code", ["de", "DEU", "", "D1"])
def test_a_territory_that_is_no_country_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="3166"):
        Territory(code)


def test_clocks_give_aware_moments_only() -> None:
    assert SystemClock().now().tzinfo is not None
    with pytest.raises(ValueError, match="aware"):
        FrozenClock(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive moment is what is refused
