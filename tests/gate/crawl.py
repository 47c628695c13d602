"""Collect addresses wherever the site hands them out: pages, answers, playlists, redirects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from tests.gate.catalogue import Item
from tests.gate.people import Reply
from tests.server import Server

QUOTED = re.compile(r"""["'=]\s*((?:https?://[^"'\s<>]+)?/[^"'\s<>\\]*)""")
IN_SRCSET = re.compile(r"(/[^\s,\"']+)\s+\d+w")
IN_PLAYLIST = re.compile(r'^(?!#)(\S+)$|URI="([^"]+)"', re.MULTILINE)
READABLE = ("text/html", "application/json", "application/vnd.apple.mpegurl", "text/vtt", "application/xml", "text/xml")


@dataclass(frozen=True)
class Signed:
    """Whose a signed address is: the item, the play cookie that it is bound to (None: none), its end (Unix seconds)."""

    item: Item
    play: str | None
    ends: int


class Book:
    """Every address that was ever handed out, and of signed ones whose they are."""

    def __init__(self, server: Server, items: list[Item], routes: list[str]) -> None:
        self.server = server
        self.items = {item.asset: item for item in items}
        self.addresses: dict[str, None] = dict.fromkeys(routes)
        self.signed: dict[str, Signed] = {}
        self._files: set[tuple[str, str | None, int]] = set()

    def everything(self) -> list[str]:
        """Everything so far."""
        return [*self.addresses, *self.signed]

    def read(self, address: str, reply: Reply) -> list[str]:
        """Write down what an answer hands out, and return it."""
        found = find_addresses(self.server.url, address, reply.body, reply.kind)
        found += [urlsplit(urljoin(address, reply.location)).path] if reply.location.startswith("/") else []
        for one in found:
            if one.startswith("/m/"):
                self._note_signed(one, reply.play)
            else:
                self.addresses.setdefault(one)
        return found

    def _note_signed(self, address: str, play: str | None) -> None:
        """Each second signs anew: of the same file for the same person one address an hour is enough."""
        _, _, key, _, expiry, file = address.split("/", 5)
        whose = play if key.endswith("b") else None
        known = (file, whose, int(expiry) // 3600)
        if address not in self.signed and known not in self._files:
            self._files.add(known)
            self.signed[address] = Signed(self.items[file.partition("/")[0]], whose, int(expiry))


def find_addresses(url: str, address: str, body: bytes, kind: str) -> list[str]:
    """Every address of this server in a page, an answer or a playlist, as path and query."""
    if not kind.startswith(READABLE):
        return []
    text = body.decode("utf-8", "replace")
    if "mpegurl" in kind:
        found = ["".join(pair) for pair in IN_PLAYLIST.findall(text)]
    else:
        found = QUOTED.findall(text) + IN_SRCSET.findall(text)
    here = urlsplit(url)
    whole = (urlsplit(urljoin(url + address, unescape(one))) for one in found)
    return [
        one.path + (f"?{one.query}" if one.query else "")
        for one in whole
        if (one.hostname, one.port) == (here.hostname, here.port) and one.path.isascii()
    ]
