"""Pages that list videos: new, films, audio, genres, people, ending soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.cms.queries.pagination import Cursor
from funkhaus.mediathek.lists.breadcrumbs_and_tabs import mediathek_link
from funkhaus.mediathek.lists.card_pages import find_videos, has_videos, list_cards
from funkhaus.mediathek.lists.cards import make_cards
from funkhaus.mediathek.models import Genre, Person
from funkhaus.mediathek.rules.list_keys import ENDS, NEW
from funkhaus.mediathek.vocabulary.addresses import genre_url, person_url
from funkhaus.mediathek.vocabulary.template_data import GenreListView, ListView
from funkhaus.ui.components import Link

LAST_CHANCE = timedelta(days=14)  # stated in the page's texts
GENRES_CAP = 60  # more than a catalogue has; bounds the query


@dataclass(frozen=True)
class ListHead:
    """The head of a list's page: title, introduction, and its address or the tab (URL name) that it stands under."""

    title: str
    intro: str = ""
    tab: str = ""
    address: str = ""
    above: tuple[Link, ...] = ()


def get_new_list(now: datetime, after: Cursor | None) -> ListView:
    """Return a page of all available videos, newest first."""
    return compose_list(NEW, ListHead(_("New in the Mediathek"), tab="new-list"), now, after)


def get_film_list(now: datetime, after: Cursor | None) -> ListView:
    """Return a page of the available films, newest first."""
    return compose_list("kind:film", ListHead(_("Films"), tab="film-list"), now, after)


def get_audio_list(now: datetime, after: Cursor | None) -> ListView:
    """Return a page of the available audio items, newest first."""
    return compose_list("kind:audio", ListHead(_("Audio"), tab="audio-list"), now, after)


def get_ending_list(now: datetime, after: Cursor | None) -> ListView:
    """Return a page of the videos whose availability ends within a fortnight, soonest first."""
    latest = int((now + LAST_CHANCE).timestamp())
    videos, following = find_videos(ENDS, now, after=after, is_ascending=True, latest=latest)
    return ListView(
        address=reverse("mediathek:ending-list"),
        tab="ending-list",
        above=(mediathek_link(),),
        title=_("Last chance"),
        intro=_("What goes within the next two weeks, the next to go first."),
        cards=make_cards(videos),
        following=str(following or ""),
        is_first=after is None,
        nothing=_("Nothing goes within the next two weeks."),
    )


def get_genre_list(now: datetime) -> GenreListView:
    """Return the page of the genres that have available videos."""
    genres = Genre.objects.filter(has_videos("genre:", now))[:GENRES_CAP]
    return GenreListView((mediathek_link(),), tuple(Link(genre.name, genre_url(genre)) for genre in genres))


def get_genre_page(slug: str, now: datetime, after: Cursor | None) -> ListView | None:
    """Return a page of the videos of a genre, newest first; None without such a genre."""
    genre = Genre.objects.filter(slug=slug).first()
    if genre is None:
        return None
    above = Link(_("Genres"), reverse("mediathek:genre-list"))
    head = ListHead(genre.name, address=genre_url(genre), above=(above,))
    return compose_list(f"genre:{genre.pk}", head, now, after)


def get_person_page(public_id: str, now: datetime, after: Cursor | None) -> ListView | None:
    """Return a page of a person's videos, newest first; None for a person without available videos."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        return None
    view = compose_list(f"person:{person.pk}", ListHead(person.name, address=person_url(person)), now, after)
    return view if view.cards else None


def compose_list(key: str, head: ListHead, now: datetime, after: Cursor | None) -> ListView:
    """Return a page of the list `key` after the cursor `after`, with its head."""
    page = list_cards(key, now, after=after)
    return ListView(
        address=head.address or reverse(f"mediathek:{head.tab}"),
        tab=head.tab,
        above=(mediathek_link(), *head.above),
        title=head.title,
        intro=head.intro,
        cards=page.cards,
        following=str(page.following or ""),
        is_first=after is None,
        nothing=_("There is nothing to watch here at the moment."),
    )
