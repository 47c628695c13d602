"""Finds the pictures, video and story for the page of all blocks, and builds its samples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from funkhaus.cms.models import Picture
from funkhaus.mediathek.selectors import list_available
from funkhaus.newsroom.articles.body import build_body, collect_material
from funkhaus.newsroom.lists.visibility import visible
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.template_data.article import Block


def find_sample_material(now: datetime) -> tuple[int, int, int, int]:
    """Return the keys of two pictures, a video and a story that exist; 0 for each that does not."""
    pictures = [*Picture.objects.order_by("pk").values_list("pk", flat=True)[:2], 0, 0]
    video = list_available(now).order_by("pk").values_list("pk", flat=True).first() or 0
    story = visible(ArticlePage.objects.all(), now).order_by("pk").values_list("pk", flat=True).first() or 0
    return pictures[0], pictures[1] or pictures[0], video, story


def build_samples(samples: Iterable[tuple[str, Any]], now: datetime) -> list[tuple[str, Block | None]]:
    """Return each sample built as in an article; None where it needs something that does not exist."""
    rows = [{"type": kind, "value": value} for kind, value in samples]
    material = collect_material(rows, [], now)
    return [(row["type"], next(iter(build_body([row], material)), None)) for row in rows]
