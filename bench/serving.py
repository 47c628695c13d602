"""What the served portal costs on the wire: weights, media bytes, nginx beside it, memory."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import cpu_seconds, pull, resident_mb
from bench.table import Row
from tests.server import Server, fetch, free_port, wait_for

PACKED = {"Accept-Encoding": "br, gzip"}
STYLE = re.compile(r'<link[^>]+rel="stylesheet"[^>]*>')
SCRIPT = re.compile(r'<script[^>]+src="([^"]+)"')
HREF = re.compile(r'href="([^"]+)"')
IMPORT = re.compile(r"""(?:^|[;\s])import\s*(?:[\w{}\s,*]+from\s*)?["'](\.[^"']+)["']""")
BIG_BYTES, BIG_NAME = 48_000_000, "video.mp4"


def weigh_page(server: Server, path: str, name: str, budget: int | None, script_budget: int | None) -> list[Row]:
    """Bytes of a page with its style sheets and scripts, as a browser gets them."""
    html = fetch(server.url + path).text
    document = len(fetch(server.url + path, headers=PACKED).body)
    styles = [HREF.search(tag) for tag in STYLE.findall(html)]
    style = sum(weigh(server, one[1]) for one in styles if one)
    scripts = set(SCRIPT.findall(html))
    script = sum(weigh(server, one) for one in scripts | find_imports(server, scripts))
    return [
        Row(f"{name}: HTML + CSS, compressed", document + style, "B", budget, note=f"{document} + {style}"),
        Row(f"{name}: script before play, compressed", script, "B", script_budget),
    ]


def weigh(server: Server, address: str) -> int:
    """Bytes of one file on the wire."""
    return len(fetch(server.url + address, headers=PACKED).body)


def find_imports(server: Server, scripts: set[str]) -> set[str]:
    """Static imports of the scripts, one step deep or more."""
    found: set[str] = set()
    fresh = set(scripts)
    while fresh:
        address = fresh.pop()
        for name in IMPORT.findall(fetch(server.url + address).text):
            full = str((Path(address).parent / name).as_posix())
            parts: list[str] = []
            for part in full.split("/"):
                parts = parts[:-1] if part == ".." else parts if part == "." else [*parts, part]
            if "/".join(parts) not in found | scripts:
                found.add("/".join(parts))
                fresh.add("/".join(parts))
    return found


def measure_media(server: Server, signed_folder: str, asset_folder: Path) -> list[Row]:
    """Media bytes through our own server, and the memory that this takes."""
    big = asset_folder / BIG_NAME
    big.write_bytes(bytes(range(256)) * (BIG_BYTES // 256))
    web = [pid for pid, line in server.children().items() if "granian" in line]
    before = cpu_seconds(web)
    load = pull(server.port, signed_folder + BIG_NAME, seconds=5, ahead=1)
    spent = cpu_seconds(web) - before
    wire = load.body_bytes * 8 / load.seconds / 1e9
    core = load.body_bytes * 8 / max(spent, 0.01) / 1e9
    return [
        Row(
            "media bytes per core of our server", core, "Gb/s", 2.0, is_floor=True, note=f"{wire:.1f} Gb/s on the wire"
        ),
        Row("web process, resident after load", max(resident_mb(pid) for pid in web), "MB", 200),
    ]


def measure_against_nginx(server: Server, path: str, signed_folder: str, asset_folder: Path) -> list[Row]:
    """Requests per second of a small media file, as a share of what nginx does with a file of its size in this run."""
    if shutil.which("nginx") is None:
        return [Row("static file against nginx", None, "×", note="nginx is not installed")]
    body = fetch(server.url + path).body
    with tempfile.TemporaryDirectory() as folder, serve_with_nginx(Path(folder), body) as port:
        nginx = pull(port, "/page.html", seconds=3, ahead=1)
        (asset_folder / "small.m4s").write_bytes(body)
        media = pull(server.port, signed_folder + "small.m4s", seconds=3, ahead=1)
    rate = nginx.answers / nginx.seconds
    share = media.answers / media.seconds / rate
    return [Row("signed media file of page size against nginx", share, "×", note=f"nginx {rate:,.0f}/s")]


@contextmanager
def serve_with_nginx(folder: Path, body: bytes) -> Iterator[int]:
    """nginx, one worker, serving one static page on a free port."""
    port = free_port()
    (folder / "html").mkdir()
    (folder / "html/page.html").write_bytes(body)
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log off; sendfile off; tcp_nodelay on; keepalive_requests 1000000;\n"
        "types { text/html html; }\n"
        f"client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;\n"
        f"uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/html; }} }}\n"
    )
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: _answers(port), "nginx", 10)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _answers(port: int) -> bool:
    try:
        return fetch(f"http://127.0.0.1:{port}/page.html", seconds=2).status == 200
    except OSError:
        time.sleep(0.1)
        return False
