"""Topics, authors, standing pages."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from funkhaus.newsroom.models import ArticlePage, Author, NewsIndexPage, SectionPage, StandingPage, TopicLead, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from tests.site import ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db: None) -> SectionPage:
    cache.clear()
    ensure_site()
    return make_section()


def make_topic(**details: object) -> TopicPage:
    index = NewsIndexPage.objects.get()
    made: TopicPage = index.add_child(
        instance=TopicPage(title="Hochwasser", slug="hochwasser", locale=index.locale, **details)
    )
    return made


def order(html: str, *slugs: str) -> list[str]:
    found = re.findall(r"/nachrichten/region/([a-z]+)/", html)
    return [slug for slug in dict.fromkeys(found) if slug in slugs]


def test_a_topic_leads_with_what_was_chosen_and_streams_the_rest(section: SectionPage, client: Client) -> None:
    topic = make_topic(introduction="Wenn das Wasser kommt.")
    now = timezone.now()
    for number, slug in enumerate(("neu", "alt", "gewaehlt")):
        make_article(section, slug, topics=[topic], first_published_at=now - timedelta(hours=number)).save()
    make_article(section, "fremd").save()
    chosen, hidden = ArticlePage.objects.get(slug="gewaehlt"), make_article(section, "geheim", live=False)
    topic.leads = [TopicLead(story=hidden, sort_order=0), TopicLead(story=chosen, sort_order=1)]
    topic.save()
    html = client.get("/nachrichten/hochwasser/").content.decode()
    assert order(html, "neu", "alt", "gewaehlt", "fremd", "geheim") == ["gewaehlt", "neu", "alt"]
    assert "Wenn das Wasser kommt." in html
    assert 'href="/nachrichten/hochwasser/"' in client.get("/nachrichten/region/neu/").content.decode()
    assert client.get("/nachrichten/hochwasser/?ab=17-alt").status_code == 404
    assert client.get("/nachrichten/hochwasser/?ab=alt").status_code == 404


def test_a_topic_that_is_no_longer_public_is_not_named(section: SectionPage, client: Client) -> None:
    topic = make_topic()
    make_article(section, topics=[topic]).save()
    topic.unpublish()
    assert "hochwasser" not in client.get("/nachrichten/region/turm/").content.decode()


def test_an_author_stands_above_the_story_and_has_a_page(section: SectionPage, client: Client) -> None:
    author = Author.objects.create(name="Ada Brandt", slug="ada-brandt", role="Reporterin am Hafen")
    make_article(section, authors=[author]).save()
    make_article(section, "gesperrt", authors=[author], embargo_until=timezone.now() + timedelta(hours=1)).save()
    html = client.get("/nachrichten/region/turm/").content.decode()
    assert '<a href="/autoren/ada-brandt/" rel="author">Ada Brandt</a>' in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    assert json.loads(found[1])["author"][0]["name"] == "Ada Brandt"
    html = client.get("/autoren/ada-brandt/").content.decode()
    assert "Reporterin am Hafen" in html
    assert order(html, "turm", "gesperrt") == ["turm"]
    assert client.get("/autoren/niemand/").status_code == 404
    author.slug = "ada"
    with pytest.raises(ValidationError):
        author.full_clean()


def test_standing_pages_wait_as_drafts_and_stand_in_the_footer_once_published(
    section: SectionPage, client: Client
) -> None:
    page = StandingPage.objects.get(slug="impressum")
    assert client.get("/impressum/").status_code == 404
    page.body = [("contact", {"title": "Wir", "phone": "0123 45-6", "email": "haus@example.org"})]
    page.save_revision().publish()
    html = client.get("/impressum/").content.decode()
    assert 'href="tel:0123456"' in html
    assert 'href="/impressum/"' in client.get("/").content.decode()
    ensure_site()
    assert StandingPage.objects.filter(slug="impressum").count() == 1


def test_the_trail_and_the_card_are_told_to_machines(section: SectionPage, client: Client) -> None:
    make_article(section, picture=make_picture())
    html = client.get("/nachrichten/region/turm/").content.decode()
    found = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]
    (trail,) = (one["itemListElement"] for one in found if one["@type"] == "BreadcrumbList")
    assert [(one["position"], one["name"]) for one in trail] == [
        (1, "Startseite"),
        (2, "Nachrichten"),
        (3, "Region"),
        (4, "Der Turm leuchtet"),
    ]
    assert trail[-1]["item"].endswith("/nachrichten/region/turm/")
    assert trail[1]["item"].startswith("http")
    (card,) = re.findall(r'<meta property="og:image" content="(.*?)">', html)
    assert card.startswith("http")
    answer = client.get("/" + card.split("/", 3)[3])
    assert answer.status_code == 200
    assert answer.getvalue()
    answer.close()
    assert 'content="Der Turm leuchtet. Ein Kutter liegt am Kai."' in html
