"""Clock of a source: finds where it jumps or starts anew, and lays the parts end to end. Pure.

Recordings are joined by their bytes (`cat a.ts b.ts`), and recorders restart: then the time stamps of every stream jump
at the same place in the file. A hole in one stream alone, which another stream fills, is no jump of the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Forward, ffmpeg's own threshold (-dts_delta_threshold); backward, more than the disorder of any muxer.
AHEAD_S, BACK_S = 10.0, 0.5
NEAR_S = 2.0  # streams of one part begin and end within that
MOST_RUNS = 200  # joins of one stream that are followed; a clock that jumps more often is noise

Span = tuple[float, float]  # first moment and end in seconds, as the file counts them


@dataclass
class Runs:
    """The runs of one stream: spans in which its clock goes steadily, in the order of the file."""

    spans: list[list[float]] = field(default_factory=list)
    _expected_s: float | None = None

    def see(self, decoded_s: float, first_s: float, end_s: float) -> bool:
        """Take in a packet: when it is decoded, first shown and over, in seconds. Return whether the clock jumped."""
        step_s = 0.0 if self._expected_s is None else decoded_s - self._expected_s
        is_jump = not -BACK_S <= step_s <= AHEAD_S and len(self.spans) < MOST_RUNS
        self._expected_s = decoded_s + max(0.0, end_s - first_s)
        if is_jump or not self.spans:
            self.spans.append([first_s, end_s])
        else:
            span = self.spans[-1]
            span[0], span[1] = min(span[0], first_s), max(span[1], end_s)
        return is_jump


@dataclass(frozen=True)
class Jump:
    """A jump of a stream's clock: by how much its time stamps jump, and what must be taken off them from there on."""

    step_s: float
    offset_s: float


@dataclass(frozen=True)
class Line:
    """A stream on the common line: where it starts and ends in seconds from the programme's zero.

    `length_s`: how long it lasts, holes included, without what a part lacks at its ends. `offset_s` must be taken
    off its time stamps, counted from zero, until the first of its `jumps`.
    """

    start_s: float
    end_s: float
    length_s: float = 0.0
    offset_s: float = 0.0
    jumps: tuple[Jump, ...] = ()


def straighten(runs: Mapping[int, Sequence[Span]]) -> tuple[float, dict[int, Line]]:
    """Return the common zero in the file's seconds, and each stream's place on the line from there.

    Each part keeps the distance between its picture and its sound, and begins where the longest stream of the part
    before ends.
    """
    joined = {
        index: _join_holes(spans, [runs[other] for other in runs if other != index]) for index, spans in runs.items()
    }
    places = _match(joined)
    count = 1 + max((place for found in places.values() for place in found), default=0)
    zero_s, offsets, line_s = 0.0, [], 0.0
    for part in range(count):
        inside = [
            joined[index][at] for index, found in places.items() for at, place in enumerate(found) if place == part
        ]
        first_s = min(span[0] for span in inside)
        zero_s = first_s if part == 0 else zero_s
        offsets.append(first_s - zero_s - line_s)
        line_s += max(span[1] for span in inside) - first_s
    return zero_s, {index: _draw(joined[index], places[index], zero_s, offsets) for index in joined}


def _draw(spans: Sequence[Span], places: Sequence[int], zero_s: float, offsets: Sequence[float]) -> Line:
    steps = [after[0] - before[1] for before, after in pairwise(spans)]
    jumps = tuple(Jump(step, offsets[place]) for step, place in zip(steps, places[1:], strict=True))
    first_s, last_s = offsets[places[0]], offsets[places[-1]]
    length_s = sum(end - first for first, end in spans)
    return Line(spans[0][0] - zero_s - first_s, spans[-1][1] - zero_s - last_s, length_s, first_s, jumps)


def _join_holes(spans: Sequence[Span], others: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the runs, those joined between which another stream goes on."""
    found: list[Span] = []
    for span in spans:
        middle_s = (found[-1][1] + span[0]) / 2 if found else 0.0
        is_hole = bool(found) and span[0] > found[-1][1] and _is_inside(middle_s, others)
        if is_hole:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append((span[0], span[1]))
    return found


def _is_inside(moment_s: float, streams: Sequence[Sequence[Span]]) -> bool:
    return any(first_s < moment_s < end_s for spans in streams for first_s, end_s in spans)


def _match(joined: Mapping[int, Sequence[Span]]) -> dict[int, list[int]]:
    """Return for each run of each stream the part that it belongs to; the stream of most runs counts the parts."""
    leader = max(joined.values(), key=len, default=[])
    found: dict[int, list[int]] = {}
    for index, spans in joined.items():
        places: list[int] = []
        for span in spans:
            after = places[-1] + 1 if places else 0
            near = (part for part in range(after, len(leader)) if _touch(leader[part], span))
            places.append(next(near, min(after, len(leader) - 1)))
        found[index] = places
    return found


def _touch(one: Span, other: Span) -> bool:
    return one[0] - NEAR_S < other[1] and other[0] - NEAR_S < one[1]
