"""Editors see embargo and withdrawal in every list, in the header and after publishing."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.accounts.models import User
from funkhaus.newsroom.lifecycle.desk_status import describe_status, hide_dead_address, write_moment
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.services import withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.site import ensure_site

pytestmark = pytest.mark.django_db
ADDRESS = "/nachrichten/region/turm/"


@pytest.fixture
def desk() -> Client:
    cache.clear()
    ensure_site()
    client = Client()
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    return client


def make(state: str) -> ArticlePage:
    page = make_article(make_section())
    if state == "embargo":
        page.embargo_until = timezone.now() + timedelta(days=1)
    page.save_revision(user=User.objects.get(username="edda")).publish()
    if state == "withdrawn":
        withdraw_page(page=page, reason="error", note="", user=None)
    return ArticlePage.objects.get(pk=page.pk)


WORDS = {"public": "Veröffentlicht", "embargo": "Sperrfrist bis", "withdrawn": "zurückgezogen"}


@pytest.mark.parametrize("state", list(WORDS))
def test_every_list_and_the_header_say_what_the_public_gets(desk: Client, state: str) -> None:
    page = make(state)
    lists = {
        "explorer": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "header": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "chooser": reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
        "search": reverse("wagtailadmin_pages:search") + "?q=" + page.title.split()[0],
        "start": reverse("wagtailadmin_home"),
    }
    for name, address in lists.items():
        answer = desk.get(address)
        text = answer.json()["html"] if name == "chooser" else answer.content.decode()
        shown = unescape(text)
        if page.title not in shown:
            assert name in {"search", "start"}, name
            continue
        assert WORDS[state].lower() in shown.lower(), name
        if state != "public":
            assert f'href="{page.get_url()}"' not in shown, name


def test_the_moment_of_the_embargo_is_named(desk: Client) -> None:
    page = make("embargo")
    assert page.embargo_until
    assert describe_status(page).text == f"Sperrfrist bis {write_moment(page.embargo_until)}"
    page.embargo_until = timezone.now() - timedelta(minutes=1)
    assert describe_status(page).url == page.get_url()


def test_no_button_leads_where_the_public_finds_nothing(desk: Client) -> None:
    page = make("embargo")
    assert desk.get(page.get_url() or "").status_code == 404
    hide_dead_address(page)
    assert page.url is None
    public = make_article(page.get_parent().specific, title="Offen", slug="offen")
    hide_dead_address(public)
    assert public.url is not None
