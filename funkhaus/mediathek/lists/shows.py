"""Pages of shows: the list from A to Z, and the page of one show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.queries.pagination import Cursor
from funkhaus.mediathek.lists.breadcrumbs_and_tabs import mediathek_link
from funkhaus.mediathek.lists.card_pages import find_videos, has_videos, list_cards
from funkhaus.mediathek.lists.cards import make_cards
from funkhaus.mediathek.lists.public_videos import Withdrawn
from funkhaus.mediathek.models import Season, Show
from funkhaus.mediathek.rules.list_keys import NEW, fold
from funkhaus.mediathek.vocabulary.addresses import show_url
from funkhaus.mediathek.vocabulary.template_data import SeasonLink, ShowEntry, ShowListView, ShowPageView
from funkhaus.ui.components import Image, Link

# Shows on a page, videos above them, and seasons offered at most: all bound the page.
SHOWS_PAGE, NEWEST, SEASONS_CAP = 90, 8, 100
ALPHABET = "0abcdefghijklmnopqrstuvwxyz"  # initials as `fold` returns them; 0 for all digits


class ShowRow(NamedTuple):
    """The columns that a list needs of a show, as plain values."""

    pk: int
    public_id: str
    slug: str
    title: str
    teaser: str
    picture_id: int | None
    sort_title: str


def read_shows(shows: QuerySet[Show]) -> list[ShowRow]:
    """Return the rows of shows for `list_entries` (one query)."""
    return [ShowRow._make(row) for row in shows.values_list(*ShowRow._fields)]


def list_entries(shows: Iterable[ShowRow]) -> tuple[ShowEntry, ...]:
    """Return shows with their pictures for lists (one query)."""
    rows = list(shows)
    images = load_show_images(rows)
    return tuple(_make_entry(show, images) for show in rows)


def get_show_list_view(now: datetime, start: str = "") -> ShowListView:
    """Return the list from A to Z, starting at `start`, of published shows with available videos.

    The first page has the newest videos as well. If all shows fit on one page, the letters link within it.
    """
    rows = Show.objects.filter(has_videos("show:", now), live=True, sort_title__gte=fold(start))
    shows = read_shows(rows.order_by("sort_title", "pk")[: SHOWS_PAGE + 1])
    rest, shows = shows[SHOWS_PAGE:], shows[:SHOWS_PAGE]
    letters = tuple(
        (letter, tuple(group))
        for letter, group in groupby(list_entries(shows), key=lambda show: first_letter(show.title))
    )
    is_whole = not start and not rest
    return ShowListView(
        letters=letters,
        jumps=_list_jumps(letters if is_whole else None),
        following=rest[0].sort_title if rest else "",
        is_first=not start,
        newest=() if start else list_cards(NEW, now, limit=NEWEST).cards,
    )


def _list_jumps(letters: tuple[tuple[str, object], ...] | None) -> tuple[Link, ...]:
    if letters is None:
        return tuple(Link("0–9" if one == "0" else one.upper(), f"?ab={one}") for one in ALPHABET)
    return tuple(Link(letter, f"#abc-{number}") for number, (letter, _shows) in enumerate(letters, 1))


def _make_entry(show: ShowRow, images: Mapping[int, Image]) -> ShowEntry:
    return ShowEntry(show.title, show_url(show), show.teaser, images.get(show.pk))


def first_letter(title: str) -> str:
    """Return the letter that a title is listed under; «0–9» for one that starts with no letter."""
    letter = fold(title)[:1].upper()
    return letter if letter.isalpha() else "0–9"


def load_show_images(shows: Iterable[Show | ShowRow]) -> dict[int, Image]:
    """Return the pictures of shows by the show's key (one query)."""
    owners = {show.pk: show.picture_id for show in shows if show.picture_id}
    images = load_images((picture, Shape.WIDE) for picture in owners.values())
    return {pk: images[picture, Shape.WIDE] for pk, picture in owners.items() if (picture, Shape.WIDE) in images}


def get_show_page_view(
    public_id: str, now: datetime, *, season: int | None = None, is_in_order: bool = False, after: Cursor | None = None
) -> ShowPageView | Withdrawn | None:
    """Return a show's page with its newest episodes, or with those of one season in either order.

    `Withdrawn` for a show that was public once; None for an unknown show or season.
    """
    show = Show.objects.filter(public_id=public_id).first()
    if show is None or (not show.live and show.first_published_at is None):
        return None
    if not show.live:
        return Withdrawn()
    seasons = list(show.seasons.order_by("-number")[:SEASONS_CAP])
    chosen = next((one for one in seasons if one.number == season), None)
    if season is not None and chosen is None:
        return None
    key = f"season:{chosen.pk}" if chosen else f"show:{show.pk}"
    videos, following = find_videos(key, now, after=after, is_ascending=is_in_order)
    return ShowPageView(
        address=show_url(show),
        above=(mediathek_link(),),
        title=show.title,
        teaser=show.teaser,
        description=show.description,
        image=load_show_images([show]).get(show.pk),
        seasons=tuple(SeasonLink(describe_season(one), one.number, is_chosen=one == chosen) for one in seasons),
        chosen=chosen.number if chosen else None,
        chosen_title=describe_season(chosen) if chosen else "",
        is_in_order=is_in_order,
        is_first=after is None,
        cards=make_cards(videos),
        following=str(following or ""),
    )


def describe_season(season: Season) -> str:
    """Return a season's title, else its number as text."""
    return season.title or _("Season %(number)d") % {"number": season.number}
