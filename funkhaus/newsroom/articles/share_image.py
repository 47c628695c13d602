"""The cards of articles and liveblogs: drawn when they are published, named when they are shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.share_image import Card, find_card, keep_card
from funkhaus.ui.components import Image


def find_card_url(page: Any, image: Image | None) -> str:
    """The card with its host; the lead picture where none was drawn yet, empty where there is none either."""
    address = (find_card(page.pk, _describe(page, image)) if page.pk else "") or (image.src if image else "")
    return settings.PUBLIC_URL + address if address else ""


def prepare_card(page: Any) -> None:
    """Draw the card of a page that was published."""
    image = load_images([(page.picture_id, Shape.WIDE)]).get((page.picture_id, Shape.WIDE)) if page.picture_id else None
    keep_card(page.pk, _describe(page, image), page.picture if image else None)


def _describe(page: Any, image: Image | None) -> Card:
    return Card(page.title, page.kicker, settings.STATION, image.src if image else "")
