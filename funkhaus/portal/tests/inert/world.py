"""A small house with one item of each kind that has drafts: public, with an older revision, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from funkhaus.accounts.models import User
from funkhaus.mediathek.models import AvailabilityRule, AvailabilityTerm, Credit, Genre, Person, Season, Show, Video
from funkhaus.mediathek.selectors import genre_url, person_url, show_url, video_url
from funkhaus.newsroom.models import Author, ProgrammeReference, Shelf, ShelfKind, TopicLead, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_picture, make_section, write_post
from funkhaus.playback.tests.making import make_video
from funkhaus.portal.services import ensure_groups, ensure_site

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)  # noon in Berlin
# The first one publishes, so that Wagtail lets it try to write over what is a record: its own, and the newest.
ROLES = ("Redaktion", "Autoren", "Chefredaktion", "Jugendschutz", "Datenschutz", "Betrieb")
OLD = "Früherer Titel"


@dataclass
class World:
    """The items by kind, the clients by role, one with all rights that reads the forms, and the form read last."""

    items: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    reader: Client = field(default_factory=Client)
    extra: list[str] = field(default_factory=list)
    forms: dict[Any, Any] = field(default_factory=dict)

    def list_addresses(self) -> list[str]:
        """Return the public addresses of everything and the lists that it stands in."""
        pages = [page.specific.url for page in Page.objects.filter(live=True, depth__gt=1)]
        lists = [
            "/sendungen/",
            "/neu/",
            "/filme/",
            "/audio/",
            "/letzte-chance/",
            "/genres/",
            "/kinder/",
            "/barrierefrei/",
        ]
        return [*pages, *lists, "/suche/?q=hafen", "/suche/?q=anders", *self.extra]


def build_world() -> World:
    """Make the house at `NOW`; the caller has stopped the clock."""
    cache.clear()
    ensure_site()
    ensure_groups()
    world = World()
    for role in ROLES:
        user = User.objects.create_user(role, password="x", email=f"{role}@example.org")
        user.groups.add(Group.objects.get(name=role))
        world.clients[role] = Client()
        world.clients[role].force_login(user)
    world.reader.force_login(User.objects.create_superuser("alles", password="x"))
    _add_catalogue(world)
    _add_pages(world)
    for item in world.items.values():
        publish_twice(item)
    cache.clear()
    return world


def publish_twice(item: Any) -> None:
    """Publish the item with an older title first, so that there is a revision to go back to."""
    title = item.title
    for name in (OLD, title):
        item.title = name
        item.save_revision(user=User.objects.get(username=ROLES[0])).publish()
        item.refresh_from_db()


def _add_catalogue(world: World) -> None:
    other = make_video(title="Andere Folge", slug="andere", age_rating="12", starts_at=NOW - timedelta(days=9))
    genre, spare = (Genre.objects.create(name=name, slug=name.lower()) for name in ("Krimi", "Reise"))
    rule = AvailabilityRule.objects.create(name="Serie")
    AvailabilityTerm.objects.create(rule=rule, months=3, valid_from=NOW - timedelta(days=400))
    AvailabilityRule.objects.create(name="Film")
    show = Show.objects.create(title="Die Hafenwache", slug="hafenwache", live=True)
    show.genres.add(genre)
    Show.objects.create(title="Zweite Reihe", slug="zweite", live=True).genres.add(spare)
    season = Season.objects.create(show=show, number=1)
    fields: dict[str, Any] = {"title": "Nachts am Hafen", "slug": "nachts", "age_rating": "0", "kind": "episode"}
    fields |= {"show": show, "season": season, "episode_number": 1, "availability_rule": rule}
    video = make_video(starts_at=NOW - timedelta(days=9), **fields)
    video.genres.add(genre)
    person = Person.objects.create(name="Ada", slug="ada")
    Person.objects.create(name="Ben", slug="ben")
    Credit.objects.create(video=video, person=person, role="cast")
    world.items |= {"video": Video.objects.get(pk=video.pk), "show": Show.objects.get(pk=show.pk)}
    world.extra += [video_url(video), video_url(other), show_url(show), genre_url(genre), person_url(person)]


def _add_pages(world: World) -> None:
    owner = User.objects.get(username="Autoren")
    section, other = make_section(), make_section("kultur")
    article = make_article(section, owner=owner, picture=make_picture())
    second = make_article(other, "zweiter", title="Der zweite Turm", owner=owner)
    live = make_liveblog(section, owner=owner)
    write_post(live, "Der Kran ist da")
    index = Page.objects.get(slug="nachrichten").specific
    topic = index.add_child(instance=TopicPage(title="Hafenausbau", slug="hafenausbau", locale=index.locale))
    TopicLead.objects.create(topic=topic, story=article)
    index.add_child(instance=TopicPage(title="Hochwasser", slug="hochwasser", locale=index.locale))
    author = Author.objects.create(name="Cora", slug="cora")
    Author.objects.create(name="Dora", slug="dora")
    article.authors.add(author)
    article.topics.add(topic)
    article.save()
    ProgrammeReference.objects.create(article=article, video=world.items["video"])
    shelf = Shelf.objects.create(title="Neu", kind=ShelfKind.SECTION, section=section, live=True)
    pages = {"article": article, "liveblog": live, "section": section, "topic": topic, "index": index}
    pages |= {"home": Page.objects.get(depth=2).specific, "standing": Page.objects.get(slug="hilfe").specific}
    for name, page in pages.items():
        world.items[name] = type(page).objects.get(pk=page.pk)
    world.items["shelf"] = shelf
    world.extra += ["/autoren/cora/", second.url]


def list_revisions(item: Any) -> Iterator[Any]:
    """Yield the item's revisions, oldest first."""
    yield from item.revisions.order_by("created_at", "pk")
