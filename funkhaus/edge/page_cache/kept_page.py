"""A kept page: an answer of Django's with its body in each coding that somebody has asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Final

from funkhaus.edge.asgi_types import Scope
from funkhaus.edge.page_cache.codings import IDENTITY, choose_coding, pack

Headers = tuple[tuple[bytes, bytes], ...]
# What belongs to one connection or one body, and is written anew for each answer.
OWN: Final = {b"content-length", b"content-encoding", b"transfer-encoding", b"connection", b"date", b"etag", b"vary"}
OF_UNCHANGED: Final = {b"cache-control", b"content-location", b"expires", b"last-modified", b"link"}  # RFC 9110, 15.4.5
LEAST_BYTES: Final = 500  # less fits in one packet anyway


@dataclass
class KeptPage:
    """An answer for everybody. `version` and `until` (Unix time): the content's and the moment up to which it holds.

    `renew_at`: after that it still holds, and is made anew beside. `way`: the request that it was made for, without
    anything of who sent it.
    """

    status: int
    headers: Headers
    body: bytes
    version: int
    until: float
    renew_at: float
    made_at: float
    way: Scope
    _answers: dict[bytes, tuple[dict[str, Any], bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.etag = b'W/"' + blake2b(self.body, digest_size=12).hexdigest().encode() + b'"'
        shared = [(name, value) for name, value in self.headers if name not in OWN]
        self._headers = [*shared, (b"vary", b"Accept-Encoding"), (b"etag", self.etag)]
        small = [(name, value) for name, value in self._headers if name in OF_UNCHANGED or name in {b"vary", b"etag"}]
        self._unchanged = {"type": "http.response.start", "status": 304, "headers": small}

    def mark_as_old(self) -> KeptPage:
        """Return the page as it is sent where the new one can't be made: marked (RFC 5861, RFC 9111, 5.5)."""
        return replace(self, headers=(*self.headers, (b"warning", b'111 - "Revalidation Failed"')), _answers={})

    @property
    def size(self) -> int:
        """The bytes that it takes, all codings together."""
        return len(self.body) + sum(len(body) for _start, body in self._answers.values()) + 2_000  # headers, objects

    def answer(self, accepted: bytes, known: bytes) -> tuple[dict[str, Any], bytes]:
        """Return the start of the ASGI answer and its body, for the values of `Accept-Encoding` and `If-None-Match`."""
        if known and self.status == 200 and self._is_known(known):
            return self._unchanged, b""
        coding = choose_coding(accepted) if len(self.body) >= LEAST_BYTES else IDENTITY
        made = self._answers.get(coding)
        if made is None:
            made = self._answers[coding] = self._make(coding)
        return made

    def _make(self, coding: bytes) -> tuple[dict[str, Any], bytes]:
        body = pack(self.body, coding)
        headers = [*self._headers, (b"content-length", str(len(body)).encode())]
        if coding != IDENTITY:
            headers.append((b"content-encoding", coding))
        return {"type": "http.response.start", "status": self.status, "headers": headers}, body

    def _is_known(self, known: bytes) -> bool:
        """Tell whether an `If-None-Match` names this page; it compares weakly (RFC 9110, section 13.1.2)."""
        if known.strip() == b"*":
            return True
        opaque = self.etag.removeprefix(b"W/")
        return any(one.strip().removeprefix(b"W/") == opaque for one in known.split(b","))
