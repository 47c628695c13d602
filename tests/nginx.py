"""A real nginx with the configuration that the repository offers, in front of a data folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.server import ROOT, fetch, free_port, wait_for

OFFERED = ROOT / "deploy/nginx"
MODULES = Path("/usr/lib/nginx/modules")
PROGRAM = "/usr/sbin/nginx"  # of Debian, whose modules fit it; an ordinary user has that folder not in the path
NEEDED = ("ndk_http_module.so", "ngx_http_set_misc_module.so")
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
LINES = """
{user}
{modules}
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_shutdown_timeout 1s;
events {{ worker_connections 512; }}
http {{
    access_log off; tcp_nodelay on; sendfile off; keepalive_requests 1000000;
    {places}
    include {folder}/http.conf;
    server {{
        listen 127.0.0.1:{port};
        include {folder}/media.conf;
        location / {{ proxy_pass {behind}; proxy_set_header Host $http_host; }}
        location /open/ {{ alias {media}/; }}
    }}
}}
"""
CACHE = """
{user}
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 512; }}
http {{
    access_log off;
    {places}
    proxy_cache_path {folder}/cache keys_zone=shared:1m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {behind}; proxy_set_header Host $http_host; proxy_cache shared;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


def write_configuration(folder: Path, media: Path, keys: str, behind: str, port: int) -> Path:
    """The offered files with this machine's places, and the least that nginx needs around them."""
    (folder / "keys.conf").write_text(keys)
    http = (OFFERED / "funkhaus-http.conf").read_text().replace("/etc/nginx/funkhaus-keys.conf", f"{folder}/keys.conf")
    (folder / "http.conf").write_text(http)
    text = (OFFERED / "funkhaus-media.conf").read_text()
    assert text.count("/srv/funkhaus/media") == 1
    (folder / "media.conf").write_text(text.replace("/srv/funkhaus/media", str(media)))
    file = folder / "nginx.conf"
    file.write_text(
        LINES.format(
            user="user root;" if os.geteuid() == 0 else "",
            modules=" ".join(f"load_module {MODULES / name};" for name in NEEDED),
            places=" ".join(f"{name}_temp_path {folder}/{name};" for name in PLACES),
            folder=folder,
            media=media,
            behind=behind,
            port=port,
        )
    )
    return file


@contextmanager
def nginx_serving(
    folder: Path, media: Path, keys: str, behind: str, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run it until the block ends; gives its address. `behind`: the server that gets everything but media."""
    port = free_port()
    with _running(write_configuration(folder, media, keys, behind, port), port, environment) as url:
        yield url


@contextmanager
def nginx_caching(folder: Path, behind: str) -> Iterator[str]:
    """An nginx that knows nothing of Funkhaus: it keeps for everybody what the answers allow; `X-Cache` tells."""
    port = free_port()
    file = folder / "nginx.conf"
    places = " ".join(f"{name}_temp_path {folder}/{name};" for name in PLACES)
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(CACHE.format(user=user, places=places, folder=folder, behind=behind, port=port))
    with _running(file, port, None) as url:
        yield url


@contextmanager
def _running(file: Path, port: int, environment: Mapping[str, str] | None) -> Iterator[str]:
    folder = file.parent
    process = subprocess.Popen([PROGRAM, "-p", str(folder), "-c", str(file)], env={**os.environ, **(environment or {})})
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None, (folder / "error.log").read_text()
        try:
            return fetch(f"{url}/m/", seconds=2).status == 404
        except OSError:
            return False

    try:
        wait_for(answers, "nginx", 10)
        yield url
    finally:
        process.terminate()
        process.wait(10)
