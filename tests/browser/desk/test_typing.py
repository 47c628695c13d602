"""What somebody types at the desk is what is stored: German dates, text saved at once, the first words of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk.test_editor import log_in
from tests.browser.player.watch import watching
from tests.conftest import run_python
from tests.server import Server, copy_data, serving

MAKE = """
import json; import django; django.setup()
from funkhaus.newsroom.models import NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_section
section = make_section("hafen", NewsIndexPage.objects.get())
made = [make_article(section, slug, title=slug.title(), live=False, first_published_at=None)
        for slug in ("sperre", "eile", "anfang", "reihe")]
for page in made:
    blocks = [("paragraph", "<p>Am Kai.</p>"), ("heading", {"text": "Weg"})]
    page.body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    page.save_revision()
liveblog = make_liveblog(section)
liveblog.save_revision().publish()
print(*(page.pk for page in (*made, liveblog)))
"""
LATEST = (
    "SELECT content FROM wagtailcore_revision WHERE object_id = ? AND content_type_id IN"
    " (SELECT id FROM django_content_type WHERE model = 'articlepage') ORDER BY id DESC LIMIT 1"
)
HEADLINE = "Der höchste Kran der Küste ist in der Nacht ohne Warnung auf den Kai gekippt und"  # 80 characters


@pytest.fixture(scope="module")
def house(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[str]]]:
    """A server with three drafts and a liveblog."""
    data = copy_data(blank, tmp_path_factory.mktemp("typing") / "data")
    made = run_python(data, MAKE).split()
    with serving(data, words=("--no-worker",)) as server:
        yield server, made


def open_draft(page: Any, server: Server, number: str) -> None:
    log_in(page, server)
    page.goto(f"{server.url}/redaktion/pages/{number}/edit/")


def test_a_german_embargo_is_said_in_words_and_kept(house: tuple[Server, list[str]], browser: Any) -> None:
    server, (number, *_others) = house
    with watching(browser, server) as watched:
        page = watched.page
        open_draft(page, server, number)
        page.locator("[name=title]").fill(HEADLINE)
        assert page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.querySelector('[name=title]'))"
        )
        page.get_by_role("tab", name="Einstellungen").click()
        field = page.locator("[name=embargo_until]")
        said = page.locator("fh-date", has=field).locator(".fh-date-said")
        field.click()
        page.keyboard.type("1.12.2099 6 uhr")
        page.keyboard.press("Tab")
        expect(said).to_have_text(re.compile(r"^Dienstag, 1\. Dezember 2099, 06:00 Uhr, in \d+ Jahren$"))
        expect(page.locator("body > [role=status]", has_text="Dienstag, 1. Dezember 2099")).to_have_count(1)
        assert field.input_value() == "1.12.2099 6 uhr", "nobody writes into the field but who types"
        expect(field).to_have_attribute("aria-describedby", re.compile("-said$"))
        field.fill("1.12.")
        field.blur()
        expect(said).to_have_text(re.compile("Das Jahr fehlt"))
        assert field.input_value() == "1.12."
        field.fill("01.12.2099 06:00")
        field.blur()
        expect(said).to_have_text(re.compile("^Dienstag"))
        page.locator("footer .w-dropdown-button .w-dropdown__toggle").last.press("Enter")
        with page.expect_event("load"):
            page.locator("button[name='action-publish']").press("Enter")
        assert server.query("SELECT embargo_until FROM newsroom_articlepage WHERE page_ptr_id = ?", number) == [
            ("2099-12-01 05:00:00",)
        ]
        assert server.get("/nachrichten/hafen/sperre/").status == 404
        assert watched.complaints == []


def test_the_calendar_covers_no_button_and_writes_only_what_is_chosen(
    house: tuple[Server, list[str]], browser: Any
) -> None:
    server, (_first, _second, number, *_others) = house
    with watching(browser, server) as watched:
        page = watched.page
        open_draft(page, server, number)
        page.locator("[aria-controls=form-side-status], [data-side-panel-toggle=status]").first.click()
        page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
        page.locator("[name=go_live_at]").click()
        page.keyboard.type("1. Dezember 2099, 6 Uhr")
        calendar = page.locator("fh-date", has=page.locator("[name=expire_at]")).locator(".fh-date-picker")
        calendar.evaluate("one => { one.value = '2099-12-02T18:00'; one.dispatchEvent(new Event('change')); }")
        expect(page.locator("[name=expire_at]")).to_have_value("02.12.2099 18:00")
        with page.expect_event("load"):
            page.locator("#schedule-publishing-dialog button[type=submit]").first.click()
        (content,) = server.query(LATEST, number)[0]
        assert '"go_live_at": "2099-12-01T05:00:00Z"' in content
        assert '"expire_at": "2099-12-02T17:00:00Z"' in content


def test_text_that_is_saved_at_once_after_the_last_key_is_whole(house: tuple[Server, list[str]], browser: Any) -> None:
    server, (_first, number, *_others) = house
    with watching(browser, server) as watched:
        page = watched.page
        open_draft(page, server, number)
        page.locator(".public-DraftEditor-content").first.click()
        page.keyboard.press("Control+End")
        with page.expect_event("load"):
            page.keyboard.type(" Und der letzte Satz.")
            page.keyboard.press("Control+s")
        assert "Am Kai. Und der letzte Satz." in server.query(LATEST, number)[0][0]
        # A heading that was deleted by mistake comes back where it was.
        page.locator("[data-contentpath=body] [data-streamfield-action=DELETE]").nth(1).click()
        expect(page.get_by_role("button", name="Zurückholen")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("[name='body-2-value-text']")).to_have_value("Weg")
        with page.expect_event("load"):
            page.keyboard.press("Control+s")
        assert server.query(LATEST, number)[0][0].count("Weg") == 1
        assert watched.complaints == []


def test_what_is_typed_first_is_saved_by_itself(house: tuple[Server, list[str]], browser: Any) -> None:
    """Wagtail begins to look two seconds after it has loaded, and takes for the beginning what it finds then."""
    server, (_first, _second, number, *_others) = house
    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/pages/{number}/edit/", wait_until="commit")
        title = page.locator("[name=title]")
        before = title.input_value()
        title.click()
        page.keyboard.press("End")
        page.keyboard.type(" zuerst")
        page.locator("#w-autosave-indicator[data-w-autosave-state-value=saved]").wait_for()
        assert f"{before} zuerst" in server.query(LATEST, number)[0][0]
        assert watched.complaints == []


def test_a_post_goes_out_whole_by_its_button_alone(house: tuple[Server, list[str]], browser: Any) -> None:
    server, (*_drafts, liveblog) = house
    with watching(browser, server) as watched, watching(browser, server) as reading:
        page = watched.page
        log_in(page, server)
        reader = reading.open("/nachrichten/hafen/live/")
        page.goto(f"{server.url}/redaktion/meldungen/{liveblog}/liveblog/")
        page.locator("[name=headline]").fill("Der Kran ist da")
        page.locator("[name=headline]").press("Enter")
        page.locator(".public-DraftEditor-content").click()
        with page.expect_event("load"):
            page.keyboard.type("Er steht am Kai.")
            page.keyboard.press("Control+s")
        stored = "SELECT headline, text LIKE '%Er steht am Kai.%', is_draft FROM newsroom_livepost"
        assert server.query(stored) == [("Der Kran ist da", 1, 1)], "one draft: Enter in a field sends nothing"
        assert "Der Kran ist da" not in server.get("/nachrichten/hafen/live/").text
        page.locator("[name=is_pinned]").check()
        page.locator(".public-DraftEditor-content").click()
        page.keyboard.press("Control+End")
        with page.expect_event("load"):
            page.keyboard.type(" Und hält.")
            page.locator("button[name=publish]").evaluate("button => button.click()")
        assert "Er steht am Kai. Und hält." in server.get("/nachrichten/hafen/live/").text
        reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        reader.locator(".fh-pinned", has_text="Der Kran ist da").wait_for()
        assert reading.judge() == []


def test_what_is_published_waits_for_the_automatic_save_before_it(
    house: tuple[Server, list[str]], browser: Any
) -> None:
    server, (*_others, number, _liveblog) = house
    saves: list[Any] = []
    by_hand: list[str] = []

    def sort(route: Any) -> None:
        if "json" in route.request.headers["accept"]:
            saves.append(route)
        else:
            by_hand.append(route.request.method)
            route.continue_()

    with watching(browser, server) as watched:
        page = watched.page
        open_draft(page, server, number)
        page.route("**/edit/", sort)
        page.locator("[name=title]").fill("Zuerst der Entwurf")
        watched.wait_for(lambda: saves, "an automatic save", 20)
        page.locator("[name=title]").fill("Dann der Artikel")
        page.locator("footer .w-dropdown-button .w-dropdown__toggle").last.press("Enter")
        page.locator("button[name='action-publish']").press("Enter")
        page.get_by_role("status").filter(has_text="wird noch gespeichert").wait_for()
        assert by_hand == [], "it would arrive before what was typed earlier"
        with page.expect_event("load"):
            saves[0].fulfill(response=saves[0].fetch())
        assert by_hand[0] == "POST"
        assert len(saves) == 1, "nothing is saved behind it"
    published = "SELECT title, live, live_revision_id = latest_revision_id FROM wagtailcore_page WHERE id = ?"
    assert server.query(published, number) == [("Dann der Artikel", 1, 1)]
