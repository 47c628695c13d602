"""A crowd on a page that nobody has asked for yet: renderings, errors, and how long people wait."""

from __future__ import annotations

import errno
import select
import socket
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.table import Row
from tests.conftest import run_python
from tests.server import fetch, serving

VISITORS, WITHIN_S = 10_000, 1.0
BUDGET_MS = 2_000
PATIENCE_S = 30.0
BREAKING = """
import django; django.setup()
from funkhaus.newsroom.models import ArticlePage
page = ArticlePage.objects.live().order_by("pk").first()
page.title = "Eil: " + page.title
page.save_revision().publish()
print(page.url)
"""


@dataclass
class Rush:
    """What visitors saw: the milliseconds of each, from the beginning of their connection to the last byte."""

    times: list[float] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    opened_s: float = 0.0

    def note_fault(self, what: str) -> None:
        """Count a visitor who got no page."""
        self.faults[what] = self.faults.get(what, 0) + 1


class Crowd:
    """Visitors with a connection each, spread evenly over some seconds; one thread serves them all by epoll."""

    def __init__(self, port: int, path: str) -> None:
        self._address, self._poll = ("127.0.0.1", port), select.epoll()
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n"
        self._request = head.encode()
        self._open: dict[int, tuple[socket.socket, float]] = {}
        self._first: dict[int, bytes] = {}
        self.rush = Rush()

    def come(self, visitors: int, within_s: float) -> Rush:
        """Let everybody come, and wait for the last one."""
        started, come = time.perf_counter(), 0
        while come < visitors or self._open:
            passed = time.perf_counter() - started
            if passed > within_s + PATIENCE_S:
                for _one in self._open:
                    self.rush.note_fault("no answer")
                break
            due = min(visitors, int(visitors * passed / within_s))
            for _one in range(come, due):
                self._enter()
            if come < due == visitors:
                self.rush.opened_s = time.perf_counter() - started
            come = due
            for number, event in self._poll.poll(0.001 if come < visitors else 0.1):
                self._go_on(number, event)
        return self.rush

    def _enter(self) -> None:
        line = socket.socket()
        line.settimeout(0)
        code = line.connect_ex(self._address)
        if code not in {0, errno.EINPROGRESS}:
            self.rush.note_fault(errno.errorcode[code])
            line.close()
            return
        self._open[line.fileno()] = line, time.perf_counter()
        self._poll.register(line, select.EPOLLOUT)

    def _go_on(self, number: int, event: int) -> None:
        line, started = self._open[number]
        try:
            if event & select.EPOLLOUT:
                line.send(self._request)
                self._poll.modify(number, select.EPOLLIN)
                return
            piece = line.recv(1 << 17)
        except OSError as fault:
            self._leave(number, errno.errorcode[fault.errno or 0])
            return
        if piece:
            self._first.setdefault(number, piece[:15])
            return
        said = self._first.get(number, b"")
        if said.startswith(b"HTTP/1.1 200"):
            self.rush.times.append(1000 * (time.perf_counter() - started))
        self._leave(number, "" if said.startswith(b"HTTP/1.1 200") else f"answer {said.decode()!r}")

    def _leave(self, number: int, fault: str) -> None:
        line, _started = self._open.pop(number)
        self._first.pop(number, None)
        self._poll.unregister(number)
        line.close()
        if fault:
            self.rush.note_fault(fault)


def measure_crowd(data: Path) -> list[Row]:
    """Publish breaking news, and let everybody come before anybody has seen it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        counted = {"DJANGO_SETTINGS_MODULE": "bench.ready_pages.counted_settings", "BENCH_MADE": str(made)}
        with serving(data, words=("--no-worker",), environment=counted, DEMO="1") as server:
            fetch(server.url + "/")  # the server has begun
            path = run_python(data, BREAKING).strip()
            made.unlink()
            rush = Crowd(server.port, path).come(VISITORS, WITHIN_S)
            renderings = made.read_text().splitlines().count(path)
    times = sorted(rush.times)
    note = f"p50 {times[len(times) // 2]:.0f} ms, longest {times[-1]:.0f} ms, all had come after {rush.opened_s:.2f} s"
    what = f"{VISITORS:,} visitors in a second on a new page"
    return [
        Row(f"{what}: renderings", renderings, "", 1),
        Row(f"{what}: without the page", VISITORS - len(times), "", 0, note=str(rush.faults or "")),
        Row(f"{what}: p99", times[int(0.99 * len(times))], "ms", BUDGET_MS, note=note),
    ]
