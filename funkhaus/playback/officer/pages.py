"""Views of the officer's pages, for templates, and the selectors that make them."""

from __future__ import annotations

from collections.abc import Sequence
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
from funkhaus.mediathek.selectors import RatingWords, describe_take_down, get_playable, preview_url, video_url
from funkhaus.playback.officer.day_and_year_diagrams import (
    Bar,
    Cell,
    TimelineMark,
    count_shares,
    days_of_year,
    draw_acts,
    draw_day,
    draw_year,
)
from funkhaus.playback.officer.item_history import HistoryRow, list_acts_on, list_changes, list_history
from funkhaus.playback.rules import RefusalReason
from funkhaus.playback.selectors import find_item, find_titled, list_published
from funkhaus.playback.timeline import Day, Span, list_days

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.selectors import MediaAct, Playable, TakeDownState
    from funkhaus.mediathek.services import Actor

MOST = 200
WORDS = 8  # of a search; more find nothing anyway


@dataclass(frozen=True)
class ItemRow:
    """An item in a list: title, rating as text, address of the officer's page on it."""

    title: str
    rating: str
    url: str


@dataclass(frozen=True)
class SpanRow:
    """A span of the day as text."""

    begins: str
    ends: str
    answer: str


@dataclass(frozen=True)
class ItemView:
    """One item over a day and the year of that day, for everybody without an account.

    `film_url` leads to the film or sound at any hour, empty where there is none; `decided_at`: when youth protection
    decided on the rating (None: editors set it). `is_limited`: the answer depends on the country; `country` is the
    viewer's (ISO 3166-1, empty: unknown). `acts` are those on the day, `act_marks` their lines across the bar.
    `history` holds every publication and the newest acts; `was_published`: there is a publication among them.
    """

    public_id: str
    title: str
    rating: str
    is_limited: bool
    country: str
    query: str
    public_url: str
    film_url: str
    decided_at: datetime | None
    edit_url: str
    take_down: TakeDownState
    history_url: str
    day: date
    before: date
    after: date
    bars: tuple[Bar, ...]
    marks: tuple[TimelineMark, ...]
    spans: tuple[SpanRow, ...]
    acts: tuple[MediaAct, ...]
    act_marks: tuple[TimelineMark, ...]
    cells: tuple[Cell, ...]
    counts: dict[str, int]
    was_published: bool
    history: tuple[HistoryRow, ...]


def list_found(words: str) -> tuple[ItemRow, ...]:
    """Return the items, drafts too, whose titles contain each of the words; none for an empty search."""
    return _make_rows(find_titled(words.split()[:WORDS], MOST)) if words.split() else ()


def list_unrated() -> tuple[ItemRow, ...]:
    """Return published items without a rating; they count as 16."""
    return _rows(AgeRating.UNRATED)


def list_restricted() -> tuple[ItemRow, ...]:
    """Return published items rated 16 or 18."""
    return _rows(AgeRating.SIXTEEN, AgeRating.EIGHTEEN)


def _rows(*ratings: AgeRating) -> tuple[ItemRow, ...]:
    return _make_rows(list_published(ratings, MOST))


def _make_rows(videos: Sequence[Video]) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(video.title, RatingWords(video.rating).name, reverse("officer:item", args=[video.public_id]))
        for video in videos
    )


def get_item_view(public_id: str, day: date, country: str = "", *, by: Actor) -> ItemView | None:
    """Return the view of an item for viewers in a country (ISO 3166-1 alpha-2), for the user `by`; None without one."""
    video, item = find_item(public_id), get_playable(public_id)
    if video is None or item is None:
        return None
    zone, changes = ZoneInfo(settings.TIME_ZONE), list_changes(video)
    viewer = replace(ANONYMOUS, territory=_choose_place(item, country))
    one = list_days(item, changes, viewer, [day], zone)[0]
    acts = list_acts_on(video, day, zone)
    year = list_days(item, changes, viewer, days_of_year(day.year), zone)
    place = viewer.territory.code if viewer.territory else ""
    query = f"&land={place}" if place else ""
    bars, marks = draw_day(one, zone, answers := [_answer(span) for span in one.spans])
    return ItemView(
        public_id=public_id,
        title=video.title,
        rating=RatingWords(video.rating).name,
        is_limited=_is_limited(item),
        country=place,
        query=query,
        public_url=video_url(video),
        film_url=preview_url(video),
        decided_at=video.rating_decided_at,
        edit_url=reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
        take_down=describe_take_down(video, by, reverse("officer:item", args=[public_id])),
        history_url=reverse("wagtailsnippets_mediathek_video:history", args=[video.pk]),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        bars=bars,
        marks=marks,
        spans=_list_span_rows(one.spans, answers),
        acts=acts,
        act_marks=draw_acts(one, zone, [(act.at, f"{_clock(act.at)}: {act.what}") for act in acts]),
        cells=_draw_cells(year, reverse("officer:item", args=[public_id]), query),
        counts=count_shares(year),
        was_published=bool(changes),
        history=list_history(video, changes),
    )


def _list_span_rows(spans: Sequence[Span], answers: Sequence[str]) -> tuple[SpanRow, ...]:
    return tuple(
        SpanRow(_clock(span.starts_at), _clock(span.ends_at), answer)
        for span, answer in zip(spans, answers, strict=True)
    )


def _draw_cells(year: Sequence[Day], address: str, query: str) -> tuple[Cell, ...]:
    titles = [_title(day) for day in year]
    return draw_year(year, titles, [f"{address}?tag={day.date.isoformat()}{query}" for day in year])


def _is_limited(item: Playable) -> bool:
    return any(not window.territory.allows(None) for window in item.windows)


def _choose_place(item: Playable, country: str) -> Territory | None:
    """Return the country asked for; else one in which the item may be played, where its territory is limited."""
    try:
        return Territory(country.upper())
    except ValueError:
        listed = [code for window in item.windows if window.territory.is_allow_list for code in window.territory.codes]
        return Territory(min(listed)) if listed else None


def _title(day: Day) -> str:
    name = date_format(day.date, pgettext("date format", "j F"), use_l10n=False)
    spans = [f"{_clock(span.starts_at)}–{_clock(span.ends_at)}" for span in day.spans if span.reason is None]
    return f"{name}: {', '.join(spans) or _('does not play')}"


def _answer(span: Span) -> str:
    return {
        None: _("plays"),
        RefusalReason.UNKNOWN: _("not published"),
        RefusalReason.AGE_LOCKED: _("locked to protect minors"),
        RefusalReason.NOT_YET: _("not yet available"),
        RefusalReason.EXPIRED: _("no longer available"),
        RefusalReason.WITHDRAWN: _("taken back, or never released"),
        RefusalReason.GEO_BLOCKED: _("in certain countries only"),
        RefusalReason.TECHNICAL: _("no media that play"),
    }[span.reason]


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i", use_l10n=False)
