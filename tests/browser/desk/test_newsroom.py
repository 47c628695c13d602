"""A day in the newsroom: an author writes, an editor approves, plans, locks, tells it live, corrects, withdraws.

A reader has the pages open meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.desk.test_editor import log_in, save
from tests.browser.desk.writing import SEEN, write_every_block
from tests.browser.player.watch import Watched, watching
from tests.checkers.html_check import find_markup_faults
from tests.conftest import run_python
from tests.server import Server, serving, wait_for

MAKE = """
import json; import django; django.setup()
from django.contrib.auth.models import Group
from django.utils import timezone
from funkhaus.accounts.models import User
from funkhaus.mediathek.models import AvailabilityWindow, Video
from funkhaus.newsroom.desk.samples.sample_blocks import list_samples
from funkhaus.newsroom.models import Author, NewsIndexPage, StandingPage, TopicPage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_picture, make_section, write_post
from tests.server import PASSWORD
for name, group in (("ada", "Autoren"), ("edda", "Chefredaktion")):
    user = User(username=name)
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name=group))
section = make_section("hafen", NewsIndexPage.objects.get())
picture = make_picture(title="Kutter")
video = Video(title="Hafenfilm", slug="hafenfilm", kind="clip", age_rating="0", first_published_at=timezone.now())
video.windows.add(AvailabilityWindow(starts_at=timezone.now()))
video.save()
video.save_revision().publish()
author = Author.objects.create(name="Ada", slug="ada", picture=picture)
topic = NewsIndexPage.objects.get().add_child(instance=TopicPage(title="Hochwasser", slug="hochwasser"))
article = make_article(section, authors=[author], topics=[topic], picture=picture)
article.body = json.dumps([{"type": k, "value": v} for k, v in list_samples(picture.pk, picture.pk, 0, article.pk)])
article.save()
help = StandingPage.objects.get(slug="hilfe")
help.save_revision().publish()
pages = [make_liveblog(section, picture=picture), article, make_article(section, "ebbe", title="Die Ebbe")]
pages += [make_article(section, slug, title=slug.title(), live=False, first_published_at=None)
          for slug in ("geplant", "gesperrt")]
for page in pages[:3]:
    page.save_revision().publish()
for page in pages[3:]:
    page.save_revision()
write_post(pages[0], "Es geht los")
print(section.pk, pages[0].pk, article.pk, pages[3].pk, pages[4].pk)
"""
# What is planned for a morning far away is planned for this moment.
COMES = """
import django; django.setup()
from django.utils import timezone
from wagtail.models import Revision
(plan,) = Revision.objects.filter(approved_go_live_at__isnull=False)
plan.approved_go_live_at = timezone.now()
plan.content["go_live_at"] = plan.approved_go_live_at.isoformat()
plan.save()
"""
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as a reader who comes back to the page
SHIP, PLANNED, LOCKED = (f"/nachrichten/hafen/{slug}/" for slug in ("das-schiff-ist-da", "geplant", "gesperrt"))
LIVE, ARTICLE = "/nachrichten/hafen/live/", "/nachrichten/hafen/turm/"
TOMORROW = "2099-01-02 06:00"


def act(page: Any, name: str) -> None:
    """Open the menu of the footer and do what it offers under a name."""
    page.locator("footer .w-dropdown-button .w-dropdown__toggle").last.press("Enter")
    with page.expect_event("load"):  # autosave changes the address too, which counts as navigation
        page.locator(f"button[name='action-{name}'], button[data-workflow-action-name='{name}']").first.press("Enter")


def write(author: Any, server: Server, section: str) -> str:
    """Every block there is, and submit; return the address of the editing page."""
    author.goto(f"{server.url}/redaktion/pages/add/newsroom/articlepage/{section}/")
    author.locator("input[name=kicker]").fill("Hafen")
    author.locator("[name=title]").fill("Das Schiff ist da")
    author.locator("[name=teaser]").fill("Nach drei Wochen auf See liegt es am Kai.")
    write_every_block(author)
    save(author)
    address: str = author.url.split("?")[0]
    act(author, "submit")
    author.goto(address)
    assert author.locator("button[name='action-submit']").count() == 0, "whoever has submitted waits"
    assert server.get(SHIP).status == 404
    return address


def approve(editor: Any, server: Server, address: str) -> None:
    """The editor finds every block in it and approves; the public has it."""
    editor.goto(address)
    act(editor, "approve")
    answer = server.get(SHIP)
    assert answer.status == 200
    assert [kind for kind, words in SEEN.items() if words not in answer.text] == []
    assert find_markup_faults(answer.text) == []


def plan(editor: Any, server: Server, page: str, data: Path) -> None:
    """Planned for a morning far away: nobody sees it; when the moment has come, everybody does."""
    editor.goto(f"{server.url}/redaktion/pages/{page}/edit/")
    editor.locator("[aria-controls=form-side-status], [data-side-panel-toggle=status]").first.click()
    editor.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    fill_moment(editor, "go_live_at", TOMORROW)
    with editor.expect_event("load"):
        editor.locator("#schedule-publishing-dialog button[type=submit]").first.press("Enter")
    act(editor, "publish")
    assert server.get(PLANNED).status == 404
    run_python(data, COMES)
    wait_for(lambda: server.get(PLANNED).status == 200, "the planned article", 15)


def lock(editor: Any, server: Server, page: str) -> None:
    """Published under an embargo: nobody sees it, until the editor lifts it."""
    editor.goto(f"{server.url}/redaktion/pages/{page}/edit/")
    set_embargo(editor, TOMORROW)
    act(editor, "publish")
    assert server.get(LOCKED).status == 404
    assert "Gesperrt" not in server.get("/nachrichten/hafen/").text
    editor.goto(f"{server.url}/redaktion/pages/{page}/edit/")
    set_embargo(editor, "")
    act(editor, "publish")
    assert server.get(LOCKED).status == 200


def set_embargo(editor: Any, text: str) -> None:
    editor.get_by_role("tab", name="Einstellungen").click()
    fill_moment(editor, "embargo_until", text)


def fill_moment(editor: Any, name: str, text: str) -> None:
    """Type a moment. The calendar that the field opens may cover what is below: from here on the keyboard is used."""
    editor.locator(f"[name={name}]").fill(text)
    editor.locator(f"[name={name}]").blur()
    editor.evaluate("document.body.dispatchEvent(new MouseEvent('mousedown', {bubbles: true}))")


def withdraw(editor: Any, server: Server, article: str) -> None:
    """The editor takes it down; its address gives the reason."""
    editor.goto(f"{server.url}/redaktion/meldungen/{article}/zurueckziehen/")
    editor.locator("[name=note]").fill("Die Zahlen waren erfunden.")
    submit(editor)
    gone = server.get(ARTICLE)
    assert gone.status == 410
    assert "Die Zahlen waren erfunden." in gone.text


def submit(page: Any) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]:visible").first.click()


def write_post(page: Any, headline: str) -> None:
    page.locator("[name=headline]").fill(headline)
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Der Ponton liegt am Kai.")
    with page.expect_navigation():
        page.locator("button[name=publish]").click()


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


def test_a_day_in_the_newsroom(own_folder: Path, browser: Any) -> None:
    section, liveblog, article, planned, locked = run_python(own_folder, MAKE).split()
    with (
        serving(own_folder) as server,
        watching(browser, server) as writing,
        watching(browser, server) as editing,
        watching(browser, server) as reading,
    ):
        log_in(writing.page, server, "ada")
        log_in(editing.page, server, "edda")
        approve(editing.page, server, write(writing.page, server, section))
        plan(editing.page, server, planned, own_folder)
        lock(editing.page, server, locked)
        follow(editing.page, reading, server, liveblog)
        correct(editing.page, reading, server, article)
        assert reading.judge() == []
        for path in (LIVE, ARTICLE, "/korrekturen/", "/autoren/ada/", "/nachrichten/hochwasser/", "/hilfe/"):
            assert find_markup_faults(server.get(path).text) == [], path
        withdraw(editing.page, server, article)
