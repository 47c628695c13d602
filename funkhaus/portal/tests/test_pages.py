"""Public pages: addresses, headers, queries, what they carry and what they must not."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site

from funkhaus.cms.models import Picture
from funkhaus.newsroom.models import ArticlePage, SectionPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from funkhaus.portal.models import HomePage
from funkhaus.portal.services import ensure_groups, ensure_site
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db: None) -> SectionPage:
    cache.clear()  # Wagtail keeps picture sizes by number, and numbers begin anew with each test
    ensure_site()
    return make_section()


@pytest.fixture
def article(section: SectionPage) -> ArticlePage:
    other = make_article(section, "ebbe", title="Ebbe und Flut", picture=make_picture())
    body = [
        ("paragraph", f'<p>Licht. <a linktype="page" id="{other.pk}">Mehr</a></p>'),
        ("picture", {"picture": make_picture()}),
        ("related", {"page": other}),
    ]
    made = make_article(section, picture=make_picture(), body=body)
    made.save_revision().publish()
    return made


def test_set_up_twice_changes_nothing_and_removes_the_welcome_page() -> None:
    first = ensure_site()
    assert ensure_site().pk == first.pk
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["start"]
    assert Site.objects.get().root_page_id == first.pk
    group = ensure_groups()
    assert ensure_groups().permissions.count() == group.permissions.count() > 0
    assert GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").count() == 1


@pytest.mark.parametrize("path", ["/", "/en/", "/nachrichten/", "/sendungen/", "/en/sendungen/"])
def test_an_empty_house_has_its_pages(client: Client, path: str) -> None:
    ensure_site()
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == ("en" if path.startswith("/en") else "de")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_pages_are_the_same_for_everybody(client: Client, article: ArticlePage, prefix: str) -> None:
    for path in ("/", "/nachrichten/", "/nachrichten/region/", "/nachrichten/region/turm/", "/sendungen/"):
        response = client.get(prefix + path)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"].startswith("public")
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|csrf|nonce=", html)
        for tag in re.findall(r"<script[^>]*>", html):
            assert "src=" in tag or "json" in tag
        has_trail = 'aria-label="Du bist hier:"' in html or 'aria-label="You are here"' in html
        assert has_trail is (path != "/"), "above the first page there is nothing"
        assert "Du bist hier" not in re.sub(r"<[^>]*>", "", html)


def test_an_article_costs_at_most_eight_queries(client: Client, article: ArticlePage) -> None:
    client.get("/nachrichten/region/turm/")
    with count_queries() as seen:
        assert client.get("/nachrichten/region/turm/").status_code == 200
    assert len(seen) <= 8, seen


def test_the_headline_holds_kicker_and_title(client: Client, article: ArticlePage) -> None:
    html = client.get("/nachrichten/region/turm/").content.decode()
    (headline,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert re.sub(r"<[^>]*>", "", headline).split() == ["Am", "Hafen:", "Der", "Turm", "leuchtet"]
    assert '<time datetime="2026-11-01T09:00:00+00:00">1. November 2026, 10:00 Uhr</time>' in html


def test_an_unchanged_page_is_answered_with_304(client: Client, article: ArticlePage) -> None:
    first = client.get("/nachrichten/region/turm/")
    again = client.get("/nachrichten/region/turm/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_draft_is_not_to_be_known(client: Client, section: SectionPage) -> None:
    make_article(section, first_published_at=None, live=False)
    assert client.get("/nachrichten/region/turm/").status_code == 404


def test_what_was_taken_back_says_so(client: Client, article: ArticlePage) -> None:
    article.unpublish()
    response = client.get("/nachrichten/region/turm/")
    assert response.status_code == 410
    assert "entfernt" in response.content.decode()
    assert "turm" not in client.get("/").content.decode()


def test_a_private_page_is_not_shown_to_everybody(client: Client, article: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/nachrichten/region/turm/")
    assert response.status_code == 302
    assert "Licht" not in response.content.decode()


@pytest.mark.parametrize("after", ["0", "-1", "x", "17-", "1-../", "99999999999999999999-turm", "1-turm"])
def test_a_page_of_a_list_that_does_not_exist_is_404(client: Client, section: SectionPage, after: str) -> None:
    assert client.get("/nachrichten/region/", {"ab": after}).status_code == 404


def test_later_pages_of_a_list_are_pages_of_their_own_and_no_other_query_is(
    client: Client, article: ArticlePage
) -> None:
    later = "ab=2000000000-turm"
    for query, canonical in ((later, f"?{later}"), (f"{later}&x=1", ""), ("x=1", ""), ("ab=", "")):
        html = client.get(f"/nachrichten/region/?{query}").content.decode()
        (found,) = re.findall(r'<link rel="canonical" href="http://[^/]*/nachrichten/region/([^"]*)">', html)
        assert found == canonical, query


def test_the_editors_choose_the_lead(client: Client, article: ArticlePage) -> None:
    home = HomePage.objects.get()
    home.lead = ArticlePage.objects.get(slug="ebbe")
    home.save()
    html = client.get("/").content.decode()
    assert html.index("Ebbe und Flut") < html.index("Der Turm leuchtet")


def test_language_switch_leads_to_the_same_page(client: Client, article: ArticlePage) -> None:
    assert 'href="/en/nachrichten/region/turm/" lang="en"' in client.get("/nachrichten/region/turm/").content.decode()
    assert 'href="/nachrichten/region/turm/" lang="de"' in client.get("/en/nachrichten/region/turm/").content.decode()


def test_english_pages_tell_which_of_their_words_are_german(client: Client, article: ArticlePage) -> None:
    html = client.get("/en/nachrichten/region/turm/").content.decode()
    assert len(re.findall(r'href="/en/nachrichten/region/"[^>]* lang="de">', html)) == 2, "in the menu and in the trail"
    assert re.search(r'<span aria-current="page" lang="de">', html)
    assert not re.search(r'href="/en/(sendungen|kinder|suche)/"[^>]* lang=', html)
    german = client.get("/nachrichten/region/turm/").content.decode()
    assert not re.search(r'<(a|span)[^>]* lang="de"[^>]*>', german.partition("<main")[0])


def test_a_page_that_nobody_knows_is_answered_in_the_look_of_the_house(client: Client) -> None:
    ensure_site()
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/gibt/es/nicht/")
        assert response.status_code == 404
        assert f'class="fh-search" action="{prefix}/suche/"' in response.content.decode()
    assert "Hier ist nichts" in client.get("/gibt/es/nicht/").content.decode()


def test_pictures_are_kept_for_a_year_and_nothing_else_is_served(client: Client, article: ArticlePage) -> None:
    source = re.search(r'<img src="([^"]+)"', client.get("/nachrichten/region/turm/").content.decode())
    assert source
    answer = client.get(source[1])
    # The end of a request would close the connection that the test runs in.
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert "immutable" in answer.headers["Cache-Control"]
    original = "original_images/" + Picture.objects.first().filename
    for path in ("../../funkhaus.sqlite3", f"../{original}", "%2e%2e/" + original):
        assert client.get(f"/files/images/{path}").status_code == 404
    assert client.get(f"/files/{original}").status_code == 404
