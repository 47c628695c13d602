"""Asks Django for a page as nobody in particular, and judges whether its answer may be kept for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from funkhaus.edge.asgi_types import Message, Scope
from funkhaus.edge.page_cache.kept_page import Headers
from funkhaus.edge.page_cache.page_key import PageKey

# What says how the request came in; all else, cookies first, is about who sends it.
ABOUT_THE_WAY: Final = {b"host", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-for"}
KEPT_STATUSES: Final = {200, 301, 404, 410}
LARGEST: Final = 5_000_000  # bytes; the largest page of ours has a tenth of it


@dataclass(frozen=True)
class Rendering:
    """An answer of Django's, whole."""

    status: int
    headers: Headers
    body: bytes

    @property
    def may_be_kept(self) -> bool:
        """True where the answer says that it is the same for everybody."""
        values: dict[bytes, bytes] = {}
        for name, value in self.headers:
            values[name] = values[name] + b"," + value if name in values else value
        control = {one.strip().partition(b"=")[0] for one in values.get(b"cache-control", b"").lower().split(b",")}
        if b"public" not in control or control & {b"private", b"no-store", b"no-cache"}:
            return False
        varies = {one.strip() for one in values.get(b"vary", b"").lower().split(b",") if one.strip()}
        is_common = b"set-cookie" not in values and varies <= {b"accept-encoding"}
        return is_common and self.status in KEPT_STATUSES and len(self.body) <= LARGEST


def write_request(scope: Scope, key: PageKey) -> Scope:
    """Return the request for a page as somebody without cookies would send it, for an uncompressed answer."""
    headers = [(name, value) for name, value in scope["headers"] if name in ABOUT_THE_WAY]
    return {**scope, "method": "GET", "query_string": key.query, "headers": headers}


class WholeAnswer:
    """Takes the messages of one answer, and puts them together."""

    def __init__(self) -> None:
        self._start: dict[str, Any] = {}
        self._parts: list[bytes] = []

    async def take(self, message: Message) -> None:
        """Take one ASGI message, in place of `send`."""
        if message["type"] == "http.response.start":
            self._start.update(message)
        else:
            self._parts.append(message.get("body", b""))

    def read(self) -> Rendering:
        """Return what has come; raises `LookupError` where nothing has."""
        given = tuple((bytes(name).lower(), bytes(value)) for name, value in self._start["headers"])
        return Rendering(self._start["status"], given, b"".join(self._parts))
