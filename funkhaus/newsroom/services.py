"""What the newsroom does when something is published."""

from __future__ import annotations

from funkhaus.cms.models import Picture
from funkhaus.cms.pictures import Shape, make_renditions
from funkhaus.newsroom.liveblogging import save_post
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.pictures import list_pictures
from funkhaus.newsroom.scheduling import keep_schedule
from funkhaus.newsroom.withdrawing import keep_addresses, lift_withdrawal, withdraw_page

__all__ = ["keep_addresses", "keep_schedule", "lift_withdrawal", "prepare_pictures", "save_post", "withdraw_page"]


def prepare_pictures(*, page: ArticlePage) -> int:
    """Make every size that the page and its teasers show, so that no reader waits; return how many pictures."""
    wanted: dict[int, set[Shape]] = {}
    if page.picture_id:
        wanted.setdefault(page.picture_id, set()).add(Shape.WIDE)
    for block in page.body.raw_data:
        for key, shape in list_pictures(block):
            wanted.setdefault(key, set()).add(shape)
    pictures = Picture.objects.filter(pk__in=wanted)
    for picture in pictures:
        make_renditions(picture, sorted(wanted[picture.pk], key=lambda shape: shape.name))
    return len(pictures)
