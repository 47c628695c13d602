"""Curated shelves on the home page and on section pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from funkhaus.accounts.models import User
from funkhaus.cms.scheduling import keep_schedule
from funkhaus.mediathek.models import AvailabilityWindow, Genre, Show, Video
from funkhaus.mediathek.services import index_everything
from funkhaus.mediathek.tests.many import fill
from funkhaus.newsroom.models import ArticlePage, SectionPage, Shelf
from funkhaus.newsroom.services import withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.newsroom.tests.fronts.twelve import make_shelf, make_topic, make_twelve
from tests.checkers.html_check import find_markup_faults
from tests.counting import count_queries
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db: None) -> SectionPage:
    cache.clear()
    ensure_site()
    return make_section()


def read_shelves(client: Client, path: str = "/") -> dict[str, list[str]]:
    """Titles of the shelves with the headlines on each."""
    html = client.get(path).content.decode()
    parts = re.split(r'<h2 id="regal-\d+"[^>]*>', html.partition('<h2 id="alle"')[0])[1:]
    return {
        re.sub("<[^>]*>", "", part.partition("</h2>")[0]): re.findall(r'class="fh-headline">([^<]*)<', part)
        for part in parts
    }


def test_twelve_shelves_of_every_kind_cost_at_most_eight_queries(client: Client, db: None) -> None:
    cache.clear()
    shelves = make_twelve(timezone.now())
    client.get("/")
    with count_queries() as seen:
        response = client.get("/")
    assert len(seen) <= 8, seen
    found = read_shelves(client)
    assert set(found) == {shelf.title for shelf in shelves}
    assert [len(found[title]) for title in ("Unsere Wahl", "Region", "Hochwasser", "new", "Krimi")] == [6] * 5
    assert find_markup_faults(response.content.decode()) == []


def test_what_stands_above_is_not_repeated_unless_somebody_chose_it(client: Client, section: SectionPage) -> None:
    now = timezone.now()
    pages = [
        make_article(section, f"a{n}", title=f"Teil {n}", first_published_at=now - timedelta(hours=n)) for n in range(9)
    ]
    make_shelf("Region", "section", section=section, place=1, count=3)
    make_shelf("Wahl", items=(("story", pages[4].pk), ("story", pages[0].pk)), place=2)
    make_shelf("Region noch einmal", "section", section=section, place=3)
    assert read_shelves(client) == {
        "Region": ["Teil 5", "Teil 6", "Teil 7"],  # 0 to 3 lead, 4 was chosen
        "Wahl": ["Teil 4", "Teil 0"],
        "Region noch einmal": ["Teil 8"],
    }


def hide_by_draft(page: ArticlePage) -> None:
    page.unpublish()


def hide_by_embargo(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(embargo_until=timezone.now() + timedelta(hours=1))


def hide_by_end(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def hide_by_withdrawal(page: ArticlePage) -> None:
    withdraw_page(page=page, reason="error", note="", user=None)
    ArticlePage.objects.filter(pk=page.pk).update(live=True)


def hide_by_privacy(page: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("hide", [hide_by_draft, hide_by_embargo, hide_by_end, hide_by_withdrawal, hide_by_privacy])
def test_a_story_that_is_not_public_stands_on_no_shelf(
    client: Client, section: SectionPage, hide: Callable[[ArticlePage], None]
) -> None:
    topic = make_topic("Flut", "flut")
    for number in range(5):
        make_article(section, f"oben{number}", first_published_at=timezone.now())
    page = make_article(section, "geheim", title="Das Geheimnis", topics=[topic])
    page.save()
    make_shelf("Region", "section", section=section)
    make_shelf("Flut", "topic", topic=topic)
    make_shelf("Wahl", items=(("story", page.pk),))
    make_shelf("Im Ressort", items=(("story", page.pk),), stands_on=section)
    assert "Das Geheimnis" in client.get("/").content.decode()
    assert read_shelves(client, "/nachrichten/region/")["Im Ressort"] == ["Das Geheimnis"]
    hide(page)
    for path in ("/", "/nachrichten/region/"):
        assert "Das Geheimnis" not in client.get(path).content.decode()


def test_videos_shows_and_topics_that_are_not_public_stand_on_no_shelf(client: Client, section: SectionPage) -> None:
    fill(60, timezone.now())
    index_everything()
    topic, show = make_topic("Flut", "flut"), Show.objects.order_by("pk")[0]
    video = Video.objects.filter(pk__in=Video.objects.filter(live=True, show=show), windows__ends_at=None).first()
    assert video is not None
    by_hand = (("video", video.pk), ("show", show.pk), ("topic", topic.pk), ("video", 999_999))
    make_shelf("Wahl", items=by_hand)
    make_shelf("Neu", "new", count=12)
    assert read_shelves(client)["Wahl"] == [video.title, show.title, topic.title]
    AvailabilityWindow.objects.filter(video=video).update(starts_at=timezone.now() + timedelta(hours=1))
    Show.objects.filter(pk=show.pk).update(live=False)
    topic.unpublish()
    found = read_shelves(client)
    assert "Wahl" not in found, "a shelf with nothing to show is not there"
    assert video.title not in found["Neu"]


def test_without_curated_shelves_the_pages_arrange_themselves(client: Client, section: SectionPage) -> None:
    for number in range(6):
        make_article(section, f"a{number}")
    automatic = client.get("/").content
    shelf = make_shelf("Wahl", items=(("story", ArticlePage.objects.all()[5].pk),))
    assert client.get("/").content != automatic
    shelf.unpublish()
    assert client.get("/").content == automatic


def test_a_shelf_comes_and_goes_by_its_schedule(client: Client, section: SectionPage) -> None:
    now, page = timezone.now(), make_article(section)
    shelf = make_shelf("Wahl", items=(("story", page.pk),), live=False, go_live_at=now + timedelta(hours=1))
    shelf.expire_at = now + timedelta(hours=2)
    shelf.save_revision().publish()
    for minutes, expected in ((59, []), (61, ["Wahl"]), (119, ["Wahl"])):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            keep_schedule(timezone.now())
            assert list(read_shelves(client)) == expected, minutes
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert read_shelves(client) == {}, "the end needs no background work"
        keep_schedule(timezone.now())
        assert Shelf.objects.get().expired


def test_a_shelf_says_what_it_takes_its_items_from(section: SectionPage) -> None:
    fill(1, timezone.now())
    for kind, source in (("picked", "items"), ("section", "section"), ("topic", "topic"), ("show", "show")):
        with pytest.raises(ValidationError) as refusal:
            Shelf(title="x", kind=kind).full_clean()
        assert set(refusal.value.message_dict) == {source}
    Shelf(title="x", kind="genre", genre=Genre.objects.first()).full_clean()
    Shelf(title="x", kind="new").full_clean()


def test_editors_arrange_shelves_and_authors_do_not(client: Client, section: SectionPage) -> None:
    ensure_groups()
    for name, status in (("Autoren", 302), ("Jugendschutz", 302), ("Redaktion", 200), ("Chefredaktion", 200)):
        user = User.objects.create_user(name)
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        assert client.get("/redaktion/regale/add/").status_code == status, name
    fields = {"title": "Neu", "kind": "new", "place": "1", "count": "6", "items-count": "0", "stands_on": ""}
    answer = client.post("/redaktion/regale/add/", fields | {"action-publish": "1"})
    assert answer.status_code == 302, answer.content.decode()
    shelf = Shelf.objects.get()
    assert (shelf.live, shelf.list_key) == (True, "new")
    assert "Neu" in client.get("/redaktion/regale/").content.decode()
