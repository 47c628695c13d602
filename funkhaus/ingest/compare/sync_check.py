"""Sync check: measures by how much sound and picture of the result are apart, compared with the source."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funkhaus.ingest import constants
from funkhaus.ingest.compare import sync_program
from funkhaus.ingest.compare.result_lag import STEP_S, find_picture_lag, find_sound_lag
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.probe.formats import FORMATS
from funkhaus.ingest.process.sandbox import limit_command

PROGRAM = Path(sync_program.__file__)
STRETCH_S = 4.0  # seconds that are compared; half of them would do for most, and pauses last longer
SHARES, WHOLE_S = (0.1, 0.8), 12.0  # stretches begin at these shares of the length; a short file has one, at its start
MARGIN_S = 0.7  # of the result, around the stretch: `lag.REACH_S` and a little


@dataclass(frozen=True)
class Apart:
    """Seconds by which the result's sound comes later than in the source, against its picture; None: untold."""

    picture_s: float | None
    sound_s: float | None

    @property
    def is_told(self) -> bool:
        """Tell whether picture and sound could both be placed."""
        return self.picture_s is not None and self.sound_s is not None

    @property
    def offset_s(self) -> float:
        """Return the offset; what could not be placed counts as in place."""
        return (self.sound_s or 0.0) - (self.picture_s or 0.0)


def measure_apart(source: Path, start_s: float, plan: Plan, picture: Path, sound: Path) -> list[Apart]:
    """Return the offset at one or two stretches of the programme.

    `start_s`: the moment of the source's clock that is the programme's zero. `picture` and `sound` are media files of
    finished renditions. What cannot be read in time is not told; the result of the check never costs the work.
    """
    moments = _choose_moments(plan)
    requests = []
    for moment_s in moments:
        requests.append(_ask_source(source, start_s, plan, moment_s))
        requests.append(_ask(picture, moment_s, video=0))
        requests.append(_ask(sound, moment_s, audio=0))
    answers = _run(requests)
    return [_compare(start_s, *answers[place : place + 3]) for place in range(0, len(answers), 3)]


def _choose_moments(plan: Plan) -> list[float]:
    """Return where stretches begin; behind a jump of the clock a file cannot be entered by a moment."""
    line = plan.video.line if plan.video else None
    has_jumps = plan.zero_s is not None and (line is None or bool(line.jumps))
    if has_jumps or plan.duration_s <= WHOLE_S:
        return [0.0]
    return [share * plan.duration_s for share in SHARES]


def _ask_source(source: Path, start_s: float, plan: Plan, moment_s: float) -> dict[str, Any]:
    first_s = start_s + moment_s
    return {
        "path": str(source),
        "formats": FORMATS,
        "video": plan.video.index if plan.video else None,
        "audio": plan.audio.index if plan.audio else None,
        "start_s": first_s,
        "end_s": first_s + STRETCH_S,
    }


def _ask(path: Path, moment_s: float, *, video: int | None = None, audio: int | None = None) -> dict[str, Any]:
    span = {"start_s": moment_s - MARGIN_S, "end_s": moment_s + STRETCH_S + MARGIN_S}
    return {"path": str(path), "formats": "mov", "video": video, "audio": audio, **span}


def _run(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    command = limit_command(
        [sys.executable, "-I", str(PROGRAM), json.dumps(requests)],
        cpu_s=constants.PROBE_SECONDS,
        memory=constants.PROBE_MEMORY_BYTES,
        file_size=1_000_000,  # bytes; it writes no file, and its answer goes through a pipe
        reads=sorted({request["path"] for request in requests}),
        writes=[],
    )
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=constants.PROBE_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return []
    return json.loads(done.stdout) if done.returncode == 0 else []


def _compare(start_s: float, source: dict[str, Any], picture: dict[str, Any], sound: dict[str, Any]) -> Apart:
    slots = round(start_s / STEP_S)
    shift_s = start_s - slots * STEP_S
    heard_s = find_sound_lag(_levels(source, slots), _levels(sound, 0))
    return Apart(
        picture_s=find_picture_lag(_frames(source, start_s), _frames(picture, 0.0)),
        sound_s=None if heard_s is None else heard_s + shift_s,
    )


def _frames(answer: dict[str, Any], start_s: float) -> list[tuple[float, bytes]]:
    return [(moment - start_s, bytes.fromhex(values)) for moment, values in answer["frames"]]


def _levels(answer: dict[str, Any], slots: int) -> dict[int, float]:
    return {slot - slots: total / count for slot, total, count in answer["levels"]}
