"""Ready pages against a file server: requests per second and slowest answers of ours, nginx and Varnish in one run."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.serving import serve_with_nginx
from bench.table import Row
from tests.journeys.pages.fronts import nginx_before, varnish_before
from tests.server import Server, fetch

ROUNDS, ROUND_S = 5, 3
CONNECTIONS, CROWD = 16, 160
BUDGET, BUDGET_BEHIND = 0.6, 0.95
CODING = "br"
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
UNIT_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def measure_cached(server: Server, paths: dict[str, str]) -> list[Row]:
    """Rows for each kind of page: the median of interleaved rounds, with its spread."""
    if shutil.which("wrk") is None or shutil.which("nginx") is None:
        return [Row("ready page against nginx", None, "×", note="wrk or nginx is not installed")]
    rows = []
    for kind, path in paths.items():
        rows += _measure_kind(server, kind, path, is_behind=kind == "article")
    return rows


def _measure_kind(server: Server, kind: str, path: str, *, is_behind: bool) -> list[Row]:
    body = fetch(server.url + path, headers={"Accept-Encoding": CODING}).body
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        (folder / "static").mkdir()
        bare = stack.enter_context(serve_with_nginx(folder / "static", body))
        asked = {"nginx": f"http://127.0.0.1:{bare}/page.html", "ours": server.url + path}
        if is_behind:
            asked["ours behind nginx"] = stack.enter_context(nginx_before(folder / "front", server.port)) + path
            if Path("/usr/sbin/varnishd").exists():
                asked["ours behind Varnish"] = stack.enter_context(varnish_before(folder / "v", server.port)) + path
        return list(_compare(kind, asked, len(body)))


def _compare(kind: str, asked: dict[str, str], size: int) -> Iterator[Row]:
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):
        for name, url in asked.items():
            rates[name].append(_load(url, CONNECTIONS)[0])
    for name in asked:
        if name == "nginx":
            continue
        shares = sorted(one / other for one, other in zip(rates[name], rates["nginx"], strict=True))
        note = f"{size:,} bytes, {shares[0]:.2f} to {shares[-1]:.2f}, "
        note += f"{median(rates[name]):,.0f}/s of {median(rates['nginx']):,.0f}/s"
        budget = BUDGET if name == "ours" else BUDGET_BEHIND
        yield Row(f"{kind} page, {name}, against nginx", median(shares), "×", budget, is_floor=True, note=note)
    slow = {name: _load(url, CROWD)[1] for name, url in asked.items() if name in {"nginx", "ours"}}
    note = f"p99 with {CROWD} connections: nginx {slow['nginx']:.1f} ms, ours {slow['ours']:.1f} ms"
    yield Row(f"{kind} page, p99 of a crowd, against nginx", slow["ours"] / slow["nginx"], "×", note=note)


def _load(url: str, connections: int) -> tuple[float, float]:
    """Requests per second, and the milliseconds that one answer of a hundred exceeds; every answer has to be 200."""
    # One thread: the other core is the server's.
    command = ["wrk", "-t1", f"-c{connections}", f"-d{ROUND_S}s", "--latency", "-H", f"Accept-Encoding: {CODING}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise ValueError(said)
    slowest, rate = SLOWEST.search(said), RATE.search(said)
    assert slowest
    assert rate
    return float(rate[1]), float(slowest[1]) * UNIT_MS[slowest[2]]
