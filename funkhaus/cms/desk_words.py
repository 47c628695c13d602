"""Words by which editors find a page at the desk: those of its newest revision, so that drafts are found too.

Wagtail's search index serves the desk alone. What the public may find is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Manager
from wagtail.models import Page
from wagtail.search import index

MOST_CHARACTERS = 200_000  # of one page: some 30,000 words; PostgreSQL takes up to 1 MB of word positions (tsvector)


def read_words(page: Page, fields: Sequence[str]) -> str:
    """Return the words in these fields of the page and, where it has unpublished changes, of its newest revision."""
    states = [page, page.get_latest_revision_as_object()] if page.has_unpublished_changes else [page]
    words = dict.fromkeys(text for state in states for name in fields for text in _read_field(state, name) if text)
    return "\n".join(words)[:MOST_CHARACTERS]


def _read_field(page: Page, name: str) -> Iterator[str]:
    value = getattr(page, name)
    if isinstance(value, Manager):
        yield from map(str, value.all())
        return
    found = index.SearchField(name).get_value(
        page
    )  # the text of a StreamField by its blocks, of rich text without tags
    yield from found if isinstance(found, list) else [str(found or "")]
