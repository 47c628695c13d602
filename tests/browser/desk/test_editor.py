"""An editor logs in, uploads a video, writes an article around it, previews, publishes, finds it on the front page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.browser.player.watch import assert_plays, watching
from tests.conftest import run_python
from tests.server import EDITOR, PASSWORD, Server, serving
from tests.sources import make_clip, make_subtitles

PARAGRAPH, HEADING, QUOTE, VIDEO = 0, 1, 2, 4  # places in the menu of blocks
AUTOSAVE = "#w-autosave-indicator"
ADD_SECTION = (
    "import django; django.setup(); from funkhaus.newsroom.models import NewsIndexPage, SectionPage;"
    "index = NewsIndexPage.objects.get();"
    "print(index.add_child(instance=SectionPage(title='Hafen', slug='hafen')).pk)"
)


def log_in(page: Any, server: Server, name: str = EDITOR) -> None:
    page.goto(f"{server.url}/redaktion/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/redaktion/")


def upload(page: Any, server: Server, folder: Path) -> None:
    """Upload clip and subtitles, wait for the preparation, publish."""
    page.goto(f"{server.url}/redaktion/mediathek/hochladen/")
    page.locator("[data-pick]").wait_for()
    page.locator("[data-pick]").set_input_files(str(make_clip(folder / "hafen.mp4", seconds=3)))
    page.locator("[name='1-title']").fill("Hafenfilm")
    page.locator("[name='1-rating']").select_option("0")
    page.locator("[data-subtitles] summary").click()
    page.locator("[name='1-subtitle_file']").set_input_files(str(make_subtitles(folder / "hafen.vtt", seconds=3)))
    page.locator("[data-start]").click()
    page.wait_for_url("**/redaktion/mediathek/dateien/*/")
    server.wait_for_media(90)
    page.reload()
    assert page.locator(".fh-desk video[controls]").count() == 1, "the editor sees the film before anybody else"
    with page.expect_navigation():
        page.locator("form[action$='/veroeffentlichen/'] button").click()
    assert server.query("SELECT live FROM mediathek_video WHERE title = 'Hafenfilm'") == [(1,)]


def add_block(page: Any, place: int) -> None:
    page.locator("button.c-sf-add-button").last.click()
    page.locator("[role=option]").nth(place).click()


def write(page: Any, server: Server, section: int) -> None:
    """Headline, teaser and four blocks."""
    page.goto(f"{server.url}/redaktion/pages/add/newsroom/articlepage/{section}/")
    page.locator("input[name=kicker]").fill("Hafen")
    page.locator("[name=title]").fill("Das Schiff ist da")
    page.locator("[name=teaser]").fill("Nach drei Wochen auf See liegt es am Kai.")
    add_block(page, PARAGRAPH)
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("Am Morgen kam der erste Ruf vom Turm.")
    add_block(page, HEADING)
    page.locator("[name='body-1-value-text']").fill("Die Leute am Kai")
    add_block(page, QUOTE)
    page.locator("[name='body-2-value-text']").fill("Wir haben lange gewartet")
    page.locator("[name='body-2-value-speaker']").fill("Ada Brandt")
    add_block(page, VIDEO)
    page.locator("#body-3-value-video-chooser [data-chooser-action-choose]:visible").click()
    page.locator(".modal-body a", has_text="Hafenfilm").click()
    page.locator("#body-3-value-video-chooser", has_text="Hafenfilm").wait_for()
    save(page)


def look_at_the_checks(page: Any) -> None:
    """The number of problems is one that was counted: none at first, one once a heading has the wrong level.

    The page is saved, which loads it anew, for each look: Wagtail drops a check that begins while another runs.
    """
    for level, problems in (("", "0"), ("3", "1"), ("2", "0")):  # the headline above is of level 1
        if level:
            page.locator("[name='body-1-value-level']").select_option(level)
            with page.expect_event("load"):
                page.locator("button.action-save").first.click()
        count = page.locator("[data-side-panel='checks'] [data-content-checker-count]")
        if not count.is_visible():
            page.locator("[data-side-panel-toggle='checks']").click()
        page.wait_for_function("() => +document.querySelector('[data-content-word-count]').textContent > 10")
        count.filter(has_text=problems).wait_for()


def save(page: Any) -> None:
    """Save the draft, and be on the page that this leads to.

    Wagtail saves by itself half a second after a change, and the first time it puts the new page's address into the
    address bar. So an address says nothing of our own saving: whoever goes on by it breaks off the request. And a
    press before that first answer would make a second page of the same name.
    """
    page.wait_for_url(re.compile(r"/redaktion/pages/\d+/edit/"))
    page.wait_for_function(f"document.querySelector('{AUTOSAVE}')?.dataset.wAutosaveStateValue === 'saved'")
    with page.expect_event("load"):
        page.locator("button.action-save").first.click()


def test_an_editor_writes_uploads_previews_and_publishes(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    section = int(run_python(own_folder, ADD_SECTION))
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        upload(page, server, tmp_path)
        write(page, server, section)
        look_at_the_checks(page)
        address = page.url.split("?")[0]
        assert server.get("/nachrichten/hafen/das-schiff-ist-da/").status == 404, "a draft is nobody's business"

        page.goto(address.replace("/edit/", "/view_draft/"))
        assert page.locator("h1", has_text="Das Schiff ist da").is_visible()
        assert page.locator("blockquote", has_text="Wir haben lange gewartet").is_visible()

        page.goto(address)
        page.locator(
            "footer .w-dropdown-button .w-dropdown__toggle, .footer .w-dropdown-button .w-dropdown__toggle"
        ).last.click()
        with page.expect_navigation():  # «loaded» is true of the page before, too
            page.locator("button[name='action-publish']").click()

        assert "Das Schiff ist da" in server.get("/").text, "the front page shows it"
        with watching(browser, server) as reader:
            public = reader.open("/nachrichten/hafen/das-schiff-ist-da/")
            public.locator("fh-player button").first.click()
            assert_plays(public.locator("video").first)
            assert reader.judge() == []
