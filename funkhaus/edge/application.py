"""The edge: what stands before Django in the same process and passes on what it does not know."""

from __future__ import annotations

import logging
from typing import Any, cast
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware

from funkhaus.edge.asgi_types import Application, Message, Receive, Scope, Send
from funkhaus.playback.signing import PREFIX

logger = logging.getLogger(__name__)

THREADS = 12  # requests that Django works on at once; more wait their turn


class ClientGoneError(OSError):
    """The client went away before it had sent all of its request; Django makes `UnreadablePostError` of it."""


class Edge:
    """Media bytes to `media`, everything else to Django's WSGI application in a bounded pool of threads."""

    def __init__(self, django: Any, media: Application, threads: int = THREADS) -> None:
        self._django = cast("Application", WSGIMiddleware(django, workers=threads))
        self._media = media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server's start and stop."""
        if scope["type"] == "lifespan":
            await _follow_lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith(PREFIX):
            await self._media(scope, receive, send)
        else:
            await self._django(clean_scope(scope), _whole_requests(receive), _patient(send))


def clean_scope(scope: Scope) -> Scope:
    """Make a scope that WSGI can express without doubt.

    Bytes beyond ASCII in the query are escaped (RFC 3986 asks for it; some clients don't). Header names with an
    underscore are dropped: in a WSGI environment they would pass for those with a hyphen.
    """
    query = scope["query_string"]
    if not query.isascii():
        query = quote_from_bytes(query, safe="!#$%&'()*+,/:;=?@[]~").encode()
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "query_string": query, "headers": headers}


def _whole_requests(receive: Receive) -> Receive:
    """A `receive` that is a coroutine (the server's is only an awaitable) and never takes half a body for a whole."""

    async def receive_or_raise() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the client went away")
        return message

    return receive_or_raise


def _patient(send: Send) -> Send:
    """A `send` that drops what a client that has gone no longer takes, so that no thread waits for it for ever."""
    is_gone = False

    async def send_or_drop(message: Message) -> None:
        nonlocal is_gone
        if is_gone:
            return
        try:
            await send(message)
        except (OSError, RuntimeError) as error:
            is_gone = True
            logger.debug("client gone while answering: %s", error)

    return send_or_drop


async def _follow_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
