"""What lists of stories cost, whatever the number of stories, and that they follow the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from funkhaus.mediathek.tests.lists.test_list_costs import count_steps, counting
from funkhaus.mediathek.tests.lists.test_list_plans import judge
from funkhaus.mediathek.tests.many import renew_statistics
from funkhaus.newsroom.lists.list_index import index_all_stories
from funkhaus.newsroom.models import ArticlePage, Author, NewsIndexPage, SectionPage, Shelf, StoryListing, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.newsroom.tests.many import fill_stories
from tests.site import ensure_site

pytestmark = pytest.mark.django_db

SECTION, TOPIC, AUTHOR = "/nachrichten/region/", "/nachrichten/hochwasser/", "/autoren/ada/"
ADDRESSES = ("/", "/nachrichten/", SECTION, TOPIC, AUTHOR, "/nachrichten/selten/")


@pytest.fixture
def section(db: None) -> SectionPage:
    ensure_site()
    return make_section()


@pytest.fixture
def topic(section: SectionPage) -> TopicPage:
    index = NewsIndexPage.objects.get()
    made: TopicPage = index.add_child(instance=TopicPage(title="Hochwasser", slug="hochwasser", locale=index.locale))
    return made


@pytest.fixture
def fill(section: SectionPage, topic: TopicPage) -> Callable[[int], None]:
    author = Author.objects.create(name="Ada", slug="ada")
    make_article(make_section("selten"), "alt", first_published_at=timezone.now() - timedelta(days=900))
    shelf = Shelf(title="Hochwasser", stands_on=section, kind="topic", topic=topic)
    shelf.save()

    def fill(count: int) -> None:
        fill_stories(section, count, timezone.now(), topic, author)

    return fill


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts SQLite's own instructions")
def test_ten_times_the_stories_cost_no_list_more(client: Client, fill: Callable[[int], None]) -> None:
    fill(300)
    second = client.get(SECTION).content.decode().split("?ab=")[1].split('"')[0]
    addresses = (*ADDRESSES, f"{SECTION}?ab={second}")
    small = {path: (client.get(path), count_steps(client, path))[1] for path in addresses}
    fill(2_700)
    grown = {path: (client.get(path), count_steps(client, path))[1] / small[path] for path in addresses}
    assert {path: round(by, 2) for path, by in grown.items() if by > 1.3} == {}


def test_no_list_of_stories_reads_a_whole_table_or_sorts_a_whole_list(
    client: Client, fill: Callable[[int], None]
) -> None:
    fill(600)
    renew_statistics()
    assert {path: faults for path in ADDRESSES if (faults := judge_stories(client, path))} == {}
    for path in ADDRESSES:
        with counting() as seen:
            assert b"fh-teaser-words" in client.get(path).content, path
        assert len(seen) <= 8, (path, len(seen))
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX newsroom_listing_place")
    assert judge_stories(client, SECTION)


def judge_stories(client: Client, path: str) -> list[str]:
    """Faults of a page's plans; on PostgreSQL without those of tables that are empty here."""
    faults = judge(client, path)
    return (
        faults if connection.vendor == "sqlite" else [one for one in faults if "mediathek" not in one.split(" in ")[0]]
    )


def lists(page: ArticlePage) -> dict[str, int]:
    return dict(StoryListing.objects.filter(page=page).values_list("key", "sort_key"))


def test_a_story_stands_where_its_page_says(section: SectionPage, topic: TopicPage) -> None:
    author = Author.objects.create(name="Ada", slug="ada")
    page = make_article(section, topics=[topic], authors=[author])
    second = int(page.first_published_at.timestamp())
    own = {"new", f"section:{section.pk}", f"topic:{topic.pk}", f"author:{author.pk}"}
    assert lists(page) == dict.fromkeys(own, second)
    page.topics = []
    page.save_revision()
    assert len(lists(page)) == 4  # a draft changes nothing
    page.embargo_until = page.first_published_at + timedelta(hours=2)
    page.save_revision().publish()
    assert lists(page) == dict.fromkeys(own - {f"topic:{topic.pk}"}, second + 7200)
    other = make_section("kultur")
    page.move(other, pos="last-child")
    assert f"section:{other.pk}" in lists(page)
    assert f"section:{section.pk}" not in lists(page)
    page.unpublish()
    assert lists(page) == {}


def test_a_save_makes_the_lists_of_a_story_once(section: SectionPage, topic: TopicPage) -> None:
    page = make_article(section)
    page.topics, page.authors = [topic], [Author.objects.create(name="Ada", slug="ada")]
    page.embargo_until = page.first_published_at + timedelta(hours=2)
    with counting() as seen:
        page.save_revision().publish()
    asked = [sql for sql, _values in seen if sql.startswith("SELECT") and "newsroom_storylisting" in sql]
    assert len(asked) == 1, asked
    assert len(lists(page)) == 4


def test_lists_can_be_made_anew(section: SectionPage, topic: TopicPage) -> None:
    page = make_article(section, topics=[topic])
    make_article(section, "entwurf", live=False)
    before = lists(page)
    StoryListing.objects.all().delete()
    StoryListing.objects.create(key="author:1", sort_key=5, page=page)
    assert index_all_stories() == 2
    assert lists(page) == before
    assert StoryListing.objects.count() == len(before) == 3


def test_a_section_that_publishes_rarely_keeps_its_place_on_the_first_page(
    client: Client, fill: Callable[[int], None]
) -> None:
    fill(300)
    for path in ("/", "/nachrichten/"):
        assert "/nachrichten/selten/alt/" in client.get(path).content.decode(), path
