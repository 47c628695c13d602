"""The page cache: finds kept pages, makes each missing one once, whoever waits for it, and renews those in use."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from funkhaus.edge.asgi_types import Scope, Send
from funkhaus.edge.page_cache.content_state import ContentState
from funkhaus.edge.page_cache.first_pages import ask_for, list_links
from funkhaus.edge.page_cache.front_caches import KEY, FrontCaches
from funkhaus.edge.page_cache.kept_page import KeptPage
from funkhaus.edge.page_cache.page_key import PageKey, read_key
from funkhaus.edge.page_cache.rendering import Rendering, write_request
from funkhaus.edge.page_cache.store import PageStore

logger = logging.getLogger(__name__)
RENEW_S: Final = 60  # labels such as «today at noon» and rolling lists: a page in use is made anew beside
FAILED_S: Final = 60  # how old a page may be that is sent because the new one can't be made
MISSING: Final = 300  # pages that are not there, and marks of what is not to be kept: a store of their own
WARM: Final = 20  # pages that are made anew after a change before somebody asks
START_S: Final = 5.0  # after the start, whoever waits already goes first
UNKNOWN_S: Final = 0.1  # between two looks whether the content is known
OTHERS_S: Final = 10  # how long an address is known as one whose answers are not to be kept

Render = Callable[[Scope], Awaitable[Rendering]]


@dataclass(frozen=True)
class Keeping:
    """Says how pages are kept: while `state` says that they hold, in `most_bytes` of memory.

    `host`: the public one, whose first pages are made at the start. `front`: the caches before us that can be told.
    """

    state: ContentState
    most_bytes: int
    host: str = ""
    front: FrontCaches | None = None


class PageCache:
    """Answers requests for public pages; it may be used in the event loop only."""

    def __init__(self, render: Render, keeping: Keeping) -> None:
        self._render, self._state, self._front, self._host = render, keeping.state, keeping.front, keeping.host
        self._pages, self._missing = PageStore(keeping.most_bytes), PageStore(keeping.most_bytes // 20)
        self._others: OrderedDict[PageKey, float] = OrderedDict()
        self._making: dict[PageKey, asyncio.Task[KeptPage | None]] = {}
        self._beside: set[asyncio.Task[None]] = set()
        self._warming: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def size(self) -> int:
        """The bytes that all kept pages take."""
        return self._pages.size + self._missing.size

    async def answer(self, scope: Scope, send: Send) -> bool:
        """Answer the request if its page is one for everybody; return False where Django has to answer it itself."""
        key = read_key(scope)
        now = time.time()
        if key is None or self._state.version == 0 or self._others.get(key, 0.0) > now:
            return False
        if self._loop is None:
            self._follow(asyncio.get_running_loop())
        page = self._pages.find(key) or self._missing.find(key)
        if page is None or not self._state.holds(page.version, page.until, now):
            page = await self._make(scope, key, page)
            if page is None:
                return False
        elif page.renew_at < now:
            self._renew(scope, key, page)
        await self._send(scope, send, key, page)
        return True

    async def _send(self, scope: Scope, send: Send, key: PageKey, page: KeptPage) -> None:
        accepted = known = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                known = value
        size = page.size
        start, body = page.answer(accepted, known)
        if page.size != size:
            self._pages.weigh(key)
        await send(start if self._front is None else self._allow_front(start, page))
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _allow_front(self, start: dict[str, Any], page: KeptPage) -> dict[str, Any]:
        """Let the caches in front keep the page (RFC 9213) where they can be told that it has changed."""
        now = time.time()
        left = int(min(page.until, page.renew_at) - now)
        may = page.status == 200 and page.version == self._state.version and self._state.is_fresh(now)
        if not (may and left > 0 and self._front is not None and self._front.is_reliable):
            return start
        own = [(b"cdn-cache-control", b"public, max-age=%d" % left), (b"funkhaus-key", KEY.encode())]
        return {**start, "headers": [*start["headers"], *own]}

    async def _make(self, scope: Scope, key: PageKey, former: KeptPage | None) -> KeptPage | None:
        """Return the page as it is now: made once for all who wait; None where it is not to be kept."""
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make_once(write_request(scope, key), key, former))
            self._making[key] = task
            task.add_done_callback(lambda _task: self._making.pop(key, None))
        return await asyncio.shield(task)  # whoever leaves while waiting does not end it for the others

    async def _make_once(self, scope: Scope, key: PageKey, former: KeptPage | None) -> KeptPage | None:
        version, until, now = self._state.version, self._state.until, time.time()
        try:
            made = await self._render(scope)
        except Exception:
            logger.exception("a page could not be made: %r", key.path)
            return self._fall_back(former, now)
        if made.status >= 500:
            logger.error("a page could not be made: %r answers %d", key.path, made.status)
            return self._fall_back(former, now)
        if not made.may_be_kept:
            self._pages.drop(key)
            self._missing.drop(key)
            self._note_other(key, now)
            return None
        page = KeptPage(made.status, made.headers, made.body, version, until, now + RENEW_S, now, scope)
        (self._pages if page.status == 200 else self._missing).put(key, page)
        (self._missing if page.status == 200 else self._pages).drop(key)
        return page

    def _fall_back(self, former: KeptPage | None, now: float) -> KeptPage | None:
        """Return the former page where it is young and no moment has passed at which it had to go."""
        if former is None or former.made_at + FAILED_S < now or former.until <= now:
            return None
        return former.mark_as_old()

    def _renew(self, scope: Scope, key: PageKey, page: KeptPage) -> None:
        page.renew_at = time.time() + RENEW_S  # once

        async def renew() -> None:
            await self._make(scope, key, page)

        task = asyncio.create_task(renew())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def _follow(self, loop: asyncio.AbstractEventLoop) -> None:
        def hear() -> None:
            loop.call_soon_threadsafe(self._warm)

        self._loop = loop
        self._state.listen(hear)

    def _warm(self) -> None:
        """Make the pages anew that were asked for last, one after another, so that few readers wait after a change."""
        if self._warming is None or self._warming.done():
            self._warming = asyncio.create_task(self._make_used())

    async def _make_used(self) -> None:
        for key in self._pages.list_newest(WARM):
            page = self._pages.look_up(key)
            if page is not None and not self._state.holds(page.version, page.until, time.time()):
                await self._make(page.way, key, page)

    async def make_first_pages(self, after_s: float) -> None:
        """Make the home page and what it links to after some seconds, so that few readers wait after a start."""
        await asyncio.sleep(after_s)
        while self._host and self._state.version == 0:
            await asyncio.sleep(UNKNOWN_S)
        links = ["/"] if self._host else []
        for number, address in enumerate(links):
            scope = ask_for(self._host, address)
            key = read_key(scope)
            page = await self._make(scope, key, None) if key and self._pages.look_up(key) is None else None
            if page is not None and number == 0:
                links += [link for link in list_links(page.body) if link != "/"]

    def _note_other(self, key: PageKey, now: float) -> None:
        self._others[key] = now + OTHERS_S
        self._others.move_to_end(key)
        while len(self._others) > MISSING:
            self._others.popitem(last=False)
