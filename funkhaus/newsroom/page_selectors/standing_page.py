"""The selector of standing pages: imprint, privacy, terms of use and the like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from funkhaus.newsroom.articles.body import build_body, collect_material
from funkhaus.newsroom.models import StandingPage
from funkhaus.newsroom.template_data.article import Block


@dataclass(frozen=True)
class StandingView:
    """The view of a standing page."""

    title: str
    description: str
    introduction: str
    body: tuple[Block, ...]
    reviewed_on: Any
    has_boxes: bool


def get_standing_view(page: StandingPage, now: datetime) -> StandingView:
    """Return the view of a standing page."""
    blocks = list(page.body.raw_data)
    body = build_body(blocks, collect_material(blocks, [], now))
    return StandingView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        body=body,
        reviewed_on=page.reviewed_on,
        has_boxes=any(getattr(block, "is_box", False) for block in body),
    )
