"""What one request costs inside the house: queries and CPU. Runs in a process of its own, prints JSON.

Pages are asked through Django's whole middleware without the edge in front; CPU is that of this process.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS, WARM_UP = 40, 5


def main() -> None:
    """Measure the addresses given as JSON in the first argument: name → [method, path]."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    client = Client()
    found = {}
    for name, (method, path) in json.loads(sys.argv[1]).items():
        found[name] = _measure(_asker(client, method, path))
    found["signature"] = _measure_signature()
    print(json.dumps(found))


def _asker(client: Any, method: str, path: str) -> Callable[[], Any]:
    if method == "POST":
        return lambda: client.post(
            path, b"", content_type="application/json", headers={"Sec-Fetch-Site": "same-origin"}
        )
    return lambda: client.get(path, headers={"Accept-Encoding": "gzip"})  # as every browser: packing counts too


def _measure(ask: Callable[[], Any]) -> dict[str, float]:
    from django.db import connection

    for _round in range(WARM_UP):
        answer = ask()
    asked: list[str] = []

    def note(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    costs = []
    for _round in range(ROUNDS):
        before = time.process_time()
        ask()
        costs.append((time.process_time() - before) * 1000)
    return {
        "status": float(answer.status_code),
        "queries": float(len(asked)),
        "cpu_ms": statistics.median(costs),
    }


def _measure_signature() -> dict[str, float]:
    from funkhaus.edge.media_paths import parse_media_path
    from funkhaus.playback.signing import Check, check_path, make_key_ring, sign_folder

    ring = make_key_ring("bench")
    now = time.time()
    address = sign_folder(ring, asset="a" * 26, expires_at=int(now) + 999) + "video.mp4"
    path = parse_media_path(address.encode())
    if path is None:
        raise RuntimeError("the path that was signed cannot be read")
    rounds = 20_000
    before = time.process_time()
    for _round in range(rounds):
        valid = check_path(ring, path.signed, cookie=None, now=now) is Check.VALID
    spent = time.process_time() - before
    if not valid:
        raise RuntimeError("the path that was signed is not believed")
    return {"us": spent / rounds * 1e6}


main()
