"""Days, times and moments as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.typed_dates import LONGEST, Misread, is_twice, read_day, read_moment, read_time

BERLIN = ZoneInfo("Europe/Berlin")
SIX = datetime(2026, 12, 1, 6, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "01.12.2026 06:00",
        "1.12.2026 6:00",
        "01.12.26 06:00",
        "1.12.26 6 Uhr",
        "1.12.26, 6 Uhr",
        "1. 12. 2026 um 6.00 Uhr",
        "1. Dezember 2026, 06:00",
        "1. Dezember 2026, 06:00 Uhr",
        "1. Dez. 2026 6 Uhr 00",
        "1 DEZEMBER 2026 6h00",
        "Dienstag, 1. Dezember 2026, 06:00 Uhr",
        "Di., 1.12.2026, 6:00",
        "  01.12.2026\u00a006:00:00 ",
        "2026-12-01T06:00",
        "2026-12-01 06:00",
        "2026-12-01T06:00:00+01:00",
        "2026-12-01T05:00Z",
        "2026-12-01 05:00:00.000000+00:00",
        "01/12/2026 06:00",
        "1 December 2026, 06:00",
        "1 Dec 2026 6am",
        "1st of December 2026 at 6:00 a.m.",
        "December 1, 2026 6:00 am",
        "Dec 1st, 2026, 06:00",
        "Tuesday, 1 December 2026, 06:00",
        "01.12.2026 06:00 MEZ",
    ],
)
def test_a_moment_is_read_in_every_form_that_people_type(text: str) -> None:
    assert read_moment(text, BERLIN) == SIX


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.12.26", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("31. Dez. 2026", date(2026, 12, 31)),
        ("31 December 2026", date(2026, 12, 31)),
        ("December 31, 2026", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("3. März 1890", date(1890, 3, 3)),
        ("29.02.2028", date(2028, 2, 29)),
        ("01.12.99", date(2099, 12, 1)),
    ],
)
def test_a_day_is_read_in_every_form_that_people_type(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("6:00", time(6)),
        ("06:00", time(6)),
        ("6 Uhr", time(6)),
        ("6 Uhr 30", time(6, 30)),
        ("6.30 Uhr", time(6, 30)),
        ("18:30:15", time(18, 30, 15)),
        ("6 pm", time(18)),
        ("12:15 a.m.", time(0, 15)),
        ("12 pm", time(12)),
    ],
)
def test_a_time_is_read_in_every_form_that_people_type(text: str, clock: time) -> None:
    assert read_time(text) == clock


def test_midnight_at_the_end_of_a_day_is_the_next_days_beginning() -> None:
    assert read_moment("31.12.2026 24:00", BERLIN) == datetime(2027, 1, 1, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Misread.UNKNOWN_FORM),
        ("morgen früh", Misread.UNKNOWN_FORM),
        ("01.12.2026 06:00 oder so", Misread.UNKNOWN_FORM),
        ("01.12.2026 6", Misread.UNKNOWN_FORM),
        ("01.12.202 06:00", Misread.UNKNOWN_FORM),
        ("1. Dezember 18 Uhr", Misread.UNKNOWN_FORM),
        ("01.12.2026 06:0", Misread.UNKNOWN_FORM),
        ("1.Foo 2026 06:00", Misread.UNKNOWN_FORM),
        ("٠١.١٢.٢٠٢٦ ٠٦:٠٠", Misread.UNKNOWN_FORM),
        ("0" * LONGEST + "1.12.2026 06:00", Misread.UNKNOWN_FORM),
        ("06:00", Misread.NO_DAY),
        ("6.30 Uhr", Misread.NO_DAY),
        ("1.12. 06:00", Misread.NO_YEAR),
        ("1. Dezember 18:30", Misread.NO_YEAR),
        ("01.12.2026", Misread.NO_TIME),
        ("31.02.2026 06:00", Misread.NO_SUCH_DAY),
        ("12/31/2026 06:00", Misread.NO_SUCH_DAY),
        ("01.12.2026 25:00", Misread.NO_SUCH_TIME),
        ("01.12.2026 06:60", Misread.NO_SUCH_TIME),
        ("01.12.2026 24:01", Misread.NO_SUCH_TIME),
        ("01.12.2026 13 pm", Misread.NO_SUCH_TIME),
        ("2026-12-01T06:00+99:00", Misread.NO_SUCH_TIME),
        ("Mi, 1.12.2026 06:00", Misread.OTHER_WEEKDAY),
        ("01.12.0026 06:00", Misread.YEAR_OUT_OF_RANGE),
        ("01.12.9999 06:00", Misread.YEAR_OUT_OF_RANGE),
        ("01.07.2026 06:00 MEZ", Misread.OTHER_ZONE),
    ],
)
def test_the_rest_is_refused_with_its_reason(text: str, reason: Misread) -> None:
    assert read_moment(text, BERLIN) is reason


def test_a_day_has_no_time_and_a_time_no_day() -> None:
    assert read_day("01.12.2026 06:00") is Misread.SURPLUS_TIME
    assert read_day("01.12.2026 bald") is Misread.UNKNOWN_FORM
    assert read_time("24:00") is Misread.NO_SUCH_TIME
    assert read_time("6") is Misread.UNKNOWN_FORM
    assert read_time("06:00Z") is Misread.UNKNOWN_FORM


def test_a_filter_may_ask_for_a_day_alone() -> None:
    assert read_moment("01.12.2026", BERLIN, needs_time=False) == datetime(2026, 12, 1, tzinfo=BERLIN)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    assert read_moment("29.03.2026 02:30", BERLIN) is Misread.SKIPPED
    assert read_moment("29.03.2026 03:00", BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_the_clocks_show_twice_needs_its_name() -> None:
    assert read_moment("25.10.2026 02:30", BERLIN) is Misread.TWICE
    first, second = (read_moment(f"25.10.2026 02:30 {name}", BERLIN) for name in ("MESZ", "MEZ"))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert is_twice(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN)
    assert not is_twice(datetime(2026, 10, 25, 2, 30, tzinfo=UTC), BERLIN)


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.integers(0, 24 * 60 - 1))
def test_what_is_written_is_read_again(day: date, minutes: int) -> None:
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), BERLIN)
    read = read_moment(wall.strftime("%d.%m.%Y %H:%M"), BERLIN)
    assert read in {wall.astimezone(UTC), Misread.SKIPPED, Misread.TWICE}


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(read_moment(text, BERLIN), datetime | Misread)
    assert isinstance(read_day(text), date | Misread)
    assert isinstance(read_time(text), time | Misread)


def test_a_long_text_costs_nothing() -> None:
    start = process_time()
    for text in ("1" * 10_000_000, "1. " * 25, "jan" * 26, "1 " * 40):
        read_moment(text, BERLIN)
    assert timedelta(seconds=process_time() - start) < timedelta(seconds=0.5)
