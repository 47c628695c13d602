"""A shared cache that knows nothing of Funkhaus, in front of it: it speeds up what is open and keeps nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from funkhaus.playback.signing import sign_folder
from tests.audit.behind_nginx import COOKIE, Case, Reply, read_ring, send
from tests.nginx import nginx_caching
from tests.server import ROOT, Server, run_command

LIFE_S = 4
AGED_S = 3600  # far older than what the edge takes for a file that may still grow
OWNER = {"Cookie": f"fh_play={COOKIE}"}


def check_behind_cache(server: Server) -> list[str]:
    """Ask through the cache as owner, stranger and latecomer; what came out of it wrongly."""
    ring = read_ring(run_command(server.data, "mediakeys").stdout)
    asset = next(path for path in sorted((server.data / "media").iterdir()) if (path / "master.m3u8").exists())
    file = next(str(path.relative_to(asset)) for path in sorted(asset.rglob("*p.mp4")))
    _age(asset / file)
    bound = sign_folder(ring, asset=asset.name, expires_at=int(time.time()) + 3600, cookie=COOKIE) + file
    with tempfile.TemporaryDirectory() as name, nginx_caching(Path(name), server.url) as url:
        findings = _check_bound(url, bound)
        end = int(time.time()) + LIFE_S  # its life begins now: the cache keeps nothing that is about to end
        findings += _check_open(url, sign_folder(ring, asset=asset.name, expires_at=end) + file, end)
        findings += _check_pages(server, url)
    return findings


def _age(file: Path) -> None:
    """Make a file older than one that may still grow, which no cache keeps: the programmes were made just now."""
    before = time.time() - AGED_S
    os.utime(file, (before, before))


def _check_bound(url: str, bound: str) -> list[str]:
    """A restricted file is its owner's alone, and a refusal is nobody's."""
    steps: tuple[tuple[str, dict[str, str], int], ...] = (
        ("stranger first", {}, 403),
        ("owner after the stranger", OWNER, 200),
        ("owner again", OWNER, 200),
        ("stranger after the owner", {}, 403),
        ("another cookie", {"Cookie": "fh_play=" + "d" * 22}, 403),
        ("stranger, part of it", {"Range": "bytes=0-9"}, 403),
    )
    findings = []
    for who, headers, status in steps:
        reply = send(url, Case(who, bound, (status,), headers))
        findings += _expect(f"restricted, {who}", reply, status)
        findings += [f"restricted, {who}: out of the cache"] if reply.headers.get("x-cache") == "HIT" else []
    return findings


def _check_open(url: str, opened: str, end: int) -> list[str]:
    """An open file comes out of the cache, and not a second longer than its path lives."""
    first, second = (send(url, Case("open", opened, (200,))) for _ in range(2))
    findings = _expect("open", first, 200) + _expect("open again", second, 200)
    findings += [] if second.headers.get("x-cache") == "HIT" else ["open: the cache did not keep it"]
    findings += [] if first.body == second.body else ["open: other bytes out of the cache"]
    time.sleep(max(0.0, end + 1.5 - time.time()))
    return findings + _expect("open, after its end", send(url, Case("open", opened, (410,))), 410)


def _check_pages(server: Server, url: str) -> list[str]:
    """What is decided, and what editors see, is never kept; a page and a poster may be."""
    ids = [row[0] for row in server.query("SELECT public_id FROM mediathek_video WHERE live = 1 LIMIT 40")]
    targets = [f"/medien/{one}/video.mp4" for one in ids] + ["/redaktion/", "/redaktion/jugendschutz/"]
    findings = []
    for target in targets:
        for _ in range(2):
            reply = send(url, Case(target, target, ()))
            findings += [f"{target}: out of the cache"] if reply.headers.get("x-cache") == "HIT" else []
    for one in ids:
        same = [
            send(url, Case("decision", f"/api/playback/{one}", (), {"Content-Length": "0"}, "POST")) for _ in (1, 2)
        ]
        kept = any(reply.headers.get("x-cache") == "HIT" for reply in same)
        findings += [f"decision {one}: out of the cache"] if kept else []
    poster = [send(url, Case("poster", f"/poster/{ids[0]}.jpg", ())) for _ in (1, 2)]
    return findings + ([] if poster[1].headers.get("x-cache") == "HIT" else ["poster: not kept"])


def _expect(what: str, reply: Reply, status: int) -> list[str]:
    return [] if reply.status == status else [f"{what}: {reply.status}, not {status}"]


def check_fronts(_server: Server) -> list[str]:
    """Run the journeys through nginx and Varnish, which have servers of their own; the names of those that fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "heavy", "tests/journeys/pages"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    failed = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed or ([] if ended.returncode == 0 else [ended.stdout[-2000:] + ended.stderr[-2000:]])
