"""The upper levels of the page tree, of which navigation is made: home, indexes, sections, standing pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, get_page_models

from funkhaus.cms.models import PortalPage

# Home is at depth 2, indexes and standing pages at 3, sections at 4; deeper levels have thousands of pages.
HOME_DEPTH = 2
DEEPEST = 4


@dataclass(frozen=True)
class Entry:
    """A page in the navigation. `url_path` is Wagtail's, which begins with the home page's slug."""

    pk: int
    title: str
    url_path: str
    depth: int
    in_menus: bool
    kind: int
    """The key of its content type."""
    url: str
    """The public address in the language in which the entry was read."""


@cache
def list_upper_models() -> tuple[type[Page], ...]:
    """Return the page types of the upper levels."""
    portal = (model for model in get_page_models() if issubclass(model, PortalPage) and model.is_upper)
    return (Page, *portal)  # before set-up there is only the page that Wagtail's migration makes


def select_structure() -> QuerySet[Page]:
    """Return every published page of the upper levels in tree order.

    They are selected by type, which is indexed: a query by depth alone would read all stories as well.
    """
    kinds = [model._meta for model in list_upper_models()]
    return (
        Page.objects.live()
        .filter(
            content_type__app_label__in=sorted({kind.app_label for kind in kinds}),
            content_type__model__in=sorted({str(kind.model_name) for kind in kinds}),
            depth__range=(HOME_DEPTH, DEEPEST),
        )
        .order_by("path")
    )


ENTRY_FIELDS = ("pk", "title", "url_path", "depth", "show_in_menus", "content_type_id")


def read_entries(rows: Iterable[Sequence[Any]]) -> tuple[Entry, ...]:
    """Return rows of `ENTRY_FIELDS` as entries with their addresses in the active language."""
    language = get_language()
    return tuple(
        Entry(pk, title, url_path, depth, bool(in_menus), kind, _reverse(language, url_path))
        for pk, title, url_path, depth, in_menus, kind in rows
    )


def select_upper(entry: Entry) -> QuerySet[Any]:
    """Return the query of an entry's page as its own type."""
    model: Any = ContentType.objects.get_for_id(entry.kind).model_class()
    return model.objects.filter(pk=entry.pk)


def note_privacy(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each page with whether any page at all is private, so that a portal without such pages runs no query."""
    return pages.annotate(has_restrictions=Exists(PageViewRestriction.objects.all()))


def public_url(url_path: str) -> str:
    """Return the public address of Wagtail's `url_path`, without the queries of `Page.get_url`.

    There is one home page (`max_count`), so its slug is the first part of every path and never in the address.
    """
    return _reverse(get_language(), url_path)


@lru_cache(maxsize=1024)  # the frame of every page needs the same dozen addresses
def _reverse(_language: str | None, url_path: str) -> str:
    _, _, rest = url_path.lstrip("/").partition("/")
    return reverse("wagtail_serve", args=[rest])
