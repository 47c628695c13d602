"""The page of all corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from funkhaus.cms.structure import public_url
from funkhaus.mediathek.selectors import video_url
from funkhaus.newsroom.article_view import CorrectionEntry, CorrectionsView
from funkhaus.newsroom.corrections import make_notes
from funkhaus.newsroom.models import Correction

PAGE_SIZE = 40


def get_corrections_view(number: int, now: datetime) -> CorrectionsView | None:
    """Compose page `number` (from 1) of all corrections, newest first; None where there is no such page."""
    start = (number - 1) * PAGE_SIZE
    rows = list(
        Correction.objects.filter(corrected_at__lte=now).select_related("article", "video")[
            start : start + PAGE_SIZE + 1
        ]
    )
    if not rows and number > 1:
        return None
    first = reverse("newsroom:correction-list")
    return CorrectionsView(
        entries=_entries(rows[:PAGE_SIZE], now),
        newer="" if number == 1 else first if number == 2 else f"?seite={number - 1}",
        older=f"?seite={number + 1}" if len(rows) > PAGE_SIZE else "",
    )


def _entries(rows: Iterable[Correction], now: datetime) -> tuple[CorrectionEntry, ...]:
    return tuple(CorrectionEntry(note, row.subject, _address(row)) for row in rows for note in make_notes([row], now))


def _address(row: Correction) -> str:
    if row.article is not None and row.article.live:
        return public_url(row.article.url_path)
    if row.video is not None and row.video.live:
        return video_url(row.video)
    return ""
