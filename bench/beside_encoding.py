"""How pages answer while a full ladder is encoded, beside how they answer when nothing is."""

from __future__ import annotations

import http.client
import tempfile
import time
from pathlib import Path

from bench.table import Row
from tests.server import Server, run_command, wait_for
from tests.sources import make_clip

BUDGET_READY, BUDGET_MADE = 1.5, 3
NOT_KEPT = {"Authorization": "Bearer of-nobody"}  # what is asked for with a token is made anew
WAYS: dict[str, tuple[dict[str, str], float]] = {"ready": ({}, BUDGET_READY), "not kept": (NOT_KEPT, BUDGET_MADE)}
ASKED = 400  # answers to each p99: four of them are slower
PAUSE_S = 0.01
ENCODING = "SELECT count(*) FROM ingest_job WHERE state = 'running' AND step IN ('first', 'rest')"

UNFINISHED = "SELECT count(*) FROM ingest_job WHERE state IN ('queued', 'running')"  # the next figures want quiet


def measure_beside_encoding(server: Server, path: str) -> list[Row]:
    """Ask for a page, one request after another: idle, then with an encoder on every core."""
    server.wait_for_media()
    idle = {name: time_answers(server, path, name) for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2):
            film = make_clip(Path(folder) / f"film-{number}.mp4", size="1920x1080", seconds=40)
            run_command(server.data, "ingest", str(film), DEMO="0")
        wait_for(lambda: server.query(ENCODING)[0][0] >= 1, "an encoder", 60)
        time.sleep(2)
        busy = {name: time_answers(server, path, name) for name in WAYS}
        is_still = server.query(ENCODING)[0][0] >= 1
        wait_for(lambda: server.query(UNFINISHED)[0][0] == 0, "the end of the encoders", 900)
    rows = []
    for name, (_headers, budget) in WAYS.items():
        before, beside = idle[name], busy[name]
        note = f"p50 {median(before):.1f} → {median(beside):.1f} ms, p99 {p99(before):.1f} → {p99(beside):.1f} ms"
        note += "" if is_still else "; the encoder ended before"
        rows.append(Row(f"{name} page, p99 while encoding / idle", p99(beside) / p99(before), "×", budget, note=note))
    return rows


def time_answers(server: Server, path: str, name: str) -> list[float]:
    """Milliseconds of each answer in order, the shortest first."""
    headers, _budget = WAYS[name]
    ask(server, path, 20, headers)
    return sorted(ask(server, path, ASKED, headers))


def ask(server: Server, path: str, times: int, headers: dict[str, str]) -> list[float]:
    """Milliseconds of each answer over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    found = []
    for _number in range(times):
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
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
