"""The history of an item for the officer: publications and acts with moment and user, from Wagtail's log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.selectors import Act, MediaAct, RatingWords, list_acts
from funkhaus.playback.timeline import Change, midnight

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

PUBLISHED, TAKEN_BACK = "wagtail.publish", "wagtail.unpublish"


@dataclass(frozen=True)
class HistoryRow:
    """An event in an item's history: its moment, a description, the user's name (empty: unknown)."""

    at: datetime
    what: str
    who: str


def list_changes(video: Video) -> tuple[Change, ...]:
    """Return every publication and withdrawal, oldest first, with the rating that held from then on (one query).

    A take-down of what was public is a withdrawal, its release a publication of what was public before.
    """
    entries = (
        ModelLogEntry.objects.for_instance(video)
        .filter(action__in=[PUBLISHED, TAKEN_BACK, Act.TAKE_DOWN.value, Act.RELEASE.value])
        .select_related("user", "revision")
        .order_by("timestamp", "pk")
    )
    changes: list[Change] = []
    rating = video.rating
    for entry in entries:
        is_act = entry.action in {Act.TAKE_DOWN, Act.RELEASE}
        if is_act and not entry.data["live"]:
            continue  # it changed nothing for the public
        if is_act and not changes and video.first_published_at is not None:
            changes.append(Change(video.first_published_at, rating, is_live=True, who=""))
        if entry.action == PUBLISHED and entry.revision is not None:
            rating = AgeRating(entry.revision.content["age_rating"])
        elif changes:
            rating = changes[-1].rating
        who = entry.user_display_name if entry.user_id else ""
        is_live = entry.action in {PUBLISHED, Act.RELEASE}
        changes.append(Change(entry.timestamp, rating, is_live, who, is_act))
    return tuple(changes)


def list_history(video: Video, changes: Sequence[Change]) -> tuple[HistoryRow, ...]:
    """Return the publications of `changes` and the newest acts on media files, newest first (one query)."""
    rows = [HistoryRow(act.at, act.what, act.who) for act in list_acts(video)]
    rows += [HistoryRow(change.at, _describe(change), change.who) for change in reversed(changes) if not change.is_act]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def list_acts_on(video: Video, day: date, zone: ZoneInfo) -> tuple[MediaAct, ...]:
    """Return the acts on media files on a calendar day of the zone, in order of time (one query)."""
    return list_acts(video, since=midnight(day, zone), until=midnight(day + timedelta(days=1), zone))[::-1]


def _describe(change: Change) -> str:
    if not change.is_live:
        return _("taken back")
    return _("published, %(rating)s") % {"rating": RatingWords(change.rating).name}
