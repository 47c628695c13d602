"""The newsroom's services for other packages, and those that prepare pictures at publication."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from funkhaus.cms.models import Picture
from funkhaus.cms.pictures import Shape, make_renditions
from funkhaus.newsroom.articles.html_tokens import PasteRefused
from funkhaus.newsroom.articles.pasting import Pasted, clean_pasted
from funkhaus.newsroom.articles.pictures import list_pictures
from funkhaus.newsroom.articles.share_cards import forget_cards, note_all_cards, prepare_card
from funkhaus.newsroom.lifecycle.breaking import confirm_breaking, end_breaking, propose_breaking
from funkhaus.newsroom.lifecycle.withdrawal import keep_addresses, lift_withdrawal, withdraw_page
from funkhaus.newsroom.lists.list_index import index_all_stories
from funkhaus.newsroom.liveblogs.writing import save_post
from funkhaus.newsroom.models import ArticlePage

__all__ = [
    "PasteRefused",
    "append_pasted",
    "confirm_breaking",
    "end_breaking",
    "forget_cards",
    "index_all_stories",
    "keep_addresses",
    "lift_withdrawal",
    "note_all_cards",
    "prepare_pictures",
    "propose_breaking",
    "save_post",
    "withdraw_page",
]


def append_pasted(*, page: ArticlePage, html: str, user: Any) -> Pasted:
    """Append pasted text to the newest draft as blocks, in a new revision; return the blocks and what was lost.

    Raises `PasteRefused` for a text beyond a limit. The text is parsed before the transaction, which locks other
    writers out.
    """
    pasted = clean_pasted(html)
    with transaction.atomic():
        draft = page.get_latest_revision_as_object()
        draft.body = json.dumps([*draft.body.raw_data, *pasted.blocks])
        draft.save_revision(user=user, log_action=True)
    return pasted


def prepare_pictures(*, page: ArticlePage) -> int:
    """Make every picture size that the page and its teasers show, and its card; return how many pictures."""
    wanted: dict[int, set[Shape]] = {}
    if page.picture_id:
        wanted.setdefault(page.picture_id, set()).add(Shape.WIDE)
    for block in page.body.raw_data:
        for key, shape in list_pictures(block):
            wanted.setdefault(key, set()).add(shape)
    pictures = Picture.objects.filter(pk__in=wanted)
    for picture in pictures:
        make_renditions(picture, sorted(wanted[picture.pk], key=lambda shape: shape.name))
    prepare_card(page)
    return len(pictures)
