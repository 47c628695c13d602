"""The edge: an ASGI application that serves media itself and passes all other requests to Django."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, cast
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware

from funkhaus.edge.asgi_types import Application, Message, Receive, Scope, Send
from funkhaus.edge.body_senders import Sender, SenderUnansweredError, may_take_large_bodies
from funkhaus.edge.handed_over_files import SCOPE_KEY as FILE_KEY
from funkhaus.edge.handed_over_files import HandedOverFile, offer_files
from funkhaus.edge.page_cache.cache import START_S, Keeping, PageCache
from funkhaus.edge.page_cache.page_key import SAFE
from funkhaus.edge.page_cache.rendering import Rendering, WholeAnswer
from funkhaus.edge.request_bodies import (
    AHEAD_BYTES,
    NOTHING_YET,
    PATIENCE_S,
    SMALL_BYTES,
    STRANGERS_PATIENCE_S,
    BodyPrefix,
    ClientGoneError,
    Pace,
    ReplayedBody,
    TooSlowError,
    drain,
    read_ahead,
)
from funkhaus.edge.waiting_places import LoginPlaces, NoPlaceError, UploadPlaces
from funkhaus.kernel.address_prefixes import LOGIN, SIGNED_MEDIA
from funkhaus.kernel.incoming_body import SCOPE_KEY

logger = logging.getLogger(__name__)

THREADS = 12  # requests that Django processes at once; others are queued
UPLOADS = 8  # of these, requests whose body is incomplete: slow uploads leave threads for others
DOOR = ThreadPoolExecutor(max_workers=2, thread_name_prefix="door")  # asks who sends, when all other threads are busy
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
NO_BODY = BodyPrefix((), is_whole=True)
REFUSALS = {
    400: b"This request is damaged.\n",
    408: b"This came too slowly.\n",
    413: b"This is too large for this address.\n",
    503: b"This is not possible at this moment. Try again in a few seconds.\n",
}


class Edge:
    """Routes media requests to `media`, all others to Django's WSGI application in a bounded pool of threads.

    `ask_for_sender` tells who sends a large body, or raises; it runs in a thread and may query the database. `pages`
    says how pages are kept; without it, Django makes each anew.
    """

    def __init__(
        self,
        django: Any,
        media: Application,
        ask_for_sender: Callable[[Scope], Sender | None],
        threads: int = THREADS,
        *,
        pages: Keeping | None = None,
    ) -> None:
        self._django = cast("Application", WSGIMiddleware(offer_files(django), workers=threads))
        self._media = media
        self._ask_for_sender = ask_for_sender
        self._uploads = UploadPlaces(min(UPLOADS, threads))
        self._logins = LoginPlaces()
        self._keeping = pages
        self._first_pages: asyncio.Task[None] | None = None
        self._pages = PageCache(self._render, pages) if pages else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server's start and stop."""
        if scope["type"] == "lifespan":
            await self._follow_lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith(SIGNED_MEDIA):
            await self._media(scope, receive, send)
        elif scope["method"] in WITHOUT_BODY:
            if self._pages is None or not await self._pages.answer(scope, _patient(send)):
                await self._ask_django(scope, _without_body(receive), send)
        else:
            await self._take_body(scope, receive, send)

    async def _follow_lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if self._pages is not None:
                    self._first_pages = asyncio.create_task(self._pages.make_first_pages(START_S))
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _take_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._pass_on(scope, receive, send)
        except TooSlowError:
            await _refuse(send, 408)
        except ClientGoneError:
            # The client has disconnected, or what it sent is no body, such as a chunk of a negative size: the server
            # says the same of both.
            await _refuse(_patient(send), 400)
        except NoPlaceError:
            await _refuse(send, 503)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take what a stranger may send; of more, first ask who sends it."""
        pace = Pace(STRANGERS_PATIENCE_S)
        beginning = await read_ahead(receive, pace, NOTHING_YET, SMALL_BYTES)
        if beginning.is_whole:
            async with self._find_place(scope):
                await self._ask_django(scope, ReplayedBody(beginning, receive, pace, SMALL_BYTES), send)
            return
        if not may_take_large_bodies(scope):
            await drain(receive, pace)
            await _refuse(send, 413)
            return
        try:
            sender = await asyncio.get_running_loop().run_in_executor(DOOR, self._ask_for_sender, scope)
        except SenderUnansweredError:
            logger.exception("who sends a large body is not known: the database is not available")
            await drain(receive, pace)
            await _refuse(send, 503)
            return
        if sender is None:
            await drain(receive, pace)
            body = ReplayedBody(beginning, receive, pace, SMALL_BYTES)
            body.withhold()  # Django explains it: a login that has ended, a token that is not valid
            await self._ask_django(scope, body, send)
        elif not sender.is_told_inside and _read_length(scope) > sender.largest_bytes:
            await drain(receive, pace)
            await _refuse(send, 413)
        else:
            await self._take_large(scope, receive, send, beginning, sender)

    async def _take_large(
        self, scope: Scope, receive: Receive, send: Send, beginning: BodyPrefix, sender: Sender
    ) -> None:
        pace = Pace(PATIENCE_S)
        beginning = await read_ahead(receive, pace, beginning, AHEAD_BYTES)
        body = ReplayedBody(beginning, receive, pace, sender.largest_bytes)
        if beginning.is_whole:
            await self._ask_django(scope, body, send)
        else:
            async with self._uploads.take(sender.account_id):
                body.incoming.note_arrival()
                await self._ask_django(scope, body, send)

    def _find_place(self, scope: Scope) -> AbstractAsyncContextManager[None]:
        return self._logins.take() if scope["path"] == LOGIN else nullcontext()

    async def _render(self, scope: Scope) -> Rendering:
        """Ask Django for a page that is to be kept; `scope` is the request as the page cache has written it."""
        answer = WholeAnswer()
        await self._ask_django(scope, _without_body(_nothing), answer.take)
        return answer.read()

    async def _ask_django(self, scope: Scope, body: ReplayedBody, send: Send) -> None:
        file = HandedOverFile()
        if self._keeping is not None and scope["method"] not in WITHOUT_BODY:
            send = self._hear_first(send)
        request = {**clean_scope(scope), SCOPE_KEY: body.incoming, FILE_KEY: file}
        try:
            await self._django(request, body, file.following(_patient(send)))
        finally:
            file.close()

    def _hear_first(self, send: Send) -> Send:
        """Return a `send` that begins once this process knows what the request has changed: editors see it at once."""
        content = self._keeping.state if self._keeping else None

        async def send_after(message: Message) -> None:
            if message["type"] == "http.response.start" and content is not None:
                await asyncio.get_running_loop().run_in_executor(DOOR, content.look_apart)
            await send(message)

        return send_after


def _read_length(scope: Scope) -> int:
    """Return the declared length of the body in bytes; 0 for one without, which is counted as it comes."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else 0


def clean_scope(scope: Scope) -> Scope:
    """Return the scope in a form that WSGI can express without ambiguity.

    Bytes beyond ASCII in the query are escaped (RFC 3986 asks for it; some clients don't). Header names with an
    underscore are dropped: in a WSGI environment they would pass for those with a hyphen.
    """
    query = scope["query_string"]
    if not query.isascii():
        query = quote_from_bytes(query, SAFE).encode()
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


async def _refuse(send: Send, status: int) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSALS[status]})


def _without_body(receive: Receive) -> ReplayedBody:
    return ReplayedBody(NO_BODY, receive, Pace(STRANGERS_PATIENCE_S), 0)


async def _nothing() -> Message:
    """Wait, as for a client that stays and sends nothing more."""
    return await asyncio.Event().wait()  # type: ignore[return-value]  # it never comes
