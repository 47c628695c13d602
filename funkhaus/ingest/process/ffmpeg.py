"""Execution of ffmpeg: runs it in the sandbox, monitors progress and disk space, stops it on request."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import imageio_ffmpeg
from django.conf import settings

from funkhaus.ingest import constants
from funkhaus.ingest.disk_space import find_free_bytes
from funkhaus.ingest.process.job_pace import get_pace, may_interrupt
from funkhaus.ingest.process.sandbox import limit_command
from funkhaus.ingest.reasons.errors import WorkFailed

TICK_S = 0.1  # so soon a cancellation takes effect; polling the process costs next to nothing
_FOLDERS = re.compile(r"(?<![\w.:/])/(?:[^/\s'\":]+/)+")  # the machine's folders, which are no editor's business
LOOK_S = 1.0  # between two checks that cost a system call on the disk or a query
# Limit of CPU seconds, for the start and for each second of media. Only against endless work: the ladder of a 1080p
# source takes about 1.4 (measured with libx264 «veryfast»), and 8K sources and slow machines take many times as much.
CPU_S, CPU_S_PER_S = 600, 100
# strerror(3) of ENOSPC, EDQUOT and EFBIG in the C locale, which the sandbox sets: ffmpeg's exit code does not tell.
_FULL = re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE)
_TOO_LARGE = re.compile(r"File too large", re.IGNORECASE)


def find_ffmpeg() -> str:
    """Return the program's path; raise `WorkFailed("no_ffmpeg")` with the path that was tried."""
    if settings.FFMPEG:
        found = shutil.which(settings.FFMPEG)
        if found is None:
            raise WorkFailed("no_ffmpeg", path=settings.FFMPEG)
        return str(Path(found).resolve())
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise WorkFailed("no_ffmpeg", path="imageio-ffmpeg") from error


def bound_threads(args: Sequence[str]) -> list[str]:
    """Return the arguments with options that bound decoder, filters and encoders to the cores of `Pace.share`.

    Without them, each of the three starts as many threads as it sees cores.
    """
    share = get_pace().share
    if not share or "-i" not in args:
        return list(args)
    first, last = args.index("-i"), len(args) - 1 - list(reversed(args)).index("-i")
    # `-threads` counts for the input or output that follows it: before the first -i for the decoder, behind the last
    # input for the encoders. The two filter options are global: simple graphs, and those of -filter_complex.
    bound = ["-threads", str(share)]
    filters = ["-filter_threads", str(share), "-filter_complex_threads", str(share)]
    return [*filters, *args[:first], *bound, *args[first : last + 2], *bound, *args[last + 2 :]]


class _Watch:
    """Monitors a running ffmpeg: reads its progress from stdout and its errors from stderr, in two threads."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.done_s = 0.0
        self.errors = 0
        self.last_sign = time.monotonic()
        self.complaints: deque[str] = deque(maxlen=20)  # the last lines name the cause; a damaged file writes thousands
        self._process = process
        self._looked_at = time.monotonic()
        self._threads = [
            threading.Thread(target=self._read_progress, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until both streams are read to their end."""
        for thread in self._threads:
            thread.join(timeout=5)  # the process has ended, so its pipes end too, unless a child of it holds them

    def look_around(self) -> None:
        """Check about once a second: raise `WorkFailed` when stuck or out of disk space, serve urgent jobs."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_S:
            return
        self._looked_at = now
        if now - self.last_sign > constants.FFMPEG_SILENCE_S:
            raise WorkFailed("ffmpeg_stuck")
        if find_free_bytes() < constants.DISK_RESERVE_BYTES:
            raise WorkFailed("disk_full", is_passing=True)
        serve = get_pace().find_urgent() if may_interrupt() else None
        if serve is not None:
            self._make_way(serve)

    def _make_way(self, serve: Callable[[], None]) -> None:
        """Stop the process (SIGSTOP) while an urgent job is served; it loses nothing, as ending it would."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            serve()
        finally:
            self._process.send_signal(signal.SIGCONT)
            self.last_sign = time.monotonic()

    def _read_progress(self, stream: IO[str]) -> None:
        for line in stream:
            name, _, value = line.strip().partition("=")
            # `-progress` writes NAME=VALUE lines; out_time_us is in microseconds, «N/A» before the first frame.
            if name == "out_time_us" and value.lstrip("-").isdigit():
                done_s = max(self.done_s, int(value) / 1e6)
                if done_s > self.done_s:
                    self.done_s, self.last_sign = done_s, time.monotonic()

    def _read_errors(self, stream: IO[str]) -> None:
        for line in stream:
            self.errors += 1
            self.complaints.append(_FOLDERS.sub("", line.strip()[:300]))


def run_ffmpeg(args: Sequence[str], *, duration_s: float, file_size: int, on_tick: Callable[[float], None]) -> int:
    """Run ffmpeg to its end and return the number of lines that it wrote to stderr.

    `duration_s`: seconds of media, from which the limit of CPU time is derived; `file_size`: bytes that one output may
    have. `on_tick` is called about every 0.1 s with the seconds of media that are done; an exception that it raises
    stops the program. Raises `WorkFailed` when the program is missing, fails, is killed, is stuck or finds the disk
    full.
    """
    command = limit_command(
        [find_ffmpeg(), *bound_threads(args)],
        cpu_s=CPU_S + CPU_S_PER_S * duration_s,
        memory=constants.FFMPEG_MEMORY_BYTES,
        file_size=file_size,
    )
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C is for the worker; it ends us in order
    )
    try:
        watch = _Watch(process)
        while process.poll() is None:
            on_tick(watch.done_s)
            watch.look_around()
            time.sleep(TICK_S)
        watch.join()
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    _judge(process.returncode, watch)
    on_tick(watch.done_s)
    return watch.errors


def _judge(code: int, watch: _Watch) -> None:
    if code == 0:
        return
    said = "\n".join(watch.complaints)
    if code == -signal.SIGXFSZ or _TOO_LARGE.search(said):
        raise WorkFailed("disk_full")  # a limit of this one file: it is met again each time
    if _FULL.search(said):
        raise WorkFailed("disk_full", is_passing=True)
    if code < 0:
        raise WorkFailed("ffmpeg_killed", is_passing=True, signal=-code)
    raise WorkFailed("ffmpeg_failed", detail=watch.complaints[-1] if watch.complaints else f"code {code}")
