"""Analysis of a source file: runs the probe's program in the sandbox and reads its answer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from funkhaus.ingest import constants
from funkhaus.ingest.probe.formats import FORMATS
from funkhaus.ingest.process.sandbox import limit_command
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed

PROBE = Path(__file__).with_name("sandboxed_program.py")


def analyze_file(path: Path) -> dict[str, Any]:
    """Return the probe's answer for `read_facts`.

    Raises `RefusedInput` when the file cannot be read as media, and `WorkFailed("source_growing")` when it changed
    during the analysis: the answer would describe neither version.
    """
    before = mark_file(path)
    answer = _run_probe(path)
    if mark_file(path) != before:
        raise WorkFailed("source_growing", is_passing=True)
    if "error" in answer:
        raise RefusedInput(answer["error"], **answer.get("facts", {}))
    return answer


def mark_file(path: Path) -> tuple[int, int, int]:
    """Return values that change when the file is written or replaced: size in bytes, mtime in ns, inode."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _run_probe(path: Path) -> dict[str, Any]:
    command = limit_command(
        [sys.executable, "-I", str(PROBE), str(path), FORMATS],
        cpu_s=constants.PROBE_SECONDS,
        memory=constants.PROBE_MEMORY_BYTES,
        file_size=1_000_000,  # bytes; it writes no file, and its answer goes through a pipe
    )
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=constants.PROBE_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedInput("too_demanding") from error
    if done.returncode != 0:
        raise _explain(done.returncode, done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _explain(code: int, said: bytes) -> Exception:
    """Return the error for a probe without an answer: it was killed, does not start, or fails on the file."""
    if code == -signal.SIGKILL:  # its own limits end it by other signals
        return WorkFailed("ffmpeg_killed", is_passing=True, signal=signal.SIGKILL.value)
    if b"ImportError" in said or b"ModuleNotFoundError" in said:
        return WorkFailed("unexpected", is_passing=True, detail="the probe does not start")
    return RefusedInput("too_demanding" if code < 0 or b"MemoryError" in said else "not_media")
