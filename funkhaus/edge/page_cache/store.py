"""The store of kept pages: bounded in bytes; what was not asked for the longest time goes first."""

from __future__ import annotations

from collections import OrderedDict
from itertools import islice

from funkhaus.edge.page_cache.kept_page import KeptPage
from funkhaus.edge.page_cache.page_key import PageKey


class PageStore:
    """Keeps pages up to `limit` bytes; it may be used in the event loop only."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: OrderedDict[PageKey, KeptPage] = OrderedDict()
        self._sizes: dict[PageKey, int] = {}
        self.size = 0

    def find(self, key: PageKey) -> KeptPage | None:
        """Return the page, however old, and note that it was asked for."""
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def look_up(self, key: PageKey) -> KeptPage | None:
        """Return the page, and note nothing."""
        return self._pages.get(key)

    def put(self, key: PageKey, page: KeptPage) -> None:
        """Keep a page in place of a former one."""
        self._pages[key] = page
        self._pages.move_to_end(key)
        self.weigh(key)

    def weigh(self, key: PageKey) -> None:
        """Count what a page takes now, and let others go where it is too much: each coding adds to it."""
        page = self._pages.get(key)
        if page is None:
            return
        self.size += page.size - self._sizes.get(key, 0)
        self._sizes[key] = page.size
        while self.size > self._limit and self._pages:
            self.drop(next(iter(self._pages)))

    def drop(self, key: PageKey) -> None:
        """Forget a page."""
        if self._pages.pop(key, None) is not None:
            self.size -= self._sizes.pop(key)

    def list_newest(self, count: int) -> list[PageKey]:
        """Return the keys of the pages that were asked for last."""
        return list(islice(reversed(self._pages), count))

    def __len__(self) -> int:
        return len(self._pages)
