"""Compresses playlists and text tracks with gzip; the playlist of an hour shrinks to a sixth.

The length of the compressed text leaks no secret (BREACH): neither cookie nor signature is in a playlist or a text
track, nor anything that the request contains.
"""

from __future__ import annotations

import asyncio
import gzip
import os
from collections import OrderedDict
from dataclasses import dataclass

from funkhaus.edge.conditional_requests import Representation
from funkhaus.edge.open_files import READERS, OpenFile

LEAST_BYTES = 1024  # less fits in one packet anyway; the nginx configuration has the same limit
MOST_BYTES = 4 * 1024 * 1024  # a day's playlist has a quarter of it: larger files are sent uncompressed
KEPT_BYTES = 16 * 1024 * 1024  # compressed, of all files together
LEVEL = 6  # gzip's usual compromise between time and size


@dataclass(frozen=True)
class CompressedBody:
    """A file's compressed bytes with their own entity tag."""

    body: bytes
    representation: Representation


class GzipCache:
    """Compresses each state of a file once and keeps the most recently used; it may be used in the event loop only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], CompressedBody] = OrderedDict()
        self._size = 0

    async def pack(self, name: tuple[str, ...], file: OpenFile) -> CompressedBody | None:
        """Return the file's present content compressed; None where it is too small, too large or was truncated."""
        what = file.representation
        if not LEAST_BYTES <= what.size <= MOST_BYTES:
            return None
        key = (*name, what.etag)
        if (known := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return known
        body = await asyncio.get_running_loop().run_in_executor(READERS, _compress, file.descriptor, what.size)
        if body is None:
            return None
        packed = CompressedBody(body, Representation(len(body), f'{what.etag[:-1]}-gz"', what.modified_at))
        self._keep(key, packed)
        return packed

    def _keep(self, key: tuple[str, ...], packed: CompressedBody) -> None:
        if key in self._kept:  # two requests compressed it at the same time
            return
        self._kept[key] = packed
        self._size += len(packed.body)
        while self._size > KEPT_BYTES:
            self._size -= len(self._kept.popitem(last=False)[1].body)


def _compress(descriptor: int, size: int) -> bytes | None:
    content = os.pread(descriptor, size, 0)
    return gzip.compress(content, LEVEL, mtime=0) if len(content) == size else None
