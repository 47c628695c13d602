"""A registry of the view for each page type; a page's package registers its view when its app is ready.

Models are in a lower layer than views, so a page cannot name its view itself.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse


class PageView(Protocol):
    """A view of a page in the page tree."""

    def __call__(self, request: HttpRequest, page: Any, /) -> HttpResponse:
        """Return the response for the page; in a preview, the page may be a draft that was never stored."""


_views: dict[type, PageView] = {}


def serve_with(view: PageView, *kinds: type) -> None:
    """Register `view` for pages of these types and of derived types without a view of their own."""
    _views.update(dict.fromkeys(kinds, view))


def answer_with_page(request: HttpRequest, page: object) -> HttpResponse:
    """Return the response for the page. Raises `LookupError` for a type without a registered view."""
    for kind in type(page).__mro__:
        if kind in _views:
            return _views[kind](request, page)
    raise LookupError(f"no view for pages of the kind {type(page).__name__}: its app enters one when it is ready")
