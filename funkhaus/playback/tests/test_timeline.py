"""The officer's line of time says at every moment what the rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.viewer import ANONYMOUS
from funkhaus.mediathek.rules.availability import Window
from funkhaus.playback.rules import Allowed, RefusalReason, decide_playback
from funkhaus.playback.tests.test_rules import item
from funkhaus.playback.timeline import Change, item_at, list_days, list_spans, midnight

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 6, 1)
START, END = midnight(DAY, BERLIN), midnight(DAY + timedelta(days=1), BERLIN)


def say(rating: str, changes: tuple[Change, ...] = (), **fields: object) -> list[tuple[str, str]]:
    """The spans of the day as wall-clock start and reason."""
    spans = list_spans(item(AgeRating(rating), **fields), changes, ANONYMOUS, START, END, BERLIN)
    assert spans[0].starts_at == START
    assert spans[-1].ends_at == END
    return [(f"{span.starts_at.astimezone(BERLIN):%H:%M}", span.reason.value if span.reason else "") for span in spans]


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 1, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def test_a_day_of_each_rating() -> None:
    assert say("12") == [("00:00", "")]
    assert say("16") == [("00:00", ""), ("06:00", "age_locked"), ("22:00", "")]
    assert say("18") == [("00:00", ""), ("06:00", "age_locked"), ("23:00", "")]


def test_windows_and_changes_show_at_their_minute() -> None:
    windows = (Window(at(9, 30), at(23, 15)),)
    assert say("16", windows=windows) == [
        ("00:00", "not_yet"),
        ("09:30", "age_locked"),
        ("22:00", ""),
        ("23:15", "expired"),
    ]
    changes = (
        Change(at(8), AgeRating.SIXTEEN, is_live=True, who="Edda"),
        Change(at(10), AgeRating.TWELVE, is_live=True, who="Edda"),
        Change(at(11), AgeRating.TWELVE, is_live=False, who=""),
    )
    assert say("0", changes) == [("00:00", "unknown"), ("08:00", "age_locked"), ("10:00", ""), ("11:00", "withdrawn")]


@given(st.integers(0, 3 * 1440), st.sampled_from(["0", "16", "18", "unrated"]), st.sampled_from([0, 1, 2]))
def test_every_minute_the_line_says_what_the_rule_says(minute: int, rating: str, which: int) -> None:
    first = [date(2026, 3, 28), date(2026, 10, 24), DAY][which]
    start, end = midnight(first, BERLIN), midnight(first + timedelta(days=3), BERLIN)
    now = start + timedelta(minutes=minute)
    if now >= end:
        return
    one = item(AgeRating(rating), windows=(Window(start + timedelta(hours=5), end - timedelta(hours=7)),))
    spans = list_spans(one, (), ANONYMOUS, start, end, BERLIN)
    (span,) = [span for span in spans if span.starts_at <= now < span.ends_at]
    answer = decide_playback(one, ANONYMOUS, now, BERLIN)
    assert span.reason is (None if isinstance(answer, Allowed) else answer.reason)


@pytest.mark.parametrize(
    ("day", "share"),
    [(DAY, 8 / 24), (date(2026, 3, 29), 7 / 23), (date(2026, 10, 25), 9 / 25)],
    ids=["ordinary", "an hour less", "an hour more"],
)
def test_the_share_of_a_day_knows_the_change_of_the_clock(day: date, share: float) -> None:
    (found,) = list_days(item(AgeRating.SIXTEEN), (), ANONYMOUS, [day], BERLIN)
    assert found.open_share == pytest.approx(share)


def test_before_it_was_published_nobody_knew_of_it() -> None:
    one = item(AgeRating.ALL)
    change = Change(at(8), AgeRating.SIX, is_live=True, who="")
    assert item_at(one, (change,), at(7)) == replace(one, is_live=False, has_been_published=False)
    assert item_at(one, (change,), at(8)).rating is AgeRating.SIX
    assert item_at(one, (), at(1)) == one
    assert list_spans(one, (change,), ANONYMOUS, START, at(8), BERLIN)[0].reason is RefusalReason.UNKNOWN
