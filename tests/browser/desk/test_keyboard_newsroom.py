"""The newsroom without a mouse: breaking news with a second person, an embargo, a correction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk.test_editor import log_in
from tests.browser.desk.test_keyboard import tab_to
from tests.browser.player.watch import watching
from tests.conftest import run_python
from tests.server import Server, copy_data, serving

MAKE = """
import django; django.setup()
from django.contrib.auth.models import Group
from funkhaus.accounts.models import User
from funkhaus.newsroom.models import NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.server import PASSWORD
user = User(username="edda")
user.set_password(PASSWORD)
user.save()
user.groups.add(Group.objects.get(name="Chefredaktion"))
section = make_section("hafen", NewsIndexPage.objects.get())
article = make_article(section, title="Der Kran")
article.save_revision().publish()
print(section.pk, article.pk)
"""


@pytest.fixture(scope="module")
def newsroom(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    """A server with a section, a story and a second person."""
    data = copy_data(blank, tmp_path_factory.mktemp("newsroom") / "data")
    section, article = run_python(data, MAKE).split()
    with serving(data, words=("--no-worker",)) as server:
        yield server, section, article


def test_breaking_news_needs_two_people_and_no_mouse(newsroom: tuple[Server, str, str], browser: Any) -> None:
    server, _section, article = newsroom
    with watching(browser, server) as proposing, watching(browser, server) as confirming:
        log_in(proposing.page, server)
        log_in(confirming.page, server, "edda")
        page = proposing.page
        page.goto(f"{server.url}/redaktion/meldungen/{article}/eil/")
        tab_to(page, r"\| text \|")
        page.keyboard.press("Control+a")
        page.keyboard.type("Der Kran ist gefallen")
        tab_to(page, r"\| minutes \|")
        page.keyboard.press("ArrowUp")
        tab_to(page, "Vorschlagen")
        page.keyboard.press("Enter")
        page.locator(".messages", has_text="Vorgeschlagen").wait_for()
        page = confirming.page
        page.goto(f"{server.url}/redaktion/")
        tab_to(page, "Bestätigen")
        page.keyboard.press("Enter")
        page.locator(".messages", has_text="Bestätigt").wait_for()
        assert "Der Kran ist gefallen" in server.get("/").text


def test_an_embargo_and_a_correction_are_set(newsroom: tuple[Server, str, str], browser: Any) -> None:
    server, _section, article = newsroom
    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/pages/{article}/edit/")
        tab_to(page, r"\| Inhalt")
        page.keyboard.press("End")
        expect(page.get_by_role("tab", name="Einstellungen")).to_have_attribute("aria-selected", "true")
        tab_to(page, "embargo_until")
        page.keyboard.type("2099-01-02 06:00")
        page.keyboard.press("Escape")
        tab_to(page, "Entwurf speichern")
        with page.expect_event("load"):
            page.keyboard.press("Enter")
        newest = "SELECT content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1"
        assert re.search(r'"embargo_until": "2099-01-02T05:00', server.query(newest, article)[0][0])

        page.goto(f"{server.url}/redaktion/korrekturen/add/?artikel={article}")
        tab_to(page, r"\| was_wrong \|")
        page.keyboard.type("Hier stand: 14 Meter.")
        tab_to(page, r"\| is_right \|")
        page.keyboard.type("Es sind 41 Meter.")
        tab_to(page, "action-publish|Speichern")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert server.query("SELECT is_right FROM newsroom_correction") == [("Es sind 41 Meter.",)]
