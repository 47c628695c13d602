"""Breaking news: two people, one strip, an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from funkhaus.accounts.models import User
from funkhaus.newsroom.lifecycle.breaking import confirm_breaking, end_breaking, propose_breaking
from funkhaus.newsroom.models import ArticlePage, BreakingNews
from funkhaus.newsroom.services import withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.checkers.html_check import find_markup_faults
from tests.counting import count_queries
from tests.role_paper import read_table
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db
TEXT = "Der Deich hält"
# Columns of the paper: group, and whether the proposal is this person's own
COLUMNS = (
    ("Autoren", False),
    ("Redaktion", True),
    ("Redaktion", False),
    ("Chefredaktion", True),
    ("Chefredaktion", False),
    ("Jugendschutz", False),
    ("Datenschutz", False),
    ("Betrieb", False),
)


@pytest.fixture
def article(db: None) -> ArticlePage:
    cache.clear()
    ensure_site()
    ensure_groups()
    return make_article(make_section())


def make_user(name: str, group: str = "Redaktion") -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=group))
    return user


def propose(article: ArticlePage, user: User, length: timedelta = timedelta(hours=1)) -> BreakingNews:
    news = propose_breaking(page=article, text=TEXT, ends_at=timezone.now() + length, user=user)
    assert news is not None
    return news


def is_shown(client: Client, path: str = "/") -> bool:
    return TEXT in client.get(path).content.decode()


def test_it_is_shown_after_a_second_persons_yes_until_it_ends(client: Client, article: ArticlePage) -> None:
    ada, bo = make_user("ada"), make_user("bo")
    before = client.get("/").content
    with count_queries() as seen_before:
        client.get("/")
    news = propose(article, ada)
    assert not is_shown(client)
    assert not confirm_breaking(news=news, user=ada), "not the first person"
    assert not is_shown(client)
    assert confirm_breaking(news=news, user=bo)
    with count_queries() as seen:
        html = client.get("/").content.decode()
    assert len(seen) == len(seen_before), "it costs no query"
    assert find_markup_faults(html) == []
    for path in ("/", "/en/", "/nachrichten/", "/nachrichten/region/", "/en/nachrichten/region/"):
        response = client.get(path)
        assert TEXT in response.content.decode(), path
        assert response.headers["Cache-Control"].startswith("public"), "the same page for all"
        assert not response.cookies
    for path in ("/nachrichten/region/turm/", "/sendungen/", "/kinder/"):
        assert not is_shown(client, path), path
    assert not confirm_breaking(news=news, user=make_user("cleo")), "once is enough"
    BreakingNews.objects.update(ends_at=timezone.now())
    assert client.get("/").content == before, "the end needs no background work"
    assert not end_breaking(news=news, user=bo)
    acts = list(PageLogEntry.objects.filter(action__startswith="newsroom.breaking").order_by("pk"))
    assert [(entry.action.rpartition("_")[2], entry.user) for entry in acts] == [("propose", ada), ("confirm", bo)]


def test_anybody_of_them_ends_it_alone(client: Client, article: ArticlePage) -> None:
    ada = make_user("ada")
    news = propose(article, ada)
    confirm_breaking(news=news, user=make_user("bo"))
    assert end_breaking(news=news, user=ada)
    assert not is_shown(client)
    assert propose(article, ada).pk != news.pk, "and it may be proposed anew"


def test_two_people_are_a_rule_of_the_database(article: ArticlePage) -> None:
    ada = make_user("ada")
    news = propose(article, ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakingNews.objects.filter(pk=news.pk).update(confirmed_by=ada)
    assert propose_breaking(page=article, text="x", ends_at=timezone.now() + timedelta(hours=1), user=ada) is None


def hide_by_withdrawal(article: ArticlePage) -> None:
    withdraw_page(page=article, reason="error", note="", user=None)


def hide_by_embargo(article: ArticlePage) -> None:
    ArticlePage.objects.update(embargo_until=timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize("hide", [hide_by_withdrawal, hide_by_embargo])
def test_a_story_that_is_not_public_is_no_breaking_news(
    client: Client, article: ArticlePage, hide: Callable[[ArticlePage], None]
) -> None:
    confirm_breaking(news=propose(article, make_user("ada")), user=make_user("bo"))
    assert is_shown(client)
    hide(article)
    assert not is_shown(client)


def stand_proposed(news: BreakingNews) -> None:
    """As it is made."""


def stand_running(news: BreakingNews) -> None:
    confirm_breaking(news=news, user=make_user("zweite"))


def stand_over(news: BreakingNews) -> None:
    stand_running(news)
    BreakingNews.objects.filter(pk=news.pk).update(ends_at=timezone.now() - timedelta(seconds=1))


STATES: dict[str, Callable[[BreakingNews], None]] = {
    "vorgeschlagen": stand_proposed,
    "läuft": stand_running,
    "vorbei": stand_over,
}


def try_acts(client: Client, news: BreakingNews) -> dict[str, bool]:
    """What a client's person gets done with a proposal, act by act, each undone again."""

    def does(act: Callable[[], object], happened: Callable[[], bool]) -> bool:
        with transaction.atomic():
            act()
            done = happened()
            transaction.set_rollback(True)
        return done

    now: datetime = timezone.now()
    base = "/redaktion/meldungen"
    fields = {"text": "Noch einmal", "minutes": "60"}
    fresh = BreakingNews.objects.filter(pk=news.pk)
    return {
        "sehen": client.get(f"{base}/eil/").status_code == 200,
        "bestätigen": does(
            lambda: client.post(f"{base}/eil/{news.pk}/bestaetigen/"), fresh.filter(confirmed_at__gte=now).exists
        ),
        "ablehnen oder beenden": does(
            lambda: client.post(f"{base}/eil/{news.pk}/beenden/"), fresh.filter(ended_by__isnull=False).exists
        ),
        "noch einmal vorschlagen": does(
            lambda: client.post(f"{base}/{news.article_id}/eil/", fields),
            BreakingNews.objects.filter(text="Noch einmal").exists,
        ),
    }


@pytest.mark.parametrize("state", list(STATES))
def test_the_paper_says_what_the_house_allows(state: str, article: ArticlePage) -> None:
    paper = read_table(f"Eilmeldung {state}")
    for number, (group, is_own) in enumerate(COLUMNS):
        person, other = make_user(f"p{number}", group), make_user(f"o{number}")
        news = propose(article, person if is_own else other)
        with transaction.atomic():
            STATES[state](news)
            client = Client()
            client.force_login(person)
            assert try_acts(client, news) == {act: row[number] for act, row in paper.items()}, (group, is_own)
            transaction.set_rollback(True)
        news.delete()


def test_the_pages_say_who_waits_for_whom(client: Client, article: ArticlePage) -> None:
    ada, bo = make_user("ada"), make_user("bo", "Chefredaktion")
    client.force_login(ada)
    answer = client.post(f"/redaktion/meldungen/{article.pk}/eil/", {"text": TEXT, "minutes": "30"}, follow=True)
    html = answer.content.decode()
    assert "Du hast sie selbst vorgeschlagen" in html
    assert "bestaetigen/" not in html
    edit = client.get(f"/redaktion/pages/{article.pk}/edit/").content.decode()
    assert f"/redaktion/meldungen/{article.pk}/eil/" in edit
    client.force_login(bo)
    assert "bestaetigen/" in client.get("/redaktion/").content.decode(), "whoever may say yes sees it on the first page"
    news = BreakingNews.objects.get()
    answer = client.post(f"/redaktion/meldungen/eil/{news.pk}/bestaetigen/", follow=True)
    assert "steht oben" in answer.content.decode()
    assert is_shown(client)
    history = client.get(f"/redaktion/pages/{article.pk}/history/").content.decode()
    assert "Als Eilmeldung bestätigt" in history
