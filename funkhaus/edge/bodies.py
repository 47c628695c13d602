"""Request bodies on their way to Django, so that slow clients cost no thread."""

from __future__ import annotations

from dataclasses import dataclass

from funkhaus.edge.asgi_types import Message, Receive

AHEAD_BYTES = 64 * 1024  # bodies up to this size are waited for before a thread is taken
EDITING = "/redaktion/"
LOGIN = "/redaktion/login/"


class ClientGoneError(OSError):
    """The client went away before it had sent all of its request; Django makes `UnreadablePostError` of it."""


@dataclass(frozen=True)
class Beginning:
    """The messages of a body that have come, and whether they are all of it."""

    messages: tuple[Message, ...]
    is_whole: bool


def takes_large_bodies(path: str) -> bool:
    """Tell whether a request to `path` may bring more than `AHEAD_BYTES`: only the editing pages take files.

    Django parses a form before it asks whose it is; without this, anybody could fill the disk.
    """
    return path.startswith(EDITING) and not path.startswith(LOGIN)


async def read_ahead(receive: Receive) -> Beginning:
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
            return Beginning(tuple(messages), is_whole=True)
    return Beginning(tuple(messages), is_whole=False)


def replay(beginning: Beginning, receive: Receive) -> Receive:
    """A `receive` that gives what has come already, then what follows.

    It is a coroutine (the server's is only an awaitable) and never takes half a body for a whole.
    """
    left = list(beginning.messages)

    async def receive_or_raise() -> Message:
        if left:
            return left.pop(0)
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client went away")
        return message

    return receive_or_raise
