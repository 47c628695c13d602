"""Find every public page by following links, as a search engine would."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import html5lib

from tests.server import Server

LIMIT = 300
VIDEO = re.compile(r"/video/([^-/]+)-[^/]*/")
NOT_PAGES = ("/redaktion/", "/static/", "/files/", "/medien/", "/m/", "/poster/", "/api/")


def list_public_pages(server: Server) -> dict[str, str]:
    """Path → HTML of every page that links lead to; raise `ValueError` where a link leads nowhere."""
    found: dict[str, str] = {}
    waiting = deque(["/", "/en/"])
    broken = []
    while waiting and len(found) < LIMIT:
        path = waiting.popleft()
        if path in found:
            continue
        answer = server.get(path)
        if answer.status in {301, 302}:
            waiting.append(urlsplit(urljoin(server.url + path, answer.headers["Location"])).path)
            continue
        if answer.status != 200:
            broken.append(f"{path}: {answer.status}")
            continue
        if "text/html" not in (answer.headers["Content-Type"] or ""):
            continue
        found[path] = answer.text
        if video := VIDEO.fullmatch(path):
            waiting.append(f"/embed/{video[1]}/")  # its code stands in the page as text
        waiting.extend(link for link in list_links(server, path, answer.text) if link not in found)
    if broken:
        raise ValueError(f"links lead nowhere: {', '.join(broken)}")
    return found


def list_links(server: Server, path: str, html: str) -> list[str]:
    """Paths on this server that a page links to."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    here = urlsplit(server.url).netloc
    links = []
    for element in tree.iter("a"):
        parts = urlsplit(urljoin(server.url + path, element.get("href") or ""))
        if parts.netloc == here and not parts.path.startswith(NOT_PAGES):
            links.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return links
