"""One torture: a server at work, blows at random moments, and at the end the question what is left of it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.server import ROOT, Server, clean_environment, is_alive, serving, wait_for
from tests.session import log_in
from tests.sources import make_clip
from tests.torture.senders import GONE, Sender

SETTLE_S = 600.0
INSPECTION = [sys.executable, "-m", "tests.torture.inspection"]
RETRIABLE = "SELECT a.id FROM ingest_asset a WHERE a.state = 'failed' OR (a.state = 'playable' AND a.error_code <> '')"
OPEN = "SELECT count(*) FROM ingest_job WHERE state IN ('queued', 'running')"


@dataclass
class Torture:
    """What is done to a server, told as it happens. Everything that is random comes from `seed`."""

    server: Server
    seed: int
    chance: random.Random = field(init=False)
    blows: Counter[str] = field(default_factory=Counter)
    retries: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 (to be played again)

    def run(self, clips: list[bytes], blow: Callable[[], None], *, blows: int, gap_s: float) -> list[str]:
        """Upload and strike until enough blows fell; return every fault found afterwards."""
        sender = Sender(self.server, clips, most=max(4, blows))
        thread = sender.start()
        for _number in range(blows):
            time.sleep(self.chance.uniform(0.1, 2 * gap_s))
            blow()
        sender.stop()
        wait_for(self._is_up, "the server to come back", 120, 0.3)
        thread.join(300)
        faults = [*sender.faults, *(["an upload never ended"] if thread.is_alive() else [])]
        self._settle()
        known = {pk for (pk,) in self.server.query("SELECT id FROM ingest_asset")}
        faults += [f"asset {pk} was acknowledged and is lost" for pk in sender.assets if pk not in known]
        if not sender.assets:
            faults.append("nothing was uploaded: nothing is proved")
        said = f"{len(sender.assets)} uploads acknowledged, {sender.broken} broken off, {self.retries} retried by hand"
        print(f"  {said}; struck: {dict(self.blows)}", flush=True)
        return faults

    def kill(self) -> None:
        """kill -9 of some process below the supervisor."""
        found = [pid for pid in self.server.children() if is_alive(pid)]
        if not found:
            return
        pid = self.chance.choice(sorted(found))
        line = self.server.children().get(pid, "")
        self.blows[name_process(line)] += 1
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            self.blows["gone already"] += 1

    def _settle(self) -> None:
        """Wait until nothing more happens; what was given up after many kills gets the editor's «Try again»."""
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            wait_for(lambda: self.server.query(OPEN)[0][0] == 0, "every job to end", end - time.monotonic(), 0.3)
            failed = self.server.query(RETRIABLE)
            if not failed:
                return
            session = log_in(self.server)
            for (asset,) in failed:
                self.retries += 1
                session.post(f"/redaktion/mediathek/dateien/{asset}/wiederholen/")

    def _is_up(self) -> bool:
        try:
            return self.server.is_up()
        except GONE:
            return False


def name_process(line: str) -> str:
    """What a command line is, for the record."""
    for word in ("sandbox_exec.py", "ffmpeg", "granian", "funkhaus worker", "sandboxed_program.py", "multiprocessing"):
        if word in line:
            return {"sandbox_exec.py": "ffmpeg", "multiprocessing": "web", "granian": "web"}.get(word, word)
    return "other"


def inspect(data: Path) -> tuple[list[str], list[str]]:
    """What the sweeper removes and what is wrong, asked of the house itself."""
    environment = clean_environment(data) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    done = subprocess.run(INSPECTION, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return found["swept"], found["faults"]


def make_clips(folder: Path, *, small: bool) -> list[bytes]:
    """Films of several lengths and sizes, so that a blow meets every step."""
    kinds = [(1.0, "320x180"), (1.0, "640x360")] if small else [(2.0, "320x180"), (4.0, "720x540"), (5.0, "960x720")]
    return [
        make_clip(folder / f"{number}.mp4", seconds=seconds, size=size).read_bytes()
        for number, (seconds, size) in enumerate(kinds)
    ]


@contextmanager
def under_kills(data: Path, seed: int) -> Iterator[Torture]:
    """A server on a data folder that is set up."""
    with serving(data, WORKERS="2") as server:
        yield Torture(server, seed)
