"""Editors tell it live, correct, and withdraw, while a reader has the pages open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.test_editor import log_in
from tests.browser.watch import Watched, watching
from tests.conftest import run_python
from tests.html_check import find_markup_faults
from tests.server import Server, serving

MAKE = """
import json; import django; django.setup()
from funkhaus.newsroom.editing.samples import list_samples
from funkhaus.newsroom.models import Author, NewsIndexPage, StandingPage, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_picture, make_section, write_post
section = make_section("hafen", NewsIndexPage.objects.get())
picture = make_picture()
author = Author.objects.create(name="Ada", slug="ada", picture=picture)
topic = NewsIndexPage.objects.get().add_child(instance=TopicPage(title="Hochwasser", slug="hochwasser"))
article = make_article(section, authors=[author], topics=[topic], picture=picture)
article.body = json.dumps([{"type": k, "value": v} for k, v in list_samples(picture.pk, picture.pk, 0, article.pk)])
article.save()
help = StandingPage.objects.get(slug="hilfe")
help.save_revision().publish()
pages = [make_liveblog(section, picture=picture), article]
for page in pages:
    page.save_revision().publish()
write_post(pages[0], "Es geht los")
print(*(page.pk for page in pages))
"""
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as a reader who comes back to the page
LIVE, ARTICLE = "/nachrichten/hafen/live/", "/nachrichten/hafen/turm/"


def submit(page: Any) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def write_post(page: Any, headline: str) -> None:
    page.locator("[name=headline]").fill(headline)
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Der Ponton liegt am Kai.")
    submit(page)


def follow(editor: Any, reading: Watched, server: Server, liveblog: str) -> None:
    """The editor writes and corrects; the reader sees it without a jump."""
    reader = reading.open(LIVE)
    editor.goto(f"{server.url}/redaktion/meldungen/{liveblog}/liveblog/")
    write_post(editor, "Der Kran ist da")

    reader.evaluate(LOOK)
    button = reader.get_by_role("button", name="Ein neuer Beitrag")
    button.wait_for()
    assert reader.locator("[aria-live=polite]").inner_text() == "Ein neuer Beitrag"
    assert reader.locator(".fh-posts .fh-post").count() == 1, "what is new waits"
    button.click()
    assert reader.locator(".fh-posts h3").all_inner_texts() == ["Der Kran ist da", "Es geht los"]
    assert "Der Kran ist da" in reader.evaluate("document.activeElement.innerText")
    assert not button.is_visible()

    editor.get_by_role("link", name="Der Kran ist da").click()
    editor.locator("[name=correction]").fill("Hier stand zuerst: Schlepper.")
    submit(editor)
    reader.evaluate(LOOK)
    reader.locator(".fh-post", has_text="Hier stand zuerst: Schlepper.").wait_for()
    assert reader.locator(".fh-posts .fh-post").count() == 2, "changed in its place"
    assert "Der Kran ist da" in server.get(LIVE).text, "without script it is there too"


def correct(editor: Any, reading: Watched, server: Server, article: str) -> None:
    """The editor corrects an article; the reader finds it there and among all corrections."""
    editor.goto(f"{server.url}/redaktion/korrekturen/add/?artikel={article}")
    editor.locator("[name=was_wrong]").fill("Hier stand: 14 Meter.")
    editor.locator("[name=is_right]").fill("Es sind 41 Meter.")
    with editor.expect_navigation():
        editor.locator("button.action-save").first.click()
    page = reading.open(ARTICLE)
    assert page.locator(".fh-correction", has_text="Es sind 41 Meter.").is_visible()
    assert "14 Meter" in reading.open("/korrekturen/").locator("main").inner_text()


def test_a_reader_follows_what_editors_write_correct_and_withdraw(own_folder: Path, browser: Any) -> None:
    liveblog, article = run_python(own_folder, MAKE).split()
    with serving(own_folder) as server, watching(browser, server) as editing, watching(browser, server) as reading:
        editor = editing.page
        log_in(editor, server)
        follow(editor, reading, server, liveblog)
        correct(editor, reading, server, article)
        assert reading.judge() == []
        for path in (LIVE, ARTICLE, "/korrekturen/", "/autoren/ada/", "/nachrichten/hochwasser/", "/hilfe/"):
            assert find_markup_faults(server.get(path).text) == [], path

        editor.goto(f"{server.url}/redaktion/meldungen/{article}/zurueckziehen/")
        editor.locator("[name=note]").fill("Die Zahlen waren erfunden.")
        submit(editor)
        gone = server.get(ARTICLE)
        assert gone.status == 410
        assert "Die Zahlen waren erfunden." in gone.text
