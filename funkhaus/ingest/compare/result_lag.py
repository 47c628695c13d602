"""Lag of a result behind its source: found by comparing what is seen and heard, not by time stamps. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

Frames = Sequence[tuple[float, Sequence[int]]]  # moment in seconds, gray values
REACH_S, STEP_S = 0.6, 0.01  # how far and how finely is searched
FEWEST = 12  # frames or slots that have to be compared
MOVING = 1.5  # mean difference of gray values, from moment to moment, below which nothing moves that could be placed
ALIKE = 0.02  # of the range of differences: so near to the least one, another is as good
LIVELY = 0.15  # deviation of the level (natural logarithm), below which a sound has no events to be placed
LIKE = 0.8  # correlation of the levels from which the two are the same sound
CLEARLY = (
    0.8  # a lag is told from none only where it fits so much better: its difference at most so much of the other's
)


def find_picture_lag(source: Frames, result: Frames) -> float | None:
    """Return by how many seconds the result's frames come later than the source's; None where it cannot be told."""
    if len(source) < FEWEST or len(result) < FEWEST:
        return None
    ours, theirs = _even_out(source), _even_out(result)
    if _change(ours) < MOVING:
        return None
    moments = [moment for moment, _values in result]
    costs = {lag: _compare(source, ours, moments, theirs, lag * STEP_S) for lag in _list_lags()}
    told = {lag: cost for lag, cost in costs.items() if cost is not None}
    if 0 not in told:
        return None
    least = min(told.values())
    if least > CLEARLY * told[0]:
        return 0.0
    # A frame stands until the next one: all lags of that time fit alike, and the first of them is the true one.
    best = {lag for lag, cost in told.items() if cost <= least + ALIKE * (max(told.values()) - least)}
    first = min(best, key=abs)
    while first - 1 in best:
        first -= 1
    return first * STEP_S


def _list_lags() -> range:
    reach = round(REACH_S / STEP_S)
    return range(-reach, reach + 1)


def _even_out(frames: Frames) -> list[list[float]]:
    """Return the values with one mean and deviation over all: levels and curves of the two may differ."""
    values = [value for _moment, gray in frames for value in gray]
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [[50 * (value - mean) / spread for value in gray] for _moment, gray in frames]


def _change(grays: Sequence[Sequence[float]]) -> float:
    steps = [_differ(one, other) for one, other in pairwise(grays)]
    return sum(steps) / len(steps)


def _differ(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def _compare(
    source: Frames,
    ours: Sequence[Sequence[float]],
    moments: Sequence[float],
    theirs: Sequence[Sequence[float]],
    lag_s: float,
) -> float | None:
    """Return the mean difference of each frame to the one that the result shows `lag_s` later."""
    found = []
    for (moment_s, _values), gray in zip(source, ours, strict=True):
        place = bisect_right(moments, moment_s + lag_s + 0.0005) - 1
        if place >= 0 and moment_s + lag_s <= moments[-1] + STEP_S:
            found.append(_differ(gray, theirs[place]))
    return sum(found) / len(found) if len(found) >= FEWEST else None


def find_sound_lag(source: Mapping[int, float], result: Mapping[int, float]) -> float | None:
    """Return by how many seconds the result's sound comes later; mean levels by slots of `STEP_S`."""
    ours, theirs = ({slot: log(1 + level) for slot, level in levels.items()} for levels in (source, result))
    likeness = {lag: found for lag in _list_lags() if (found := _correlate(ours, theirs, lag)) is not None}
    if 0 not in likeness:
        return None
    best = max(likeness, key=lambda lag: (round(likeness[lag], 3), -abs(lag)))
    if likeness[best] < LIKE:
        return None
    is_clear = 1 - likeness[best] < CLEARLY * (1 - likeness[0])
    return best * STEP_S if is_clear else 0.0


def _correlate(ours: Mapping[int, float], theirs: Mapping[int, float], lag: int) -> float | None:
    pairs = [(level, theirs[slot + lag]) for slot, level in ours.items() if slot + lag in theirs]
    if len(pairs) < FEWEST * 5:
        return None
    mean_a, mean_b = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
    spread_a, spread_b = (
        sqrt(sum((pair[side] - mean) ** 2 for pair in pairs) / len(pairs)) for side, mean in ((0, mean_a), (1, mean_b))
    )
    if min(spread_a, spread_b) < LIVELY:
        return None
    return sum((a - mean_a) * (b - mean_b) for a, b in pairs) / len(pairs) / (spread_a * spread_b)
