"""Run ffmpeg: under limits, watched, and stopped when asked."""

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

from funkhaus.ingest import conf
from funkhaus.ingest.disk_space import find_free_bytes
from funkhaus.ingest.process.niceness import get_pace, may_interrupt
from funkhaus.ingest.process.sandbox import limit_command
from funkhaus.ingest.reasons.errors import WorkFailed

TICK_S = 0.1
LOOK_S = 1.0
_FULL = re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE)
_TOO_LARGE = re.compile(r"File too large", re.IGNORECASE)


def find_ffmpeg() -> str:
    """The program's path; raises `WorkFailed("no_ffmpeg")` naming where it was looked for."""
    if settings.FFMPEG:
        found = shutil.which(settings.FFMPEG)
        if found is None:
            raise WorkFailed("no_ffmpeg", path=settings.FFMPEG)
        return str(Path(found).resolve())
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise WorkFailed("no_ffmpeg", path="imageio-ffmpeg") from error


def bound_threads(words: Sequence[str]) -> list[str]:
    """Let decoder, filters and encoders use no more cores than the pace says; unbounded, ffmpeg takes all it sees."""
    share = get_pace().share
    if not share or "-i" not in words:
        return list(words)
    first, last = words.index("-i"), len(words) - 1 - list(reversed(words)).index("-i")
    bound = ["-threads", str(share)]
    filters = ["-filter_threads", str(share), "-filter_complex_threads", str(share)]
    return [*filters, *words[:first], *bound, *words[first : last + 2], *bound, *words[last + 2 :]]


class _Watch:
    """What a running ffmpeg says: how far it is (stdout) and what it complains of (stderr)."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.done_s = 0.0
        self.errors = 0
        self.last_sign = time.monotonic()
        self.complaints: deque[str] = deque(maxlen=20)
        self._process = process
        self._looked_at = time.monotonic()
        self._threads = [
            threading.Thread(target=self._read_progress, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until everything said was heard."""
        for thread in self._threads:
            thread.join(timeout=5)

    def look_around(self) -> None:
        """About once a second: is it stuck, is there still room, has something more urgent come?"""
        now = time.monotonic()
        if now - self._looked_at < LOOK_S:
            return
        self._looked_at = now
        if now - self.last_sign > conf.FFMPEG_SILENCE_S:
            raise WorkFailed("ffmpeg_stuck")
        if find_free_bytes() < conf.DISK_RESERVE_BYTES:
            raise WorkFailed("disk_full", is_passing=True)
        serve = get_pace().find_urgent() if may_interrupt() else None
        if serve is not None:
            self._make_way(serve)

    def _make_way(self, serve: Callable[[], None]) -> None:
        """Let the program stand still while something more urgent is done: it loses nothing, as ending it would."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            serve()
        finally:
            self._process.send_signal(signal.SIGCONT)
            self.last_sign = time.monotonic()

    def _read_progress(self, stream: IO[str]) -> None:
        for line in stream:
            name, _, value = line.strip().partition("=")
            if name == "out_time_us" and value.lstrip("-").isdigit():
                done_s = max(self.done_s, int(value) / 1e6)
                if done_s > self.done_s:
                    self.done_s, self.last_sign = done_s, time.monotonic()

    def _read_errors(self, stream: IO[str]) -> None:
        for line in stream:
            self.errors += 1
            self.complaints.append(line.strip()[:300])


def run_ffmpeg(words: Sequence[str], *, duration_s: float, file_size: int, on_tick: Callable[[float], None]) -> int:
    """Run to the end and return how many lines it complained in.

    `on_tick` is called about every 0.1 s with the seconds of media that are done; what it raises stops the program.
    Raises `WorkFailed` when the program is missing, fails, is killed, gets stuck or finds the disk full.
    """
    command = limit_command(
        [find_ffmpeg(), *bound_threads(words)],
        cpu_s=600 + 100 * duration_s,
        memory=conf.FFMPEG_MEMORY_BYTES,
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
