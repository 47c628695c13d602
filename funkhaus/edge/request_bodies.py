"""Buffers the beginning of request bodies for Django, so that slow clients occupy no thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from funkhaus.edge.asgi_types import Message, Receive, Scope
from funkhaus.kernel.address_prefixes import EDITING, LOGIN, UPLOADS
from funkhaus.kernel.incoming_body import IncomingBody

AHEAD_BYTES = 64 * 1024  # up to this size, a body is received before a thread is used
SILENCE_S = 60.0  # a client that sends nothing for so long counts as disconnected
LOOK_S = 5.0
UPLOAD_TYPE = b"application/offset+octet-stream"  # the tus protocol's (version 1.0.0, PATCH)


class ClientGoneError(OSError):
    """Raised when the client disconnects before its request is complete; Django turns it into `UnreadablePostError`."""


@dataclass(frozen=True)
class BodyPrefix:
    """The messages of a body received so far, and whether they are complete."""

    messages: tuple[Message, ...]
    is_whole: bool


def takes_large_bodies(scope: Scope) -> bool:
    """Return whether a request may have more than `AHEAD_BYTES`: only editing pages and upload interface take files.

    Django parses a form before it authenticates the request; without this limit, anybody could fill the disk. Bodies
    with the media type of the upload protocol are never parsed.
    """
    path = scope["path"]
    if path.startswith(UPLOADS):
        return scope["method"] in {"POST", "PATCH"} and (b"content-type", UPLOAD_TYPE) in scope["headers"]
    return path.startswith(EDITING) and not path.startswith(LOGIN)


async def read_ahead(receive: Receive) -> BodyPrefix:
    """Wait for a small body whole, or for the first part of a large one; `ClientGoneError` when the client leaves."""
    messages: list[Message] = []
    size = 0
    while size < AHEAD_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client went away")
        messages.append(message)
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return BodyPrefix(tuple(messages), is_whole=True)
    return BodyPrefix(tuple(messages), is_whole=False)


class ReplayedBody:
    """A `receive` that first returns the buffered messages, then those that follow.

    It is a coroutine (the server's is only an awaitable) and never returns an incomplete body as complete. When nothing
    arrives for `SILENCE_S`, or when somebody interrupts the wait, the client counts as disconnected.
    """

    def __init__(self, beginning: BodyPrefix, receive: Receive) -> None:
        self._left = list(beginning.messages)
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Task[Any] | None = None
        self._is_ended = False
        self.incoming = IncomingBody(self._interrupt)

    async def __call__(self) -> Message:
        """Return the next message. Raises `ClientGoneError` when there will be none."""
        if self._left:
            return self._left.pop(0)
        if self._is_ended:  # interrupted before this call
            raise ClientGoneError("the client fell silent")
        self._waiting = asyncio.current_task()
        try:
            message = await self._receive()
        except asyncio.CancelledError:
            if self._is_ended:
                raise ClientGoneError("the client fell silent") from None
            raise
        finally:
            self._waiting = None
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client went away")
        self.incoming.note_arrival()
        return message

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Check for silence of the client while the block runs."""
        watch = self._loop.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()

    async def _watch(self) -> None:
        while not self._is_ended:
            await asyncio.sleep(LOOK_S)
            # While Django writes to a busy disk, nobody receives: such a pause is not the client's.
            if self._waiting is not None and self.incoming.silent_s() > SILENCE_S:
                self._end()

    def _interrupt(self) -> None:
        self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._is_ended = True
        if self._waiting is not None:
            self._waiting.cancel()
