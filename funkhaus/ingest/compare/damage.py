"""Damage: finds out whether what ffmpeg complained of is heard and seen, or lies where recordings are cut."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from funkhaus.ingest import constants
from funkhaus.ingest.compare import damage_program
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.probe.formats import FORMATS
from funkhaus.ingest.process.sandbox import limit_command

PROGRAM = Path(damage_program.__file__)
FEW_LINES = 1000  # complaints that a start between key frames makes, three to a frame; more are damage, not looked at
END_S = 0.5  # a cut takes the last frame or two, and decoders tell of it some frames late
START_S = 12.0  # a recording that begins between two key frames shows nothing until the next one


def warn_of_damage(attempt: Attempt, plan: Plan, lines: int) -> None:
    """Warn of damage by what it is; `lines` is the number of ffmpeg's complaints about the source."""
    streams = _look(attempt.asset.original_path, _list_indexes(plan)) if lines <= FEW_LINES else None
    if streams is None or any(_is_inside(stream) for stream in streams):
        attempt.warn("damaged", {"count": lines})
    elif any(stream["troubles"] for stream in streams):
        attempt.warn("damaged_ends", {})
    else:
        attempt.warn("damaged_beside", {})


def _list_indexes(plan: Plan) -> list[int]:
    sources = [source.index for sound in plan.sounds for source in sound.sources]
    return [*([plan.video.index] if plan.video else []), *sources]


def _is_inside(stream: dict[str, Any]) -> bool:
    """Tell whether a stream is damaged elsewhere than where it was cut."""
    first = stream["first_frame"]
    if first is None:
        return True
    before = [moment for number, moment in stream["troubles"] if number <= first]
    inside = [
        moment for number, moment in stream["troubles"] if number > first and abs(stream["last_s"] - moment) > END_S
    ]
    return bool(inside) or (bool(before) and abs(before[-1] - before[0]) > START_S)


def _look(source: Path, indexes: Sequence[int]) -> list[dict[str, Any]] | None:
    """Return what the program says; None where it does not come to its end in time."""
    command = limit_command(
        [sys.executable, "-I", str(PROGRAM), str(source), FORMATS, *map(str, indexes)],
        cpu_s=constants.PROBE_SECONDS,
        memory=constants.PROBE_MEMORY_BYTES,
        file_size=1_000_000,  # bytes; it writes no file, and its answer goes through a pipe
    )
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=constants.PROBE_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return None
    answer: list[dict[str, Any]] | None = json.loads(done.stdout) if done.returncode == 0 else None
    return answer
