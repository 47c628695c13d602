"""The upper floors of the page tree: home, indexes, sections, standing pages; what navigation is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

# Home is at depth 2, indexes and standing pages at 3, sections at 4; what lies deeper comes by the thousand.
HOME_DEPTH = 2
DEEPEST = 4


@dataclass(frozen=True)
class Entry:
    """A page as navigation sees it. `url_path` is Wagtail's, with the home page's name in front."""

    pk: int
    title: str
    url_path: str
    depth: int
    in_menus: bool

    @property
    def url(self) -> str:
        """The public address in the present language."""
        return public_url(self.url_path)


def select_structure() -> QuerySet[Page]:
    """Every published page of the upper floors in tree order."""
    return Page.objects.live().filter(depth__range=(HOME_DEPTH, DEEPEST)).order_by("path")


ENTRY_FIELDS = ("pk", "title", "url_path", "depth", "show_in_menus")


def read_entry(row: Sequence[Any]) -> Entry:
    """Make an entry of the database's own row of `ENTRY_FIELDS`."""
    pk, title, url_path, depth, in_menus = row
    return Entry(pk, title, url_path, depth, bool(in_menus))


def note_privacy(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Note on each page whether any page at all is private, so that a portal without such pages need not ask."""
    return pages.annotate(has_restrictions=Exists(PageViewRestriction.objects.all()))


def public_url(url_path: str) -> str:
    """Turn Wagtail's `url_path` into the public address, without the queries of `Page.get_url`.

    There is one home page (`max_count`), so its name is the first part of every path and never in the address.
    """
    _, _, rest = url_path.lstrip("/").partition("/")
    return reverse("wagtail_serve", args=[rest])
