"""The edge: an ASGI application that serves media itself and passes all other requests to Django."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware

from funkhaus.edge.asgi_types import Application, Message, Receive, Scope, Send
from funkhaus.edge.request_bodies import BodyPrefix, ClientGoneError, ReplayedBody, read_ahead, takes_large_bodies
from funkhaus.kernel.address_prefixes import SIGNED_MEDIA
from funkhaus.kernel.incoming_body import SCOPE_KEY

logger = logging.getLogger(__name__)

THREADS = 12  # requests that Django processes at once; others are queued
UPLOADS = 8  # of these, requests whose body is incomplete: slow uploads leave threads for others
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
NO_BODY = BodyPrefix((), is_whole=True)


class Edge:
    """Routes media requests to `media`, all others to Django's WSGI application in a bounded pool of threads."""

    def __init__(self, django: Any, media: Application, threads: int = THREADS) -> None:
        self._django = cast("Application", WSGIMiddleware(django, workers=threads))
        self._media = media
        self._uploads = asyncio.Semaphore(min(UPLOADS, threads))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server's start and stop."""
        if scope["type"] == "lifespan":
            await _follow_lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith(SIGNED_MEDIA):
            await self._media(scope, receive, send)
        else:
            await self._pass_on(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        beginning = NO_BODY
        if scope["method"] not in WITHOUT_BODY:
            try:
                beginning = await read_ahead(receive)
            except ClientGoneError:
                return  # the client has disconnected
        body = ReplayedBody(beginning, receive)
        request = ({**clean_scope(scope), SCOPE_KEY: body.incoming}, body, _patient(send))
        if beginning.is_whole:
            await self._django(*request)
        elif not takes_large_bodies(scope):
            await _refuse_large(send)
        else:
            async with self._uploads:
                body.incoming.note_arrival()
                with body.watched():
                    await self._django(*request)


def clean_scope(scope: Scope) -> Scope:
    """Return the scope in a form that WSGI can express without ambiguity.

    Bytes beyond ASCII in the query are escaped (RFC 3986 asks for it; some clients don't). Header names with an
    underscore are dropped: in a WSGI environment they would pass for those with a hyphen.
    """
    query = scope["query_string"]
    if not query.isascii():
        query = quote_from_bytes(query, safe="!#$%&'()*+,/:;=?@[]~").encode()
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "query_string": query, "headers": headers}


def _patient(send: Send) -> Send:
    """Return a `send` that drops the output for a client that has disconnected, so that no thread waits for it."""
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


async def _refuse_large(send: Send) -> None:
    text = b"This is too large for this address.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def _follow_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
