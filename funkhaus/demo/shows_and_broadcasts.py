"""The demo's shows, and genres, people and broadcasts of its videos."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.models import Broadcast, Channel, Credit, Genre, Person, Season, Show, Video

if TYPE_CHECKING:
    from funkhaus.cms.models import Picture

SHOWS = (
    (
        "tidenzeit",
        "Tidenzeit",
        "fluss",
        "Das Magazin vom Wasser: Menschen und Geschichten zwischen Ebbe und Flut.",
        "Jede Woche eine Geschichte aus Tidenhorst und vom Ufer der Ahle.",
        False,
    ),
    (
        "kleine-flut",
        "Kleine Flut",
        "park",
        "Geschichten zum Schauen für alle, die noch nicht lesen.",
        "Jeden Abend eine, bevor das Licht ausgeht.",
        True,
    ),
)
GENRES = {
    "dokumentation": ("Dokumentation", ("morgen-am-kai", "linie-vier", "markttag")),
    "film": ("Film und Serie", ("nachtfahrt",)),
    "kinder": ("Für Kinder", ("mond-geht-baden", "linie-vier")),
    "wissen": ("Wissen", ("testbild", "markttag")),
}
CREDITS = {
    "nachtfahrt": (
        ("Jette Brook", "cast", "Lotse Harms"),
        ("Malte Vierck", "cast", "Die Stimme"),
        ("Ada Sörensen", "direction", ""),
        ("Bo Tamm", "music", ""),
    ),
    "morgen-am-kai": (("Ada Sörensen", "report", ""), ("Bo Tamm", "camera", "")),
}
# Hours ago, length in minutes, video (empty: a title alone), title
BROADCASTS = (
    (3, 30, "morgen-am-kai", ""),
    (5, 15, "", "Wetter für die Küste"),
    (8, 30, "linie-vier", ""),
    (26, 90, "nachtfahrt", ""),
    (29, 30, "markttag", ""),
    (33, 10, "mond-geht-baden", ""),
)


def add_shows(*, pictures: dict[str, Picture]) -> dict[str, tuple[Show, Season]]:
    """Store the shows with a season each; return both by key."""
    made = {}
    for key, title, scene, teaser, description, for_kids in SHOWS:
        show = Show(
            title=title,
            slug=key,
            teaser=teaser,
            description=description,
            picture=pictures[scene],
            is_for_kids=for_kids,
            live=False,
        )
        show.save()
        show.save_revision().publish()
        made[key] = (show, Season.objects.create(show=show, number=1))
    return made


def add_ways(*, videos: dict[str, Video], now: datetime) -> None:
    """Store genres, people, and a channel with the videos' broadcasts."""
    for order, (slug, (name, keys)) in enumerate(GENRES.items(), 1):
        genre = Genre.objects.create(name=name, slug=slug, order=order)
        for key in keys:
            videos[key].genres.add(genre)
    people: dict[str, Person] = {}
    for key, named in CREDITS.items():
        for order, (name, role, character) in enumerate(named):
            person = people.get(name) or Person.objects.create(name=name, slug=make_slug(name))
            people[name] = person
            videos[key].credits.add(Credit(person=person, role=role, character=character, sort_order=order))
    for video in videos.values():
        video.save()
        video.save_revision().publish()  # otherwise the editing pages would report unpublished changes
    channel = Channel.objects.create(name="Tidenhorst 1", slug="tidenhorst-1")
    start = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    for hours, minutes, key, title in BROADCASTS:
        begin = start - timedelta(hours=hours)
        Broadcast.objects.create(
            channel=channel,
            video=videos[key] if key else None,
            title=title,
            starts_at=begin,
            ends_at=begin + timedelta(minutes=minutes),
        )
