"""A house with twelve curated shelves of every kind on its home page: for the tests that count and for the bench."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from funkhaus.mediathek.models import Genre, Show, Video
from funkhaus.mediathek.tests.many import fill, renew_statistics
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, Shelf, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from tests.site import ensure_site

SECTIONS = ("region", "kultur", "wissen", "sport")


def make_shelf(title: str, kind: str = "picked", items: tuple[tuple[str, int], ...] = (), **details: Any) -> Shelf:
    """A published shelf, on the home page unless told otherwise."""
    raw = json.dumps([{"type": name, "value": key} for name, key in items])
    return Shelf.objects.create(title=title, kind=kind, items=raw, **details)


def make_topic(title: str, slug: str) -> TopicPage:
    """A published topic."""
    index = NewsIndexPage.objects.get()
    topic = TopicPage(title=title, slug=slug, introduction=f"Alles über {title}.", locale=index.locale)
    made: TopicPage = index.add_child(instance=topic)
    return made


def make_twelve(now: datetime, *, stories: int = 60, videos: int = 300) -> list[Shelf]:
    """Stories with pictures, a catalogue, and twelve shelves: four sections, two topics, two by hand, four of films."""
    ensure_site()
    fill(videos, now)
    pictures = [make_picture(title=f"Hafen {number}") for number in range(6)]
    sections = [make_section(slug) for slug in SECTIONS]
    topics = [make_topic("Hochwasser", "hochwasser"), make_topic("Der Turm", "der-turm")]
    pages: list[ArticlePage] = []
    for number in range(stories):
        page = make_article(
            sections[number % len(sections)],
            f"a{number}",
            title=f"Was am Hafen geschah, Teil {number}",
            picture=pictures[number % len(pictures)],
            topics=[topics[number % 2]],
            first_published_at=now - timedelta(hours=number),
        )
        page.save()
        pages.append(page)
    Video.objects.update(picture=pictures[0])
    show, seen = Show.objects.order_by("pk")[0], Video.objects.filter(live=True).order_by("pk")[3]
    by_hand = (
        *(("story", page.pk) for page in pages[-3:]),
        ("video", seen.pk),
        ("show", show.pk),
        ("topic", topics[1].pk),
    )
    made = [
        make_shelf(section.title, "section", section=section, place=number) for number, section in enumerate(sections)
    ]
    made += [make_shelf(topic.title, "topic", topic=topic, place=20) for topic in topics]
    made += [make_shelf(title, "picked", by_hand, place=1) for title in ("Unsere Wahl", "Zum Wochenende")]
    made += [make_shelf(kind, kind, place=30) for kind in ("new", "ending")]
    made += [
        make_shelf("Aus der Sendung", "show", show=show, place=40),
        make_shelf("Krimi", "genre", genre=Genre.objects.get(slug="krimi"), place=50),
    ]
    renew_statistics()
    return made
