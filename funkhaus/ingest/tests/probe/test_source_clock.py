"""The clock of a recording is laid straight by all its streams, and picture and sound keep their distance."""

from __future__ import annotations

import pytest

from funkhaus.ingest.plan.source_clock import draw_jumps, name_zero
from funkhaus.ingest.probe.clock_jumps import Line, Runs, Span, straighten


def see(*moments: float) -> list[list[float]]:
    """The runs of packets at these moments, each of 0.04 s."""
    runs = Runs()
    for moment in moments:
        runs.see(moment, moment, moment + 0.04)
    return runs.spans


def test_a_steady_clock_is_one_run_and_disorder_is_no_jump() -> None:
    assert see(5.0, 5.04, 5.12, 5.08, 5.16) == [[5.0, pytest.approx(5.2)]]
    assert len(see(5.0, 14.0)) == 1, "a hole of nine seconds"


@pytest.mark.parametrize("moments", [(5.0, 5.04, 3600.0), (5.0, 5.04, 1.0), (5.0, 16.0)])
def test_a_clock_that_jumps_either_way_begins_a_run(moments: tuple[float, ...]) -> None:
    assert len(see(*moments)) == 2


def test_the_zero_is_the_first_stream_and_the_other_keeps_its_distance() -> None:
    zero_s, lines = straighten({0: [(10.0, 20.0)], 1: [(10.14, 20.1)]})
    assert zero_s == 10.0
    assert (lines[1].start_s, lines[1].end_s, lines[1].length_s) == pytest.approx((0.14, 10.1, 9.96))


@pytest.mark.parametrize("second", [3600.0, 0.0, -95_443.0])
def test_parts_follow_each_other_by_the_longest_of_their_streams(second: float) -> None:
    picture: list[Span] = [(10.0, 20.0), (second, second + 5)]
    sound: list[Span] = [(10.3, 19.5), (second + 0.2, second + 5.1)]
    _zero_s, lines = straighten({0: picture, 1: sound})
    assert lines[0].end_s == pytest.approx(15.0)
    assert lines[1].end_s == pytest.approx(15.1)
    shifts = [lines[index].jumps[0].offset_s for index in (0, 1)]
    assert shifts[0] == pytest.approx(shifts[1]), "one shift for both: their distance stays"
    assert lines[0].jumps[0].step_s == pytest.approx(second - 20)


def test_a_hole_that_another_stream_fills_is_no_jump() -> None:
    _zero_s, lines = straighten({0: [(10.0, 60.0)], 1: [(10.0, 20.0), (50.0, 60.0)]})
    assert lines[1] == Line(0.0, 50.0, 50.0)


def test_a_stream_of_the_second_part_alone_stands_in_the_second_part() -> None:
    _zero_s, lines = straighten({0: [(10.0, 20.0), (5000.0, 5010.0)], 1: [(5001.0, 5010.0)]})
    assert lines[1].start_s == pytest.approx(11.0)
    assert lines[1].end_s == pytest.approx(20.0)


def test_where_the_clock_is_steady_nothing_is_filtered_and_the_zero_is_named() -> None:
    assert name_zero(None) == []
    assert name_zero(1.48) == ["-copyts", "-itsoffset", "-1.480000"]
    assert draw_jumps(None, None, is_sound=False) == []
    assert draw_jumps(1.48, Line(0.0, 6.0), is_sound=False) == []
    assert "asetpts" in draw_jumps(1.48, None, is_sound=True)[0], "not scanned to its end"
