"""What becomes of a source file, by its facts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.ingest.plan.ladder import Plan, choose_rungs, plan_ladder, snap_frame_rate
from funkhaus.ingest.plan.sound_tracks import choose_main
from funkhaus.ingest.probe.source_facts import AudioFacts, SourceFacts, VideoFacts
from funkhaus.ingest.reasons.reason import Reason

VIDEO = VideoFacts(0, "h264", 1920, 1080, 25.0, 10.0)
AUDIO = AudioFacts(1, "aac", 2, 10.0, language="de", is_default=True)
SOURCE = SourceFacts("mov", 10.0, (VIDEO,), (AUDIO,))


def plan(source: SourceFacts) -> Plan:
    result = plan_ladder(source)
    assert isinstance(result, Plan)
    return result


def sized(size: tuple[int, int]) -> VideoFacts:
    return replace(VIDEO, width=size[0], height=size[1])


@pytest.mark.parametrize(
    ("size", "names"),
    [
        ((1920, 1080), ["360p", "540p", "720p", "1080p"]),
        ((3840, 2160), ["360p", "540p", "720p", "1080p"]),
        ((1280, 720), ["360p", "540p", "720p"]),
        ((1024, 576), ["360p", "540p"]),
        ((640, 272), ["272p"]),
        ((1080, 1920), ["360p", "540p", "720p", "1080p"]),
    ],
)
def test_the_short_side_decides_on_the_rungs(size: tuple[int, int], names: list[str]) -> None:
    assert [rung.name for rung in choose_rungs(sized(size), Fraction(25))] == names


@given(st.integers(16, 8192), st.integers(16, 8192))
def test_no_rung_is_larger_than_the_picture_or_odd_or_out_of_shape(width: int, height: int) -> None:
    for rung in choose_rungs(sized((width, height)), Fraction(25)):
        assert rung.width % 2 == rung.height % 2 == 0
        assert rung.width <= width
        assert rung.height <= height
        factor = rung.short_side / min(width, height)
        assert abs(rung.width - width * factor) <= 2 + max(width, height) / min(width, height)


@pytest.mark.parametrize(
    ("measured", "snapped"),
    [
        (25.0, Fraction(25)), (24.97, Fraction(25)), (23.976, Fraction(24000, 1001)), (29.98, Fraction(30000, 1001)),
        (59.94, Fraction(60000, 1001)), (27.5, Fraction(30)), (13.5, Fraction(15)), (1.0, Fraction(10)),
        (600.0, Fraction(60)), (0.0, Fraction(10)),
    ],
)  # fmt: skip
def test_frame_rates_snap_to_standard_ones(measured: float, snapped: Fraction) -> None:
    assert snap_frame_rate(measured) == snapped


def test_rotation_and_pixel_shape_make_the_upright_size() -> None:
    assert replace(VIDEO, rotation=-90).display_size == (1080, 1920)
    assert replace(VIDEO, width=720, height=576, sample_aspect=64 / 45).display_size == (1024, 576)


def test_fast_pictures_may_have_more_bits() -> None:
    slow, fast = choose_rungs(VIDEO, Fraction(25))[-1], choose_rungs(VIDEO, Fraction(50))[-1]
    assert (slow.max_bits_per_s, fast.max_bits_per_s) == (5_000_000, 6_500_000)


def test_audio_description_is_not_the_main_sound() -> None:
    described = replace(AUDIO, index=1, is_description=True)
    plain = replace(AUDIO, index=2, is_default=False)
    assert choose_main((described, plain)) == plain
    assert choose_main((described,)) == described
    assert choose_main((replace(AUDIO, is_decodable=False),)) is None


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (replace(SOURCE, videos=(), audios=()), "no_streams"),
        (replace(SOURCE, videos=(replace(VIDEO, is_decodable=False),), audios=()), "not_decodable"),
        (replace(SOURCE, videos=(replace(VIDEO, width=20000),)), "picture_size"),
        (replace(SOURCE, videos=(replace(VIDEO, height=8),)), "picture_size"),
        (replace(SOURCE, videos=(replace(VIDEO, end_s=0.04),), audios=()), "too_short"),
    ],
)
def test_what_cannot_become_anything_is_refused_by_its_cause(source: SourceFacts, code: str) -> None:
    result = plan_ladder(source)
    assert isinstance(result, Reason)
    assert result.code == code


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (SOURCE, []),
        (replace(SOURCE, claimed_s=25.0), ["cut_short"]),
        (replace(SOURCE, claimed_s=25.0, is_scanned=False), []),
        (replace(SOURCE, read_errors=3), ["damaged"]),
        (replace(SOURCE, audios=(replace(AUDIO, is_decodable=False),)), ["sound_undecodable"]),
        (replace(SOURCE, videos=(replace(VIDEO, is_decodable=False),)), ["video_undecodable"]),
    ],
)
def test_what_an_editor_should_look_at_is_named(source: SourceFacts, codes: list[str]) -> None:
    assert [warning.code for warning in plan(source).warnings] == codes


def test_the_result_lasts_as_long_as_the_longer_of_picture_and_sound() -> None:
    assert plan(replace(SOURCE, audios=(replace(AUDIO, end_s=12.0),))).duration_s == 12.0


@pytest.mark.parametrize(
    ("measured", "snapped"),
    [(48.0, 48), (18.0, 18), (100.0, 50), (120.0, 60), (119.88, Fraction(60000, 1001)), (240.0, 60), (90.0, 48)],
)
def test_unusual_rates_are_kept_and_fast_ones_divided_evenly(measured: float, snapped: Fraction) -> None:
    assert snap_frame_rate(measured) == snapped


def test_a_sound_that_ends_early_is_silent_until_the_picture_ends() -> None:
    short = plan(replace(SOURCE, audios=(replace(AUDIO, end_s=4.0),)))
    assert (short.sounds[0].source_end_s, short.sounds[0].end_s, short.duration_s) == (4.0, 10.0, 10.0)


def test_of_two_pictures_the_default_is_shown_else_the_largest() -> None:
    small = replace(VIDEO, index=1, width=640, height=360)
    for videos, index in (((small, VIDEO), 0), ((replace(small, is_default=True), VIDEO), 1)):
        found = plan(replace(SOURCE, videos=videos)).video
        assert found is not None
        assert found.index == index
