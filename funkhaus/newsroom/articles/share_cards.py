"""The share cards of articles and liveblogs: drawn at publication, looked up when the page is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.share_cards import Card, card_url, keep_card, list_cards, remove_cards
from funkhaus.newsroom.models import ArticlePage, ShareCard
from funkhaus.ui.components import Image

BATCH = 400  # pages in memory at once


def find_card_url(page: Any, image: Image | None) -> str:
    """Return the absolute address of the card; that of the lead picture where no card with the present text was drawn.

    It is empty where there is no picture either. It runs no query for a page that was loaded with `stored_card`.
    """
    card = _describe(page, image)
    is_drawn = card.name == _read_name(page)
    address = card_url(page.pk, card) if is_drawn else image.src if image else ""
    return settings.PUBLIC_URL + address if address else ""


def stored_card() -> Subquery:
    """Return a subquery: the file name of the card of the article in the outer query (no extra query)."""
    return Subquery(ShareCard.objects.filter(article=OuterRef("pk")).values("name")[:1])


def _read_name(page: Any) -> str | None:
    if hasattr(page, "stored_card"):
        name: str | None = page.stored_card
        return name
    return ShareCard.objects.filter(article_id=page.pk).values_list("name", flat=True).first() if page.pk else None


def prepare_card(page: Any) -> None:
    """Draw the card of a published page and store its file name."""
    image = load_images([(page.picture_id, Shape.WIDE)]).get((page.picture_id, Shape.WIDE)) if page.picture_id else None
    card = _describe(page, image)
    keep_card(page.pk, card, page.picture if image else None)
    ShareCard.objects.update_or_create(article_id=page.pk, defaults={"name": card.name})


def forget_cards(*, page_pk: int) -> None:
    """Remove every card of a page that was deleted or is no longer public."""
    ShareCard.objects.filter(article_id=page_pk).delete()
    remove_cards(page_pk)


def are_cards_missing() -> bool:
    """Return whether there are stories but no card is stored, as after an upgrade from before cards had rows."""
    return ArticlePage.objects.filter(live=True).exists() and not ShareCard.objects.exists()


def note_all_cards() -> int:
    """Store a row for each card in the storage that fits what its public story says now; return how many.

    It draws none.
    """
    drawn = list_cards()
    pages = ArticlePage.objects.filter(live=True).only("pk", "title", "kicker", "picture_id").order_by("pk")
    keys, count = list(pages.values_list("pk", flat=True)), 0
    for start in range(0, len(keys), BATCH):
        count += _note_drawn(list(pages.filter(pk__in=keys[start : start + BATCH])), drawn)
    return count


@transaction.atomic
def _note_drawn(pages: list[ArticlePage], drawn: Iterable[str]) -> int:
    images = load_images((page.picture_id, Shape.WIDE) for page in pages if page.picture_id)
    cards = {page.pk: _describe(page, images.get((page.picture_id or 0, Shape.WIDE))) for page in pages}
    rows = [ShareCard(article_id=pk, name=card.name) for pk, card in cards.items() if card.file_name(pk) in drawn]
    ShareCard.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _describe(page: Any, image: Image | None) -> Card:
    return Card(page.title, page.kicker, settings.STATION, image.src if image else "")
