"""Supervises web server and workers: it starts them, restarts those that ended, and stops all together."""

from __future__ import annotations

import logging
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from funkhaus.edge.parent_death import die_with_parent

logger = logging.getLogger(__name__)

STOP_SECONDS = 12.0  # until SIGKILL; the web server waits five for open requests
CRASHES_PER_MINUTE = 5  # a vital program that crashes so often ends the supervisor
MINUTE = 60.0
LONGEST_PAUSE_SECONDS = 15.0  # before a restart after crashes
KILLED_PAUSE_SECONDS = 0.5  # before a restart of a killed program


@dataclass
class Child:
    """One program to keep running. `is_vital`: when it keeps crashing, the supervisor ends all."""

    name: str
    command: Sequence[str]
    is_vital: bool
    process: subprocess.Popen[bytes] | None = None
    crashes: deque[float] = field(default_factory=lambda: deque(maxlen=CRASHES_PER_MINUTE))
    start_at: float = 0.0

    def start(self) -> None:
        """Start the program in a process group of its own, so that Ctrl-C reaches it through the supervisor only."""
        self.process = subprocess.Popen(
            list(self.command),
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process runs no thread
        )

    def note_crash(self, now: float, code: int) -> bool:
        """Schedule the next start; return True when the program crashed too often within a minute.

        A program that was killed did not crash: the kernel, short of memory, or somebody ended it. It is restarted
        however often that happens.
        """
        self.process = None
        if code == -signal.SIGKILL:
            self.start_at = now + KILLED_PAUSE_SECONDS
            return False
        self.crashes.append(now)
        pause = min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** len([at for at in self.crashes if now - at < MINUTE]))
        self.start_at = now + pause
        return len(self.crashes) == CRASHES_PER_MINUTE and now - self.crashes[0] < MINUTE


class Supervisor:
    """Runs `children` until a signal arrives; `announce` is called once `is_ready` returns True."""

    def __init__(
        self, children: Sequence[Child], *, is_ready: Callable[[], bool], announce: Callable[[], None]
    ) -> None:
        self._children = children
        self._is_ready = is_ready
        self._announce = announce
        self._is_stopping = False
        self._is_proven = False  # whether it has answered since the last start of a vital program

    def run(self) -> int:
        """Run until the end; return the exit code: 0 after a signal, 1 when a vital child keeps crashing."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        is_announced = False
        try:
            while not self._is_stopping:
                if not self._keep_up(time.monotonic()):
                    return 1
                if not self._is_proven and self._is_ready():
                    self._forgive()
                    if not is_announced:
                        self._announce()
                    is_announced = True
                time.sleep(0.2)
            return 0
        finally:
            self._end_all()

    def _forgive(self) -> None:
        """Clear all crash counts once the portal answers: only crashes without success between them count."""
        self._is_proven = True
        for child in self._children:
            child.crashes.clear()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _keep_up(self, now: float) -> bool:
        for child in self._children:
            if child.process is None:
                if now >= child.start_at:
                    child.start()
                    self._is_proven = self._is_proven and not child.is_vital
            elif (code := child.process.poll()) is not None:
                logger.error("%s ended with %s; starting it again", child.name, code)
                if child.note_crash(now, code) and child.is_vital:
                    logger.error("%s does not stay up: giving up", child.name)
                    return False
        return True

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
