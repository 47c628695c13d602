"""How pages answer while a full ladder is encoded, beside how they answer when nothing is."""

from __future__ import annotations

import http.client
import tempfile
import time
from pathlib import Path

from bench.table import Row
from tests.server import Server, run_command, wait_for
from tests.sources import make_clip

BUDGET_RATIO = 3
ASKED = 400  # answers to each p99: four of them are slower
PAUSE_S = 0.01
ENCODING = "SELECT count(*) FROM ingest_job WHERE state = 'running' AND step IN ('first', 'rest')"

UNFINISHED = "SELECT count(*) FROM ingest_job WHERE state IN ('queued', 'running')"  # the next figures want quiet


def measure_beside_encoding(server: Server, path: str) -> list[Row]:
    """Ask for a page, one request after another: idle, then with an encoder on every core."""
    server.wait_for_media()
    ask(server, path, 50)
    idle = sorted(ask(server, path, ASKED))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2):
            film = make_clip(Path(folder) / f"film-{number}.mp4", size="1920x1080", seconds=40)
            run_command(server.data, "ingest", str(film), DEMO="0")
        wait_for(lambda: server.query(ENCODING)[0][0] >= 1, "an encoder", 60)
        time.sleep(2)
        busy = sorted(ask(server, path, ASKED))
        is_still = server.query(ENCODING)[0][0] >= 1
        wait_for(lambda: server.query(UNFINISHED)[0][0] == 0, "the end of the encoders", 900)
    ratio = p99(busy) / p99(idle)
    note = f"p50 {median(idle):.1f} → {median(busy):.1f} ms, p99 {p99(idle):.1f} → {p99(busy):.1f} ms"
    note += "" if is_still else "; the encoder ended before"
    return [Row("page p99 while encoding / idle", ratio, "", BUDGET_RATIO, note=note)]


def ask(server: Server, path: str, times: int) -> list[float]:
    """Milliseconds of each answer over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    found = []
    for _number in range(times):
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        found.append(1000 * (time.perf_counter() - started))
        if answer.status != 200:
            raise ValueError(f"{path} answered {answer.status}")
        time.sleep(PAUSE_S)
    connection.close()
    return found


def p99(sorted_times: list[float]) -> float:
    """The time that one answer of a hundred exceeds."""
    return sorted_times[min(len(sorted_times) - 1, int(0.99 * len(sorted_times)))]


def median(sorted_times: list[float]) -> float:
    """The middle one."""
    return sorted_times[len(sorted_times) // 2]
