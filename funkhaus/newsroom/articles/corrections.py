"""Selectors that turn stored corrections into the notes which pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from funkhaus.cms.queries.aggregates import JsonList
from funkhaus.newsroom.models import Correction
from funkhaus.newsroom.models.correction import Severity
from funkhaus.newsroom.template_data.correction import CorrectionNote


def stored_corrections(owner: str = "article") -> Subquery:
    """Return a subquery: the corrections of the outer article or video as one JSON list (no extra query)."""
    row = JSONObject(id="public_id", was="was_wrong", right="is_right", severity="severity", at="corrected_at")
    rows = Correction.objects.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Subquery(rows.annotate(list=JsonList(row)).values("list"), output_field=JSONField())


def read_stored(rows: Iterable[Mapping[str, str]], now: datetime) -> tuple[CorrectionNote, ...]:
    """Return the list that `stored_corrections` loaded as notes, newest first."""
    notes = (_note(row["id"], row["was"], row["right"], row["severity"], _moment(row["at"])) for row in rows)
    return _in_order(notes, now)


def list_for_video(video: Any, now: datetime) -> tuple[CorrectionNote, ...]:
    """Return a video's corrections, newest first; one query unless `stored_corrections` was loaded with the video."""
    if hasattr(video, "stored_corrections"):
        return read_stored(video.stored_corrections or [], now)
    return make_notes(Correction.objects.filter(video_id=video.pk), now)


def make_notes(rows: Iterable[Correction], now: datetime) -> tuple[CorrectionNote, ...]:
    """Return correction rows as notes, newest first."""
    notes = (_note(row.public_id, row.was_wrong, row.is_right, row.severity, row.corrected_at) for row in rows)
    return _in_order(notes, now)


def _note(public_id: str, was_wrong: str, is_right: str, severity: str, at: datetime) -> CorrectionNote:
    return CorrectionNote(f"korrektur-{public_id}", was_wrong, is_right, severity == Severity.SERIOUS, at)


def _in_order(notes: Iterable[CorrectionNote], now: datetime) -> tuple[CorrectionNote, ...]:
    known = (note for note in notes if note.at <= now)
    return tuple(sorted(known, key=lambda note: (note.at, note.anchor), reverse=True))


def _moment(text: str) -> datetime:
    """Return the aware moment; SQLite writes UTC without an offset."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
