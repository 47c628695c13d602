"""Moments inside a recording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.timecode import LATEST_S, read_timecode, write_timecode


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("1:30", 90), (" 1:02:03 ", 3723), ("0", 0), ("999999", LATEST_S), ("99:99:99", LATEST_S)],
)
def test_what_people_write(text: str, seconds: int) -> None:
    assert read_timecode(text) == seconds


@pytest.mark.parametrize("text", ["", "-1", "1:2:3:4", "1,5", "1.5", "abc", "١:٣٠", "1:", ":30"])
def test_anything_else_is_no_moment(text: str) -> None:
    assert read_timecode(text) is None


@given(st.integers(0, LATEST_S))
def test_what_is_written_is_read_again(seconds: int) -> None:
    assert read_timecode(write_timecode(seconds)) == seconds
