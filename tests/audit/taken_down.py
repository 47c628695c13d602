"""A take-down ends what was granted within seconds, on our own server and on nginx; running answers too."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from funkhaus.ingest.package.taken_down_marks import clear_taken_down, mark_taken_down
from funkhaus.playback.signing import sign_folder
from tests.audit.behind_nginx import read_ring
from tests.nginx import nginx_serving
from tests.server import Server, fetch, run_command

LATEST_S = 5.0
LARGE = 256 << 20  # bytes: far more than the buffers of a line hold
FILE = "audit-large.mp4"


def check_taken_down(server: Server) -> list[str]:
    """Take one asset down while a slow client is being sent a large file of it; then release it."""
    keys = run_command(server.data, "mediakeys").stdout
    media = server.data / "media"
    asset = next(path for path in sorted(media.iterdir()) if (path / "master.m3u8").exists())
    with (asset / FILE).open("wb") as file:
        file.truncate(LARGE)
    folder = sign_folder(read_ring(keys), asset=asset.name, expires_at=int(time.time()) + 3600)
    findings = []
    try:
        with tempfile.TemporaryDirectory() as name, nginx_serving(Path(name), media, keys, server.url) as url:
            findings += _check(server.url, media, asset.name, folder, None)
            findings += _check(url, media, asset.name, folder, Path(name) / "pid")
    finally:
        (asset / FILE).unlink()
    return findings


def _check(url: str, media: Path, key: str, folder: str, pid: Path | None) -> list[str]:
    """One server; `pid`: it is told to end running answers as the unit beside nginx tells it."""
    who = "nginx" if pid else "Funkhaus"
    findings = []
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=20) as line:
        line.sendall(f"GET {folder}{FILE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        line.recv(1 << 16)
        mark_taken_down(media, key)
        began = time.monotonic()
        if pid:
            os.kill(int(pid.read_text()), signal.SIGHUP)
        status = fetch(f"{url}{folder}master.m3u8").status
        findings += [] if status == 410 else [f"{who}: {status} after a take-down"]
        deadline, got = began + LATEST_S, 0
        time.sleep(max(0.0, deadline - time.monotonic()))  # the client is slow: it takes nothing for so long
        while piece := _receive(line):
            got += len(piece)
    clear_taken_down(media, key)
    print(f"audit: {who}: {got / 1e6:.1f} MB of {LARGE / 1e6:.0f} lay in the line's buffers when it was cut")
    findings += [] if got < LARGE / 4 else [f"{who}: {got} bytes came after a take-down"]
    status = fetch(f"{url}{folder}master.m3u8").status
    return findings + ([] if status == 200 else [f"{who}: {status} after the release"])


def _receive(line: socket.socket) -> bytes:
    try:
        return line.recv(1 << 20)
    except OSError:  # reset, or kept open with nothing more to say
        return b""
