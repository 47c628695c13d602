"""The pages that a process makes before anybody asks: the home page and what it links to. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from funkhaus.edge.asgi_types import Scope

MOST: Final = 20  # pages; with their rendering a process is busy for less than a second
_LINK: Final = re.compile(rb'<a [^>]*href="(/[^"#?&]*)"')


def list_links(body: bytes) -> list[str]:
    """Return the first addresses of our own that a page links to, each once, as they are written."""
    found = dict.fromkeys(link.decode("ascii", "replace") for link in _LINK.findall(body))
    return list(found)[:MOST]


def ask_for(host: str, address: str) -> Scope:
    """Return the request for an address as a server would hand it on, without anything of anybody."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(address),
        "raw_path": address.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", host.encode())],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
