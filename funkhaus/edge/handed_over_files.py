"""Files that Django answers with are sent by the edge itself: a client that reads slowly, or never, keeps no thread.

`wsgi.file_wrapper` of PEP 3333 is made for this: Django calls it with the open file of a `FileResponse`. What is no
plain file, such as a part of one, is sent by the thread as before.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from funkhaus.edge.asgi_types import Message, Send
from funkhaus.edge.conditional_requests import Representation
from funkhaus.edge.open_files import OpenFile, read_pieces

SCOPE_KEY = "funkhaus.file"  # the key of the ASGI scope under which an answer's place for a file is
CHUNK = 64 * 1024


class HandedOverFile:
    """The place for the file of one answer."""

    def __init__(self) -> None:
        self._file: OpenFile | None = None
        self._first = 0

    def take(self, stream: BinaryIO, block_size: int = CHUNK) -> Content:
        """Take a plain file over from Django; return what is left for its thread to send (PEP 3333)."""
        try:
            status = os.fstat(stream.fileno())
            self._first = stream.tell()
        except (AttributeError, OSError, ValueError):
            return Content(stream, block_size)
        if not stat.S_ISREG(status.st_mode):
            return Content(stream, block_size)
        representation = Representation(status.st_size, "", int(status.st_mtime))
        self._file = OpenFile(os.dup(stream.fileno()), representation)
        return Content(stream, 0)

    def following(self, send: Send) -> Send:
        """Return a `send` that sends the file where the body of the answer would end."""

        async def send_with_file(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self._send(send)
            await send(message)

        return send_with_file

    async def _send(self, send: Send) -> None:
        if self._file is None:
            return
        length = self._file.representation.size - self._first
        async for piece in read_pieces(self._file, self._first, length):
            await send({"type": "http.response.body", "body": piece, "more_body": True})

    def close(self) -> None:
        """Close the file, sent or not."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Content:
    """The part of a file that a thread sends: blocks of `block_size` bytes; 0: nothing, since the edge took it over."""

    def __init__(self, stream: BinaryIO, block_size: int) -> None:
        self._stream = stream
        self._block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        while self._block_size and (block := self._stream.read(self._block_size)):
            yield block

    def close(self) -> None:
        """Close Django's file, and with it the response."""
        self._stream.close()


def offer_files(django: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return Django's WSGI application with `wsgi.file_wrapper`, which for HEAD reads nothing."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "HEAD":
            environ["wsgi.file_wrapper"] = lambda stream, _size=0: Content(stream, 0)  # else it would be read whole
        elif SCOPE_KEY in environ["asgi.scope"]:
            environ["wsgi.file_wrapper"] = environ["asgi.scope"][SCOPE_KEY].take
        return django(environ, start_response)

    return application
