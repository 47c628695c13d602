"""The page «Missed it?»: the broadcasts of a day, with cards of the available videos."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funkhaus.mediathek.lists.breadcrumbs_and_tabs import mediathek_link
from funkhaus.mediathek.lists.cards import find_available, make_cards
from funkhaus.mediathek.models import Broadcast, Channel
from funkhaus.mediathek.vocabulary.template_data import BroadcastRow, MissedView
from funkhaus.ui.components import Link
from funkhaus.ui.time_phrases import describe_weekday

# A week to choose from, broadcasts on a page, and the channels offered at most: all bound the page.
DAYS, ROWS, CHANNELS_CAP = 7, 30, 30


class _Airing(NamedTuple):
    """A broadcast as a plain row."""

    starts_at: datetime
    title: str
    video_id: int | None
    video__title: str | None
    video__live: bool | None
    channel__name: str


def get_missed_view(now: datetime, day: date | None, channel: str, begin: int = 0) -> MissedView | None:
    """Return the broadcasts of a day (default: today) until `now`, from minute `begin` of the day on.

    `channel` is a slug, empty for all. None for an unknown channel and for a future day.
    """
    today = timezone.localdate(now)
    day = day or today
    channels = list(Channel.objects.order_by("name")[:CHANNELS_CAP])
    chosen = next((one for one in channels if one.slug == channel), None)
    if (channel and chosen is None) or day > today:
        return None
    starts = _at(day) + timedelta(minutes=begin)
    rows = Broadcast.objects.filter(starts_at__gte=starts, starts_at__lt=min(_at(day + timedelta(days=1)), now))
    if chosen:
        rows = rows.filter(channel=chosen)
    found = [_Airing(*row) for row in rows.order_by("starts_at", "pk").values_list(*_Airing._fields)[: ROWS + 1]]
    rest, found = found[ROWS:], found[:ROWS]
    return MissedView(
        above=(mediathek_link(),),
        day=describe_weekday(day),
        days=tuple(
            Link(_say_day(one, today), _address(one, channel), is_current=one == day)
            for one in (today - timedelta(days=back) for back in range(DAYS))
        ),
        channels=_list_channels(channels, chosen, day),
        rows=_make_rows(found, now),
        following=_address(day, channel, _minute(rest[0].starts_at, day)) if rest else "",
    )


def _list_channels(channels: list[Channel], chosen: Channel | None, day: date) -> tuple[Link, ...]:
    if len(channels) < 2:
        return ()
    every = Link(_("All channels"), _address(day, ""), is_current=chosen is None)
    return (every, *(Link(one.name, _address(day, one.slug), is_current=one == chosen) for one in channels))


def _make_rows(broadcasts: list[_Airing], now: datetime) -> tuple[BroadcastRow, ...]:
    """Return rows with cards of available videos; titles of unpublished videos are omitted."""
    keys = {one.video_id for one in broadcasts if one.video_id}
    videos = find_available(keys, now)
    cards = dict(zip(videos, make_cards(videos.values()), strict=True))
    rows = []
    for one in broadcasts:
        card = cards.get(one.video_id or 0)
        title = one.title or (one.video__title or "" if one.video__live else "")
        if title:
            rows.append(BroadcastRow(one.starts_at, one.channel__name, title, card))
    return tuple(rows)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _minute(moment: datetime, day: date) -> int:
    return int((moment - _at(day)).total_seconds() // 60)


def _address(day: date, channel: str, begin: int = 0) -> str:
    fields = {"tag": day.isoformat(), **({"sender": channel} if channel else {}), **({"ab": begin} if begin else {})}
    return f"{reverse('mediathek:missed-list')}?{urlencode(fields)}"


def _say_day(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "D, j. n." if get_language() == "de" else "D, j M")
