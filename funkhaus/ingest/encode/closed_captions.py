"""Closed captions: takes those that lie beside the frames of a picture (CEA-608) as a text file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.plan.ffmpeg_arguments import PREFIX
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.probe import caption_program
from funkhaus.ingest.probe.formats import FORMATS
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.process.sandbox import limit_command
from funkhaus.ingest.reasons.errors import WorkFailed

PROGRAM = Path(caption_program.__file__)


def extract_captions(attempt: Attempt, plan: Plan, start_s: float) -> bytes:
    """Return the captions as ASS; empty where there are none or they cannot be read.

    `start_s`: the moment of the source's clock that is the programme's zero.
    """
    listed = _list_codes(attempt, plan, start_s)
    if listed.count("\t") == 0:  # one in each line with a code
        return b""
    codes, text = attempt.private / "captions.scc", attempt.private / "captions.ass"
    codes.write_text(listed, encoding="ascii")
    args = [*PREFIX, "-protocol_whitelist", "file", "-f", "scc"]  # made here: its format is named, not guessed
    args += ["-i", str(codes), "-c:s", "ass", "-f", "ass", str(text)]
    try:
        run_ffmpeg(
            args,
            duration_s=plan.duration_s,
            file_size=8 * constants.SUBTITLE_MAX_BYTES,  # bytes; as for other text
            on_tick=lambda _done_s: attempt.lease.check(),
        )
    except WorkFailed as failure:
        if failure.code != "ffmpeg_failed":
            raise
        return b""
    return text.read_bytes() if text.exists() else b""


def _list_codes(attempt: Attempt, plan: Plan, start_s: float) -> str:
    if plan.video is None:
        return ""
    command = limit_command(
        [
            sys.executable,
            "-I",
            str(PROGRAM),
            str(attempt.asset.original_path),
            FORMATS,
            str(plan.video.index),
            f"{start_s}",
        ],
        cpu_s=constants.PROBE_SECONDS,
        memory=constants.PROBE_MEMORY_BYTES,
        file_size=1_000_000,  # bytes; it writes no file, and its answer goes through a pipe
    )
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=constants.PROBE_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""
