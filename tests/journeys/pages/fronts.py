"""A real nginx and a real Varnish in front of the house, with the configurations that the repository offers."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.nginx import PLACES, PROGRAM
from tests.server import ROOT, fetch, free_port, wait_for

NGINX = """
{user}
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 512; }}
http {{
    access_log off;
    {places}
    include {folder}/http.conf;
    server {{
        listen 127.0.0.1:{port};
        include {folder}/pages.conf;
    }}
}}
"""
VARNISHD = "/usr/sbin/varnishd"  # of Debian; an ordinary user has that folder not in the path


@contextmanager
def nginx_before(folder: Path, behind: int) -> Iterator[str]:
    """Run nginx before the server on port `behind` until the block ends; gives its address."""
    folder.mkdir()
    port, offered = free_port(), ROOT / "deploy/nginx"
    text = (offered / "funkhaus-pages-http.conf").read_text()
    assert text.count("/var/cache/nginx/funkhaus") == text.count("127.0.0.1:8000") == 1
    text = text.replace("/var/cache/nginx/funkhaus", f"{folder}/cache").replace(":8000", f":{behind}")
    (folder / "http.conf").write_text(text)
    (folder / "pages.conf").write_text((offered / "funkhaus-pages.conf").read_text())
    places = " ".join(f"{name}_temp_path {folder}/{name};" for name in PLACES)
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(user=user, places=places, folder=folder, port=port))
    with _running([PROGRAM, "-p", str(folder), "-c", str(file)], folder, port) as url:
        yield url


@contextmanager
def varnish_before(folder: Path, behind: int, port: int = 0) -> Iterator[str]:
    """Run Varnish before the server on port `behind` until the block ends; gives its address."""
    folder.mkdir()
    port = port or free_port()
    text = (ROOT / "deploy/varnish/funkhaus.vcl").read_text()
    assert text.count('.port = "8000"') == 1
    file = folder / "funkhaus.vcl"
    file.write_text(text.replace('.port = "8000"', f'.port = "{behind}"'))
    # -F: in the foreground. -j none: it changes to no other user. -n: its working folder. -T: its administrators' door.
    command = [VARNISHD, "-F", "-j", "none", "-n", f"{folder}/work", "-a", f"127.0.0.1:{port}", "-T", "127.0.0.1:0"]
    command += ["-f", str(file), "-s", "malloc,64m", "-p", "http_gzip_support=off"]
    with _running(command, folder, port) as url:
        yield url


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[str]:
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:

        def answers() -> bool:
            assert process.poll() is None, (folder / "log").read_text()
            try:
                return fetch(f"{url}/health/ready", seconds=5).status in {200, 503}
            except OSError:
                return False

        try:
            wait_for(answers, command[0], 20)
            yield url
        finally:
            process.terminate()
