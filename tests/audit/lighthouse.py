"""Lighthouse: every shape of page once, the four that matter most five times, judged by the median."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
from pathlib import Path

from tests.server import Server

CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
# Loopback is not the network: of a single run performance is told, not judged.
FLOORS = {"accessibility": 1.0, "seo": 0.9}
ROUNDS, FLOOR = 5, 0.95
JUDGED = (r"/", r"/sendungen/[^/]+/", r"/video/[^/]+/", r"/kinder/")
Scores = dict[str, float]


def check_with_lighthouse(program: Path, server: Server, paths: list[str]) -> list[str]:
    """Scores under their floor."""
    if not program.exists():
        return ["Lighthouse is not installed: npm could not get it"]
    judged = choose_judged(paths)
    findings = [f"no page like {shape} to judge" for shape, path in zip(JUDGED, judged, strict=True) if not path]
    for path in filter(None, judged):
        findings += _judge(path, [_run(program, server, path) for _round in range(ROUNDS)])
    for path in choose_shapes(paths):
        if path not in judged:
            scores = _run(program, server, path)
            findings += [
                f"{path}: {name} {scores.get(name, 0):.2f} < {floor}"
                for name, floor in FLOORS.items()
                if scores.get(name, 0) < floor
            ]
    return findings


def choose_judged(paths: list[str]) -> list[str]:
    """The first page of each judged kind, in their order; empty where there is none."""
    return [next((path for path in paths if re.fullmatch(shape, path)), "") for shape in JUDGED]


def choose_shapes(paths: list[str]) -> list[str]:
    """One page of each shape: Lighthouse takes half a minute for each."""
    shapes: dict[tuple[int, str], str] = {}
    for path in paths:
        if not path.startswith(("/en/", "/embed/")) and "?" not in path:
            shapes.setdefault((path.count("/"), path.split("/")[1]), path)
    return list(shapes.values())


def _judge(path: str, rounds: list[Scores]) -> list[str]:
    medians = {name: statistics.median(one.get(name, 0) for one in rounds) for name in CATEGORIES}
    _tell(f"{path} (median of {len(rounds)})", medians)
    return [f"{path}: {name} {score:.2f} < {FLOOR}" for name, score in medians.items() if score < FLOOR]


def _run(program: Path, server: Server, path: str) -> Scores:
    """Scores of one run; empty when it failed twice."""
    flags = "--headless=new --no-sandbox --disable-gpu" if os.geteuid() == 0 else "--headless=new --disable-gpu"
    command = [str(program), server.url + path, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _attempt in range(2):  # it loses its own trace now and then, and asks for another run
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180, env=environment)
        if not result.returncode:
            found = json.loads(result.stdout)["categories"]
            scores = {name: found[name]["score"] or 0.0 for name in CATEGORIES}
            _tell(path, scores)
            return scores
    print(f"audit: {path}: Lighthouse failed: {result.stderr.strip()[-200:]}", flush=True)
    return {}


def _tell(what: str, scores: Scores) -> None:
    print(f"audit: {what} " + " ".join(f"{name} {score:.2f}" for name, score in scores.items()), flush=True)
