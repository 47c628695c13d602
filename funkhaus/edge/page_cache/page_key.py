"""Tells which requests the page cache may answer, and one page from another. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote_from_bytes, urlencode

from funkhaus.edge.asgi_types import Scope
from funkhaus.kernel.address_prefixes import DOCUMENTS, EDITING, FILES, HEALTH, INTERFACES, PLAIN_MEDIA, POSTERS

# Addresses of somebody, for programs, or of files that are no pages: never kept, whatever their answers say.
OUTSIDE: Final = (
    *(EDITING, INTERFACES, PLAIN_MEDIA, DOCUMENTS, HEALTH, FILES, POSTERS),
    *("/static/", "/mein/", "/konto/", "/metrics"),
)
# The parameters that public pages read (tests/contracts keep this true). All others come from elsewhere: from
# newsletters, social networks, or from somebody who wants to reach past the cache.
PARAMETERS: Final = frozenset(
    {"ab", "beitrag", "folge", "format", "maxheight", "maxwidth", "q", "seit", "seite", "sender", "staffel", "start"}
    | {"tag", "url"}
)
LONGEST: Final = 2_000  # bytes of a query: no page of ours needs more
SAFE: Final = "!#$%&'()*+,/:;=?@[]~"  # of a query in bytes, only what is beyond ASCII is escaped (RFC 3986, 3.4)


class PageKey(NamedTuple):
    """The key of a page: host, path in its bytes and known parameters in one order."""

    host: bytes
    path: bytes
    query: bytes


def read_key(scope: Scope) -> PageKey | None:
    """Return the key of the page that a request asks for; None for what is not to be kept."""
    path: str = scope["path"]
    if scope["method"] not in {"GET", "HEAD"} or path.removeprefix("/en").startswith(OUTSIDE):
        return None
    host = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"authorization":
            return None
    query: bytes = scope["query_string"]
    if len(query) > LONGEST:
        return None
    return PageKey(host, scope.get("raw_path") or path.encode(), sort_query(query) if query else b"")


def sort_query(query: bytes) -> bytes:
    """Return a query with known parameters only, in the order of their names; of several with a name the last."""
    pairs = parse_qsl(quote_from_bytes(query, SAFE), keep_blank_values=True, encoding="utf-8", errors="replace")
    known = {name: value for name, value in pairs if name in PARAMETERS}
    return urlencode(sorted(known.items())).encode()
