"""The newsroom's own desk pages say where one is and what they are about, and keep what is typed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.newsroom.models import LivePost
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_section, write_post
from funkhaus.portal.services import ensure_site

pytestmark = pytest.mark.django_db

DESK = "/redaktion/meldungen/"


@pytest.fixture
def chief(db: None) -> Client:
    ensure_site()
    client = Client()
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    return client


@pytest.fixture
def pages(chief: Client) -> dict[str, str]:
    """Every page with a form of its own, by its address, with what it is about."""
    section = make_section()
    article, liveblog = make_article(section, title="Der Kran"), make_liveblog(section, title="Das Hochwasser")
    write_post(liveblog, "Der Pegel steigt")
    post = LivePost.objects.get()
    return {
        f"{DESK}{article.pk}/eil/": "Der Kran",
        f"{DESK}{article.pk}/zurueckziehen/": "Der Kran",
        f"{DESK}{article.pk}/einfuegen/": "Der Kran",
        f"{DESK}{liveblog.pk}/liveblog/": "Das Hochwasser",
        f"{DESK}beitraege/{post.pk}/": "Der Pegel steigt",
    }


def test_each_has_one_heading_that_names_its_subject_and_the_way_back(chief: Client, pages: dict[str, str]) -> None:
    for address, subject in {**pages, f"{DESK}eil/": ""}.items():
        html = chief.get(address).content.decode()
        headings = re.findall(r"<h1.*?</h1>", html, re.DOTALL)
        assert len(headings) == 1, address
        assert subject in headings[0], address
        assert "w-breadcrumbs" in html, address


def test_each_warns_before_what_was_typed_is_lost(chief: Client, pages: dict[str, str]) -> None:
    for address in pages:
        html = chief.get(address).content.decode()
        assert "beforeunload@window->w-unsaved#confirm" in html, address
        assert 'data-w-unsaved-force-value="false"' in html, address
        refused = chief.post(address, {}).content.decode()
        if "error-message" in refused:
            assert 'data-w-unsaved-force-value="true"' in refused, "a refused form is not stored either"


@pytest.mark.parametrize("place", ["videos", "sendungen", "ausstrahlungen", "personen"])
def test_a_form_of_the_catalogue_has_a_heading_of_the_first_order(chief: Client, place: str) -> None:
    html = chief.get(f"/redaktion/mediathek/{place}/add/").content.decode()
    assert len(re.findall("<h1", html)) == 1
    assert "- Wagtail</title>" not in html, "the window is named after the station"
