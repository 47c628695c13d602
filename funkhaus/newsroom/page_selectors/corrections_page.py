"""The selector of the page of all corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from funkhaus.cms.site_tree import public_url
from funkhaus.mediathek.selectors import video_url
from funkhaus.newsroom.articles.corrections import make_notes
from funkhaus.newsroom.lists.visibility import public_state_of
from funkhaus.newsroom.models import Correction, Withdrawal
from funkhaus.newsroom.rules import PublicState
from funkhaus.newsroom.template_data.article import CorrectionEntry, CorrectionsView

PAGE_SIZE = 40


def get_corrections_view(number: int, now: datetime) -> CorrectionsView | None:
    """Return page `number` (from 1) of all corrections, newest first; None where there is no such page."""
    start = (number - 1) * PAGE_SIZE
    rows = list(
        Correction.objects.filter(corrected_at__lte=now)
        .annotate(withdrawn=Exists(Withdrawal.objects.filter(page=OuterRef("article"), lifted_at=None)))
        .select_related("article", "video")[start : start + PAGE_SIZE + 1]
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
    return tuple(
        CorrectionEntry(note, row.subject, _address(row, now)) for row in rows for note in make_notes([row], now)
    )


def _address(row: Correction, now: datetime) -> str:
    if row.article is not None:
        row.article.is_withdrawn = row.withdrawn  # type: ignore[attr-defined]
    if row.article is not None and public_state_of(row.article, now) is PublicState.PUBLIC:
        return public_url(row.article.url_path)
    if row.video is not None and row.video.live:
        return video_url(row.video)
    return ""
