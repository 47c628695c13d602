"""Which view answers for which kind of page: the package of a page enters its view here when its app is ready.

Models lie below what is shown of them, so a page cannot name its view itself.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse


class PageView(Protocol):
    """A view of a page of the tree."""

    def __call__(self, request: HttpRequest, page: Any, /) -> HttpResponse:
        """Answer with the page; a draft that was never stored may come as well (preview)."""


_views: dict[type, PageView] = {}


def serve_with(view: PageView, *kinds: type) -> None:
    """Let `view` answer for pages of these kinds and of kinds derived from them that have no view of their own."""
    _views.update(dict.fromkeys(kinds, view))


def answer_with_page(request: HttpRequest, page: object) -> HttpResponse:
    """Answer a request for the page. Raises `LookupError` for a kind whose package entered no view."""
    for kind in type(page).__mro__:
        if kind in _views:
            return _views[kind](request, page)
    raise LookupError(f"no view for pages of the kind {type(page).__name__}: its app enters one when it is ready")
