"""The history of an item for the officer: publications and acts with moment and user, from Wagtail's log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.selectors import Act, MediaAct, RatingWords, list_acts, read_windows
from funkhaus.playback.timeline import Change, midnight

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.rules.availability import Window

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
TAKEN_BACK = ("wagtail.unpublish", "wagtail.unpublish.scheduled")
STOPS = (Act.TAKE_DOWN.value, Act.RELEASE.value)
TOLD_BY_ACTS = (Act.RATING.value, Act.WINDOWS.value, *STOPS)
Data = Mapping[str, Any]


@dataclass(frozen=True)
class HistoryRow:
    """An event in an item's history: its moment, a description, the user's name (empty: unknown)."""

    at: datetime
    what: str
    who: str


def list_changes(video: Video) -> tuple[Change, ...]:
    """Return every publication, withdrawal, take-down, decision and change of windows, oldest first.

    Each has what held from then on. It takes one query.
    """
    entries = list(
        ModelLogEntry.objects.for_instance(video)
        .filter(action__in=[*PUBLISHED, *TAKEN_BACK, *TOLD_BY_ACTS])
        .select_related("user", "revision")
        .order_by("timestamp", "pk")
    )
    spans = _date_windows(entries)
    state = State(video.rating)
    changes: list[Change] = []
    for entry in entries:
        if entry.action in STOPS and not entry.data["live"]:
            state = state.after(entry)
            continue  # it changed nothing for the public
        if entry.action in STOPS and not changes and video.first_published_at is not None:
            state = replace(state, is_live=True, is_known=True)
            changes.append(Change(video.first_published_at, state.rating, is_live=True, who=""))
        state = state.after(entry)
        if state.is_known and not entry.data.get("windows_of"):  # those of a publication count from it on
            who = entry.user_display_name if entry.user_id else ""
            windows = _find_windows(spans, entry)
            is_publication = entry.action in (*PUBLISHED, *TAKEN_BACK)
            changes.append(Change(entry.timestamp, state.rating, state.is_public, who, windows, is_publication))
    return tuple(changes)


@dataclass(frozen=True)
class State:
    """The state of an item after an entry of the log.

    `is_known`: it was published before; `is_decided`: youth protection decided on the rating.
    """

    rating: AgeRating
    is_live: bool = False
    is_known: bool = False
    is_decided: bool = False
    is_taken_down: bool = False

    @property
    def is_public(self) -> bool:
        """Return True while it is published and not taken down."""
        return self.is_live and not self.is_taken_down

    def after(self, entry: ModelLogEntry) -> State:
        """Return the state from this entry on."""
        if entry.action == Act.RATING:
            return replace(self, rating=AgeRating(entry.data["after"]["age_rating"]), is_decided=True)
        if entry.action in STOPS:
            return replace(self, is_taken_down=entry.action == Act.TAKE_DOWN, is_live=bool(entry.data["live"]))
        if entry.action in TAKEN_BACK:
            return replace(self, is_live=False)
        if entry.action not in PUBLISHED:
            return self
        # A decision holds whatever a draft says.
        is_told = entry.revision is not None and not self.is_decided
        rating = AgeRating(entry.revision.content["age_rating"]) if is_told else self.rating
        return replace(self, rating=rating, is_live=True, is_known=True)


def _date_windows(entries: Sequence[ModelLogEntry]) -> list[tuple[datetime, Data]]:
    """Return the data of changed windows with their moments: those of a publication count from it on."""
    published = {entry.revision_id: entry.timestamp for entry in entries if entry.action in PUBLISHED}
    rows = [entry for entry in entries if entry.action == Act.WINDOWS]
    return [(published.get(row.data.get("windows_of"), row.timestamp), row.data) for row in rows]


def _find_windows(spans: Sequence[tuple[datetime, Data]], entry: ModelLogEntry) -> tuple[Window, ...] | None:
    """Return the windows that held from the entry on; None where no row tells."""
    past = [data["after"] for at, data in spans if at <= entry.timestamp]
    known = past[-1:] or [data["before"] for _at, data in spans[:1]]
    return read_windows(known[0]) if known else None


def list_history(video: Video, changes: Sequence[Change]) -> tuple[HistoryRow, ...]:
    """Return the publications of `changes` and the newest acts, newest first (one query)."""
    rows = [HistoryRow(act.at, act.what, act.who) for act in list_acts(video)]
    published = [change for change in changes if change.is_publication]
    rows += [HistoryRow(change.at, _describe(change), change.who) for change in reversed(published)]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def list_acts_on(video: Video, day: date, zone: ZoneInfo) -> tuple[MediaAct, ...]:
    """Return the acts on a calendar day of the zone, in order of time (one query)."""
    return list_acts(video, since=midnight(day, zone), until=midnight(day + timedelta(days=1), zone))[::-1]


def _describe(change: Change) -> str:
    if not change.is_live:
        return _("taken back")
    return _("published, %(rating)s") % {"rating": RatingWords(change.rating).name}
