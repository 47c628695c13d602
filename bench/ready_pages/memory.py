"""What a web process holds with every page of the catalogue ready and many readers connected."""

from __future__ import annotations

import http.client
import re
from contextlib import ExitStack

from bench.load import resident_mb
from bench.table import Row
from tests.server import Server, fetch

READERS = 1_000
BUDGET_MB = 200
CODINGS = ("br", "zstd", "gzip", "identity")
ADDRESS = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")
LINK = re.compile(r'href="(/[^"#]*)"')


def measure_memory(server: Server) -> list[Row]:
    """Ask for every page in every packing, then have readers with a connection each, who stay."""
    pages = list_pages(server)
    with ExitStack() as stack:
        for path in pages:
            for coding in CODINGS:
                fetch(server.url + path, headers={"Accept-Encoding": coding})
        for number in range(READERS):
            line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            stack.callback(line.close)
            line.request("GET", pages[number % len(pages)], headers={"Accept-Encoding": "br"})
            line.getresponse().read()
        web = [pid for pid, line in server.children().items() if "granian" in line]
        held = max(resident_mb(pid) for pid in web)
    note = f"{len(pages)} pages, {READERS:,} connections"
    return [Row("web process, resident, all pages ready", held, "MB", BUDGET_MB, note=note)]


def list_pages(server: Server) -> list[str]:
    """Return the paths of the site map, and of what the home page links to."""
    maps = ADDRESS.findall(fetch(f"{server.url}/sitemap.xml").text)
    found = dict.fromkeys(LINK.findall(fetch(f"{server.url}/").text))
    for path in maps:
        inner = ADDRESS.findall(fetch(server.url + path).text) if path.endswith(".xml") else []
        found |= dict.fromkeys(inner or [path])
    return [path for path in found if not path.startswith(("/static/", "/redaktion/"))]
