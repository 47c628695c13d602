"""The officer's pages as their templates get them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.territory import Territory
from funkhaus.kernel.viewer import ANONYMOUS
from funkhaus.mediathek.selectors import RatingWords, get_playable, video_url
from funkhaus.playback.officer.drawing import Bar, Cell, Mark, count_shares, days_of_year, draw_day, draw_year
from funkhaus.playback.officer.history import list_changes
from funkhaus.playback.rules import Reason
from funkhaus.playback.selectors import find_item, list_published
from funkhaus.playback.timeline import Change, Day, Span, list_days

if TYPE_CHECKING:
    from funkhaus.mediathek.selectors import Playable

MOST = 200


@dataclass(frozen=True)
class Row:
    """An item in a list: title, rating in words, the officer's page of it."""

    title: str
    rating: str
    url: str


@dataclass(frozen=True)
class SpanRow:
    """A span of the day in words."""

    begins: str
    ends: str
    answer: str


@dataclass(frozen=True)
class ItemView:
    """One item over a day and over the year that the day lies in, for everybody without an account.

    `is_limited`: not everywhere the same; `country` is where the viewer is then (ISO 3166-1, empty: not known).
    """

    title: str
    rating: str
    is_limited: bool
    country: str
    query: str
    public_url: str
    edit_url: str
    day: date
    before: date
    after: date
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    spans: tuple[SpanRow, ...]
    cells: tuple[Cell, ...]
    counts: dict[str, int]
    changes: tuple[tuple[datetime, str, str], ...]


def list_unrated() -> tuple[Row, ...]:
    """Published items that nobody has rated: they count as 16."""
    return _rows(AgeRating.UNRATED)


def list_restricted() -> tuple[Row, ...]:
    """Published items rated 16 or 18."""
    return _rows(AgeRating.SIXTEEN, AgeRating.EIGHTEEN)


def _rows(*ratings: AgeRating) -> tuple[Row, ...]:
    return tuple(
        Row(video.title, RatingWords(video.rating).name, reverse("officer:item", args=[video.public_id]))
        for video in list_published(ratings, MOST)
    )


def get_item_view(public_id: str, day: date, country: str = "") -> ItemView | None:
    """Compose an item's page for viewers in a country (two letters); None when there is no such item."""
    video, item = find_item(public_id), get_playable(public_id)
    if video is None or item is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    changes = list_changes(video)
    viewer = replace(ANONYMOUS, territory=_choose_place(item, country))
    one = list_days(item, changes, viewer, [day], zone)[0]
    year = list_days(item, changes, viewer, days_of_year(day.year), zone)
    place = viewer.territory.code if viewer.territory else ""
    query = f"&land={place}" if place else ""
    answers = [_answer(span) for span in one.spans]
    bars, marks = draw_day(one, zone, answers)
    address = reverse("officer:item", args=[public_id])
    return ItemView(
        title=video.title,
        rating=RatingWords(video.rating).name,
        is_limited=_is_limited(item),
        country=place,
        query=query,
        public_url=video_url(video),
        edit_url=reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        bars=bars,
        marks=marks,
        spans=tuple(
            SpanRow(_clock(span.starts_at), _clock(span.ends_at), answer)
            for span, answer in zip(one.spans, answers, strict=True)
        ),
        cells=draw_year(
            year,
            [_title(found) for found in year],
            [f"{address}?tag={found.date.isoformat()}{query}" for found in year],
        ),
        counts=count_shares(year),
        changes=tuple((change.at, _told(change), change.who) for change in reversed(changes)),
    )


def _is_limited(item: Playable) -> bool:
    return any(not window.territory.allows(None) for window in item.windows)


def _choose_place(item: Playable, country: str) -> Territory | None:
    """The country that was asked for; else one in which the item may be played, where only some may."""
    try:
        return Territory(country.upper())
    except ValueError:
        listed = [code for window in item.windows if window.territory.is_allow_list for code in window.territory.codes]
        return Territory(min(listed)) if listed else None


def _told(change: Change) -> str:
    if not change.is_live:
        return _("taken back")
    return _("published, %(rating)s") % {"rating": RatingWords(change.rating).name}


def _title(day: Day) -> str:
    name = date_format(day.date, pgettext("date format", "j F"), use_l10n=False)
    spans = [f"{_clock(span.starts_at)}–{_clock(span.ends_at)}" for span in day.spans if span.reason is None]
    return f"{name}: {', '.join(spans) or _('does not play')}"


def _answer(span: Span) -> str:
    return {
        None: _("plays"),
        Reason.UNKNOWN: _("not published"),
        Reason.AGE_LOCKED: _("locked to protect minors"),
        Reason.NOT_YET: _("not yet available"),
        Reason.EXPIRED: _("no longer available"),
        Reason.WITHDRAWN: _("taken back, or never released"),
        Reason.GEO_BLOCKED: _("in certain countries only"),
        Reason.TECHNICAL: _("no media that play"),
    }[span.reason]


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i", use_l10n=False)
