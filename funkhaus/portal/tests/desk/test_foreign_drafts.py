"""Whoever may not open a draft is not told that there is one, whatever page of the desk is asked."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db
MARK = "Geheimentwurf"
ASKED = MARK.lower()  # what is asked for comes back in the page, spelled as it was asked
PLACES = (
    "api/main/pages/?limit=50",
    "api/main/pages/{page}/",
    "api/main/pages/?child_of={parent}",
    f"api/main/pages/?search={ASKED}",
    "pages/{page}/",
    "pages/{parent}/",
    f"pages/search/?q={ASKED}",
    "choose-page/",
    "choose-page/{parent}/",
    f"choose-page/search/?q={ASKED}",
    "pages/usage/newsroom/articlepage/",
    "pages/{page}/usage/",
    "pages/{page}/history/",
    "pages/{page}/history/results/",
    "pages/{page}/workflow_history/",
    "pages/{page}/edit/",
    "pages/{page}/copy/",
    "pages/{page}/move/",
    "pages/{page}/delete/",
    "pages/{page}/view_draft/",
    "reports/site-history/",
    "reports/aging-pages/",
    "reports/locked/",
    "reports/workflow/",
    "",
)


@pytest.fixture
def draft(db: None) -> ArticlePage:
    """One of Ada's, who is an author, beside a public article."""
    ensure_site()
    ensure_groups()
    owner = make_user("ada", "Autoren")
    section = make_section()
    page = make_article(section, title=MARK, live=False, first_published_at=None, owner=owner)
    page.save_revision(user=owner, log_action=True)
    make_article(section, slug="offen", title="Allen bekannt").save_revision(user=owner, log_action=True)
    return page


def make_user(name: str, role: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=role))
    return user


def find_places(user: User, draft: ArticlePage, title: str) -> list[str]:
    """The places that name this title to the user."""
    client = Client()
    client.force_login(user)
    found = []
    for place in PLACES:
        answer = client.get("/redaktion/" + place.format(page=draft.pk, parent=draft.get_parent().pk))
        assert answer.status_code < 500, place
        html = answer.content.decode().replace(f"q={ASKED}", "").replace(f'value="{MARK}"', "")
        if answer.status_code == 200 and title in html:
            found.append(place)
    return found


@pytest.mark.parametrize("role", ["Autoren", "Jugendschutz", "Datenschutz", "Betrieb"])
def test_whoever_may_not_open_a_draft_does_not_learn_of_it(draft: ArticlePage, role: str) -> None:
    user = make_user("bo", role)
    assert find_places(user, draft, MARK) == []
    assert "choose-page/{parent}/" in find_places(user, draft, "Allen bekannt"), "what is public can be chosen"


@pytest.mark.parametrize("role", ["Redaktion", "Chefredaktion"])
def test_whoever_may_edit_finds_it_everywhere(draft: ArticlePage, role: str) -> None:
    found = find_places(make_user("bo", role), draft, MARK)
    assert {PLACES[1], PLACES[2], PLACES[3], PLACES[5], PLACES[6], PLACES[8], PLACES[12]} <= set(found)


def test_an_author_finds_her_own(draft: ArticlePage) -> None:
    found = find_places(User.objects.get(username="ada"), draft, MARK)
    assert {PLACES[1], PLACES[2], PLACES[3], PLACES[5], PLACES[6], PLACES[8], "pages/{page}/edit/"} <= set(found)


def test_an_author_still_finds_the_way_to_where_she_may_write(draft: ArticlePage) -> None:
    found = find_places(make_user("bo", "Autoren"), draft, "Allen bekannt")
    assert {"pages/{parent}/", "api/main/pages/?child_of={parent}"} <= set(found)
