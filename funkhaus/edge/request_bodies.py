"""Request bodies: their beginning is buffered for Django, their pace and size are bounded for everybody."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from funkhaus.edge.asgi_types import Message, Receive
from funkhaus.kernel.incoming_body import IncomingBody

SMALL_BYTES = 16 * 1024  # what a stranger may send: a login, a code, a public form
AHEAD_BYTES = 64 * 1024  # up to this size, a body of a known sender is received before a thread is used
DRAIN_BYTES = 8 * 1024 * 1024  # of a body that is not taken, so that a browser shows the answer instead of an error
DRAIN_S = 20.0
STRANGERS_PATIENCE_S = 20.0
PATIENCE_S = 60.0  # a known sender that sends nothing for so long counts as disconnected
LEAST_BYTES_PER_S = 1024  # slower than any line that a page could be used over


class ClientGoneError(OSError):
    """Raised when a body ends before it is complete; Django turns it into `UnreadablePostError`."""


class TooSlowError(ClientGoneError):
    """Raised when a client sends more slowly than the least speed."""


class Pace:
    """Measures the least speed: a client has some seconds, which waiting for it uses up and its bytes give back.

    So a break is forgiven and dripping is not: a body may keep us waiting for the patience and a second more for each
    `LEAST_BYTES_PER_S` of its bytes.
    """

    def __init__(self, patience_s: float) -> None:
        self._most_s = patience_s
        self._left_s = patience_s

    async def receive(self, receive: Receive) -> Message:
        """Return the next message. Raises `TooSlowError`, and `ClientGoneError` when the client disconnects."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left_s):
                message = await receive()
        except TimeoutError as error:
            raise TooSlowError("the client fell silent, or sends too slowly") from error
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client went away")
        waited_s, gained_s = time.monotonic() - began, len(message.get("body", b"")) / LEAST_BYTES_PER_S
        self._left_s = min(self._most_s, self._left_s - waited_s + gained_s)
        return message


@dataclass(frozen=True)
class BodyPrefix:
    """The messages of a body received so far, and whether they are complete."""

    messages: tuple[Message, ...]
    is_whole: bool

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return sum(len(message.get("body", b"")) for message in self.messages)


NOTHING_YET = BodyPrefix((), is_whole=False)


async def read_ahead(receive: Receive, pace: Pace, known: BodyPrefix, enough_bytes: int) -> BodyPrefix:
    """Wait for a small body whole, or for the first part of a large one, after what is `known` of it already.

    Raises `ClientGoneError`.
    """
    messages = list(known.messages)
    size = known.size
    while size < enough_bytes:
        message = await pace.receive(receive)
        messages.append(message)
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return BodyPrefix(tuple(messages), is_whole=True)
    return BodyPrefix(tuple(messages), is_whole=False)


async def drain(receive: Receive, pace: Pace) -> None:
    """Receive and discard the rest of a body that is not taken, at most `DRAIN_BYTES` of it and for `DRAIN_S`."""
    size = 0
    try:
        async with asyncio.timeout(DRAIN_S):
            while size < DRAIN_BYTES:
                message = await pace.receive(receive)
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except (ClientGoneError, TimeoutError):
        return


class ReplayedBody:
    """A `receive` that first returns the buffered messages, then those that follow.

    It is a coroutine (the server's is only an awaitable) and never returns an incomplete body as complete. A client
    that is slower than its pace, or sends more than `largest_bytes`, counts as disconnected; so does one whose wait
    somebody interrupts.
    """

    def __init__(self, beginning: BodyPrefix, receive: Receive, pace: Pace, largest_bytes: int) -> None:
        self._left = list(beginning.messages)
        self._size = beginning.size
        self._receive = receive
        self._pace = pace
        self._largest_bytes = largest_bytes
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
        message = await self._wait()
        self._size += len(message.get("body", b""))
        if self._size > self._largest_bytes:
            self._is_ended = True
            raise ClientGoneError("the body is too large")
        self.incoming.note_arrival()
        return message

    async def _wait(self) -> Message:
        self._waiting = asyncio.current_task()
        try:
            return await self._pace.receive(self._receive)
        except asyncio.CancelledError:
            if self._is_ended:
                raise ClientGoneError("the client fell silent") from None
            raise
        except TooSlowError:
            self._is_ended = True
            raise
        finally:
            self._waiting = None

    def withhold(self) -> None:
        """Let nobody read the body: its sender is not known."""
        self._left.clear()
        self._is_ended = True

    def _interrupt(self) -> None:
        self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._is_ended = True
        if self._waiting is not None:
            self._waiting.cancel()
