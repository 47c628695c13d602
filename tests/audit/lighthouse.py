"""Lighthouse: one page of each shape once, and those that matter most five times."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path

from tests.server import Server

CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
# Loopback is not the network: of most pages performance is told, not judged.
FLOORS = {"accessibility": 1.0, "seo": 0.9}
LEAST, RUNS = 0.95, 5


def check_with_lighthouse(
    server: Server, program: Path, paths: list[str], judged: list[str], hidden: set[str]
) -> list[str]:
    """Scores under their floor. `judged`: pages whose median of five must hold in all four groups. `hidden`: those
    that ask search engines to leave them out, which Lighthouse takes for a fault."""
    if not program.exists():
        return ["Lighthouse is not installed: npm could not get it"]
    findings = []
    for path in judged:
        findings += _judge_median(path, [_run(server, program, path) for _round in range(RUNS)])
    for path in paths:
        if path in judged:
            continue
        scores = _run(server, program, path)
        _tell(path, scores)
        findings += [
            f"{path}: {name} {scores.get(name, 0.0):.2f} < {floor}"
            for name, floor in FLOORS.items()
            if scores.get(name, 0.0) < floor and not (name == "seo" and path in hidden)
        ]
    return findings


def choose_shapes(paths: list[str]) -> list[str]:
    """One page of each shape: Lighthouse takes half a minute for each."""
    shapes: dict[tuple[int, str], str] = {}
    for path in paths:
        if not path.startswith(("/en/", "/embed/")) and "?" not in path:
            shapes.setdefault((path.count("/"), path.split("/")[1]), path)
    return list(shapes.values())


def _judge_median(path: str, runs: list[dict[str, float]]) -> list[str]:
    scores = {name: statistics.median(run.get(name, 0.0) for run in runs) for name in CATEGORIES}
    _tell(f"{path} (median of {RUNS})", scores)
    return [f"{path}: {name} {score:.2f} < {LEAST}" for name, score in scores.items() if score < LEAST]


def _tell(what: str, scores: dict[str, float]) -> None:
    print(f"audit: {what} " + " ".join(f"{name} {score:.2f}" for name, score in scores.items()), flush=True)


def _run(server: Server, program: Path, path: str) -> dict[str, float]:
    """The four scores; none where Lighthouse failed twice (it loses its own trace now and then)."""
    flags = "--headless=new --no-sandbox --disable-gpu" if os.geteuid() == 0 else "--headless=new --disable-gpu"
    command = [str(program), server.url + path, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _round in range(2):
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180, env=environment)
        if not result.returncode:
            categories = json.loads(result.stdout)["categories"]
            return {name: categories[name]["score"] or 0.0 for name in CATEGORIES}
    print(f"audit: {path}: Lighthouse failed: {result.stderr.strip()[-200:]}", flush=True)
    return {}
