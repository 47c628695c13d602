"""Strict parsing of the headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload). Pure.

Each function takes a header's value (None: not sent) and raises `ProtocolError` for an invalid one.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

VERSION: Final = "1.0.0"  # of the protocol, the value of `Tus-Resumable`
EXTENSIONS: Final = (
    "creation",
    "creation-with-upload",
    "creation-defer-length",
    "expiration",
    "checksum",
    "termination",
    "concatenation",
)
CONTENT_TYPE: Final = "application/offset+octet-stream"
ALGORITHMS: Final = {"sha1": 20, "sha256": 32, "md5": 16}  # name → length of the digest in bytes
CHECKSUM_MISMATCH: Final = 460  # the protocol's own status
METADATA_LIMIT: Final = 8_000  # characters of the header: about the limit that servers and proxies have for one
PARTS_LIMIT: Final = 100  # clients send parts over parallel connections, of which browsers open six
LARGEST: Final = 2**63 - 1  # bytes: the largest value of the database's column
KEY: Final = r"[a-z2-9]{26}"  # the format of `new_asset_key`

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_PAIR = re.compile(r"([!-+\--~]+)(?: ([A-Za-z0-9+/]*={0,2}))?", re.ASCII)
_PART = re.compile(rf"(?:https?://[^/\s]+)?(?:/[^\s]*)?/({KEY})/?", re.ASCII)


class ProtocolError(Exception):
    """A request that violates the protocol; `status` is the HTTP status of the answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Checksum:
    """The expected digest of the bytes of one request."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True)
class Creation:
    """The headers of a request that creates an upload. `length`: in bytes, None when it follows later.

    `parts` are the keys of the uploads that a final one is concatenated from; empty for every other.
    """

    length: int | None
    metadata: Mapping[str, str]
    is_partial: bool = False
    parts: Sequence[str] = ()

    @property
    def is_final(self) -> bool:
        """Return True if the upload is concatenated from others."""
        return bool(self.parts)


def parse_creation(headers: Mapping[str, str]) -> Creation:
    """Parse the headers of a request that creates an upload."""
    is_partial, parts = parse_concat(headers.get("Upload-Concat"))
    metadata = parse_metadata(headers.get("Upload-Metadata"))
    length = parse_length(headers.get("Upload-Length"))
    is_deferred = parse_defer(headers.get("Upload-Defer-Length"))
    if parts:
        if length is not None or is_deferred:
            raise ProtocolError("a final upload has the length of its parts: no Upload-Length")
        return Creation(None, metadata, parts=parts)
    if (length is None) != is_deferred:
        raise ProtocolError("exactly one of Upload-Length and Upload-Defer-Length is needed")
    return Creation(length, metadata, is_partial=is_partial)


def parse_length(text: str | None) -> int | None:
    """Parse `Upload-Length`, in bytes."""
    return None if text is None else _number("Upload-Length", text)


def parse_offset(text: str | None) -> int:
    """Parse `Upload-Offset`, in bytes."""
    if text is None:
        raise ProtocolError("Upload-Offset is missing")
    return _number("Upload-Offset", text)


def parse_defer(text: str | None) -> bool:
    """Parse `Upload-Defer-Length`, whose only value is 1."""
    if text not in {None, "1"}:
        raise ProtocolError("Upload-Defer-Length is 1 or not there")
    return text == "1"


def parse_metadata(text: str | None) -> dict[str, str]:
    """Parse `Upload-Metadata`: comma-separated pairs of a name and a base64 value; values must be UTF-8 text."""
    if text is None or not text.strip():
        return {}
    if len(text) > METADATA_LIMIT:
        raise ProtocolError("Upload-Metadata is too long", 431)
    found: dict[str, str] = {}
    for pair in text.split(","):
        match = _PAIR.fullmatch(pair.strip(" "))
        if match is None:
            raise ProtocolError("Upload-Metadata is not a list of names with base64 values")
        name = match[1]
        if name in found:
            raise ProtocolError(f"Upload-Metadata names {name} twice")
        found[name] = _text(name, match[2] or "")
    return found


def parse_checksum(text: str | None) -> Checksum | None:
    """Parse `Upload-Checksum`: an algorithm and a base64 digest."""
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ProtocolError(f"Upload-Checksum knows {', '.join(ALGORITHMS)}")
    digest = _decode("Upload-Checksum", encoded)
    if len(digest) != ALGORITHMS[algorithm]:
        raise ProtocolError("Upload-Checksum has not the length of its algorithm")
    return Checksum(algorithm, digest)


def parse_concat(text: str | None) -> tuple[bool, tuple[str, ...]]:
    """Parse `Upload-Concat`; return whether the upload is partial, and the keys of the parts of a final one."""
    if text is None:
        return False, ()
    if text == "partial":
        return True, ()
    word, _, addresses = text.partition(";")
    if word != "final":
        raise ProtocolError("Upload-Concat is “partial”, or “final;” with the addresses of the parts")
    matches = [_PART.fullmatch(address) for address in addresses.split()]
    keys = tuple(match[1] for match in matches if match is not None)
    if not keys or len(keys) != len(matches) or len(set(keys)) != len(keys) or len(keys) > PARTS_LIMIT:
        raise ProtocolError("Upload-Concat does not name the parts, each once")
    return False, keys


def _number(name: str, text: str) -> int:
    if _NUMBER.fullmatch(text) is None or int(text) > LARGEST:
        raise ProtocolError(f"{name} is not a whole number of bytes")
    return int(text)


def _decode(name: str, encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ProtocolError(f"{name} is not base64") from error


def _text(name: str, encoded: str) -> str:
    try:
        text = _decode(f"the value of {name}", encoded).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"the value of {name} is not UTF-8") from error
    if "\0" in text:
        raise ProtocolError(f"the value of {name} has a character that no text has")
    return text
