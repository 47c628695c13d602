"""The lag of a result is found by what is seen and heard."""

from __future__ import annotations

import random

import pytest

from funkhaus.ingest.compare.result_lag import find_picture_lag, find_sound_lag

SEED = random.Random(7)  # noqa: S311 (pictures, no secrets)
FILM = [(step * 0.04, [SEED.randrange(256) for _pixel in range(64)]) for step in range(100)]
SPEECH = {slot: SEED.choice([5.0, 400.0, 3000.0]) for slot in range(400)}


@pytest.mark.parametrize("lag_s", [0.0, 0.04, -0.14, 0.5])
def test_a_picture_that_comes_later_or_earlier_is_placed(lag_s: float) -> None:
    darker = [(moment + lag_s, [value * 0.8 + 10 for value in gray]) for moment, gray in FILM]
    assert find_picture_lag(FILM, darker) == pytest.approx(lag_s, abs=0.011)  # type: ignore[arg-type]


@pytest.mark.parametrize("lag", [0, 4, -14, 50])
def test_a_sound_that_comes_later_or_earlier_is_placed_whatever_its_level(lag: int) -> None:
    louder = {slot + lag: 3 * level for slot, level in SPEECH.items()}
    assert find_sound_lag(SPEECH, louder) == pytest.approx(lag / 100, abs=0.001)


def test_what_does_not_change_is_not_placed() -> None:
    still = [(moment, FILM[0][1]) for moment, _gray in FILM]
    assert find_picture_lag(still, still) is None
    hum = dict.fromkeys(range(400), 900.0)
    assert find_sound_lag(hum, hum) is None
    assert find_sound_lag(SPEECH, {slot: SEED.choice([5.0, 3000.0]) for slot in range(400)}) is None, "another sound"
    assert find_picture_lag(FILM, []) is None


def test_a_doubled_rate_and_noise_move_nothing() -> None:
    doubled = [
        (moment + half, [value + SEED.randrange(-9, 9) for value in gray])
        for moment, gray in FILM
        for half in (0, 0.02)
    ]
    assert find_picture_lag(FILM, doubled) == pytest.approx(0, abs=0.021)
