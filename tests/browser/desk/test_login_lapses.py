"""The login ends, or the server, while somebody writes: what was typed stays, is explained, and goes out afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk.test_editor import log_in
from tests.browser.player.watch import watching
from tests.conftest import run_python
from tests.server import EDITOR, PASSWORD, Server, copy_data, serving, wait_for

MAKE = """
import django; django.setup()
from funkhaus.newsroom.models import NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_section
section = make_section("hafen", NewsIndexPage.objects.get())
article, liveblog = make_article(section, title="Der Kran"), make_liveblog(section, title="Das Hochwasser")
for page in (article, liveblog):
    page.save_revision().publish()
print(article.pk, liveblog.pk)
"""
POSTS = "SELECT headline, text FROM newsroom_livepost ORDER BY id"
NOTE = "#fh-keep"
SAVED = "#w-autosave-indicator[data-w-autosave-state-value=saved]"


@pytest.fixture(scope="module")
def newsroom(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    """A server with a story and a liveblog."""
    data = copy_data(blank, tmp_path_factory.mktemp("lapses") / "data")
    article, liveblog = run_python(data, MAKE).split()
    with serving(data, words=("--no-worker",)) as server:
        yield server, article, liveblog


def end_login(page: Any) -> None:
    page.context.clear_cookies(name="fh_session")


def log_in_beside(page: Any, server: Server) -> None:
    """By the note's link, in a window of its own, and back."""
    link = page.get_by_role("link", name="Neu anmelden (neues Fenster)")
    with page.context.expect_page() as opened:
        link.press("Enter")
    window = opened.value
    window.locator("input[name=username]").fill(EDITOR)
    window.locator("input[name=password]").fill(PASSWORD)
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Du bist angemeldet")).to_be_visible()
    window.wait_for_load_state("load")  # its script has told the others; windows here get no focus that would tell them
    window.close()
    page.bring_to_front()
    expect(page.locator(NOTE)).to_contain_text("Du bist wieder angemeldet")


def write_post(page: Any, headline: str) -> None:
    page.locator("[name=headline]").fill(headline)
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Der Ponton liegt am Kai.")


def test_a_post_outlives_its_login(newsroom: tuple[Server, str, str], browser: Any) -> None:
    server, _article, liveblog = newsroom
    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/meldungen/{liveblog}/liveblog/")
        write_post(page, "Der Kran ist da")
        end_login(page)
        button = page.get_by_role("button", name="Beitrag veröffentlichen")
        button.press("Enter")
        expect(page.locator(f"{NOTE} [role=status]")).to_contain_text("Deine Anmeldung ist abgelaufen")
        expect(page.get_by_role("link", name="Neu anmelden (neues Fenster)")).to_be_focused()
        expect(page.locator("[name=headline]")).to_have_value("Der Kran ist da")
        log_in_beside(page, server)
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        page.locator(".messages", has_text="ist draußen").wait_for()
        text = dict(server.query(POSTS))["Der Kran ist da"]
        assert "Der Ponton liegt am Kai." in text


def test_a_post_outlives_its_server(own_folder: Path, browser: Any) -> None:
    _article, liveblog = run_python(own_folder, MAKE).split()
    with serving(own_folder, words=("--no-worker",)) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/meldungen/{liveblog}/liveblog/")
        write_post(page, "Der Kran ist da")
        server.stop()
        button = page.get_by_role("button", name="Beitrag veröffentlichen")
        button.press("Enter")
        expect(page.locator(f"{NOTE} [role=status]")).to_contain_text("Der Server antwortet nicht")
        with serving(own_folder, words=("--no-worker",), PORT=str(server.port)) as again:
            button.press("Enter")
            page.locator(".messages", has_text="ist draußen").wait_for()
            assert [headline for headline, _text in again.query(POSTS)] == ["Der Kran ist da"]


def test_a_story_outlives_its_login(newsroom: tuple[Server, str, str], browser: Any) -> None:
    """Saving by itself is refused and says so without taking the focus; it goes on after the login."""
    server, article, _liveblog = newsroom
    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/pages/{article}/edit/")
        title = page.locator("[name=title]")
        title.click()
        page.keyboard.press("End")
        # From when on Wagtail looks for changes it tells nobody; what it has saved once it goes on saving.
        wait_for(lambda: page.keyboard.type("!") or page.locator(SAVED).count(), "the first saving", pause=1)
        end_login(page)
        title.fill("Der Kran steht")
        expect(page.locator(f"{NOTE} [role=status]")).to_contain_text("Deine Anmeldung ist abgelaufen")
        expect(title).to_be_focused()
        save = page.locator("button.action-save").first
        save.press("Enter")
        expect(page.get_by_role("link", name="Neu anmelden (neues Fenster)")).to_be_focused()
        expect(title).to_have_value("Der Kran steht")
        log_in_beside(page, server)
        newest = "SELECT content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1"
        wait_for(lambda: "Der Kran steht" in server.query(newest, article)[0][0], "the draft to be saved by itself")
        expect(save).to_be_enabled()
        title.fill("Der Kran steht fest")
        with page.expect_event("load"):
            save.press("Enter")
        assert "Der Kran steht fest" in server.query(newest, article)[0][0]


def test_another_login_beside_is_no_reason_to_refuse(newsroom: tuple[Server, str, str], browser: Any) -> None:
    """Each login renews the token against forged requests: the one in a page that was open before is worthless."""
    server, _article, liveblog = newsroom
    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/meldungen/{liveblog}/liveblog/")
        write_post(page, "Der zweite Kran")
        end_login(page)
        beside = page.context.new_page()
        log_in(beside, server)
        beside.close()
        page.get_by_role("button", name="Beitrag veröffentlichen").press("Enter")
        page.locator(".messages", has_text="ist draußen").wait_for()


def test_what_is_refused_all_the_same_says_how_to_save_it(newsroom: tuple[Server, str, str]) -> None:
    server, _article, _liveblog = newsroom
    refused = server.post("/redaktion/login/", b"username=x")
    assert refused.status == 403
    assert "Das wurde nicht gesendet" in refused.text
