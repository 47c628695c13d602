"""An editor without a mouse: from the login to the video that plays, by keys alone. And what axe says of the desk."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as NotSeenError

from tests.browser.desk.test_editor import log_in
from tests.browser.player.watch import DESK, PHONE, assert_plays, watching
from tests.browser.test_access import AXE, RULES
from tests.conftest import run_python
from tests.server import EDITOR, PASSWORD, Server, serving, wait_for
from tests.sources import make_clip

MAKE = (
    "import django; django.setup(); from funkhaus.mediathek.models import Person, Show;"
    "Person.objects.create(name='Ada Brandt', slug='ada-brandt');"
    "show = Show(title='Tidenzeit', slug='tidenzeit'); show.save(); show.save_revision().publish()"
)
MOST = 170  # stops of the tab key from the top of the longest form to its end
# What has the focus: name and label, and whether one can see it.
FOCUS = """() => {
    const stop = document.activeElement;
    const box = stop.getBoundingClientRect();
    const name = [stop.id, stop.name, stop.getAttribute("aria-label"), stop.innerText ?? ""].join(" | ");
    return {name, isSeen: box.width > 0 && getComputedStyle(stop).outlineStyle !== "none"};
}"""
# Fields that reach beyond the window: the page itself hides what is too wide, so nothing scrolls.
CUT = """() => [...document.querySelectorAll(".fh-desk :is(select, input, textarea, button, a)")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth)
    .map((one) => one.outerHTML.slice(0, 90))"""
# Wagtail's own forms have these; they are told of in their place.
THEIRS = {"landmark-unique", "target-size"}


def tab_to(page: Any, wanted: str) -> int:
    """Press the tab key until something named so has the focus; return how often."""
    for count in range(1, MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if re.search(wanted, stop["name"]):
            assert stop["isSeen"], f"the focus on {stop['name']} cannot be seen"
            return count
    raise AssertionError(f"the tab key never reaches {wanted} on {page.url}")


def choose(page: Any, button: str, name: str) -> None:
    """Open a chooser, take something, and be where one was."""
    tab_to(page, button)
    page.keyboard.press("Enter")
    page.locator(".modal.in[aria-label]").wait_for()
    tab_to(page, rf"\| {name}$")
    page.keyboard.press("Enter")
    try:
        page.locator(".modal").wait_for(state="detached")
    except NotSeenError as stuck:
        left = page.locator(".modal").inner_html()
        raise AssertionError(f"the window stays, with the focus on {page.evaluate(FOCUS)}: {left}") from stuck
    page.wait_for_function("document.activeElement !== document.body")
    assert page.evaluate("document.activeElement.closest('.chooser') !== null"), "the focus is lost after a choice"


def test_the_keyboard_alone_brings_a_video_on_air(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "ohne_maus.mp4", seconds=3)
    run_python(own_folder, MAKE)
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        page.goto(f"{server.url}/redaktion/")
        for word in (EDITOR, PASSWORD):  # the first field has the focus
            page.keyboard.type(word)
            page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server.url}/redaktion/")
        upload(page, clip)
        server.wait_for_media(90)
        page.locator("fh-job:not([data-working])").wait_for()  # loaded again, for its preview
        tab_to(page, "Angaben ergänzen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/videos/edit/*/")
        fill_in(page)
        publish(page)
        (found,) = server.query("SELECT live, teaser, kind, age_rating, episode_number FROM mediathek_video")
        assert found == (1, "Ganz ohne Maus.", "episode", "0", 7)
        assert server.query("SELECT count(*) FROM mediathek_credit") == [(1,)]
        tab_to(page, "Öffentliche Seite ansehen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/video/*/")
        tab_to(page, "Abspielen")
        page.keyboard.press("Space")
        assert_plays(page.locator("video").first)


def test_a_page_in_somebodys_hands_is_not_loaded_again(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    with serving(own_folder, words=("--no-worker",)) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        upload(page, make_clip(tmp_path / "in_der_hand.mp4", seconds=1))
        progress = f"**{page.locator('fh-job[data-working]').get_attribute('data-url')}"

        def tell_the_end(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json=answer.json() | {"is_working": False})

        page.evaluate("window.isSame = true")
        tab_to(page, "Angaben ergänzen")
        page.route(progress, tell_the_end, times=1)
        page.get_by_role("link", name="Seite neu laden").wait_for()
        assert "Angaben ergänzen" in page.evaluate(FOCUS)["name"]
        assert page.evaluate("window.isSame")
        page.reload()
        with page.expect_event("load"):
            page.route(progress, tell_the_end, times=1)


def upload(page: Any, clip: Path) -> None:
    """Through the menu to the upload; the file, its kind and rating, and off it goes."""
    tab_to(page, "Mediathek")
    page.keyboard.press("Enter")
    tab_to(page, "Hochladen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hochladen/")
    page.locator("[data-pick]").wait_for()
    with page.expect_file_chooser() as chooser:  # asked for before the way there: the browser takes a moment to agree
        tab_to(page, "fh-pick")
        page.keyboard.press("Space")
    chooser.value.set_files(str(clip))
    page.wait_for_function("document.activeElement.name?.endsWith('-title')")  # the focus is at the first question
    assert tab_to(page, "-kind") == 1
    page.keyboard.type("Folge")
    tab_to(page, "-rating")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Hochladen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/redaktion/mediathek/dateien/*/")


def fill_in(page: Any) -> None:
    """The teaser, the show by its chooser, a number, and a person in a row of their own."""
    tab_to(page, r"\| teaser \|")
    page.keyboard.type("Ganz ohne Maus.")
    choose(page, "Sendung auswählen", "Tidenzeit")
    assert tab_to(page, "season_number") == 1, "on it goes behind the chooser, not from the top"
    page.keyboard.type("1")
    tab_to(page, "episode_number")
    page.keyboard.type("7")
    tab_to(page, "id_credits-ADD")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('#id_credits-FORMS') !== null")  # in the new row
    choose(page, "Person auswählen", "Ada Brandt")


def publish(page: Any) -> None:
    """By the menu beside «save draft»."""
    tab_to(page, "Mehr Aktionen")
    page.keyboard.press("Enter")
    tab_to(page, "action-publish")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1440"])
def test_axe_finds_nothing_of_ours_at_the_desk(site: Server, browser: Any, size: Any, tmp_path: Path) -> None:
    (video,) = site.query("SELECT id FROM mediathek_video WHERE slug = 'morgen-am-kai'")[0]
    ((liveblog,),) = site.query("SELECT min(articlepage_ptr_id) FROM newsroom_liveblogpage")
    ((article,),) = site.query("SELECT min(page_ptr_id) FROM newsroom_articlepage")
    paths = [f"mediathek/videos/edit/{video}/", "mediathek/videos/add/", f"mediathek/videos/{video}/fassungen/"]
    paths += [f"meldungen/{article}/{name}/" for name in ("eil", "zurueckziehen", "einfuegen")]
    paths += ["mediathek/hochladen/", "meldungen/eil/", f"pages/{article}/edit/", f"meldungen/{liveblog}/liveblog/"]
    with watching(browser, site, size=size, bypass_csp=True) as watched:
        page = watched.page
        log_in(page, site)
        faults = []
        for path in paths:
            page.goto(f"{site.url}/redaktion/{path}")
            page.wait_for_load_state("networkidle")
            if path.endswith("hochladen/"):
                page.locator("[data-pick]").set_input_files(make_clip(tmp_path / "reihe.mp4", seconds=1))
                page.locator("fh-upload-row").wait_for()
            page.add_script_tag(path=str(AXE))
            faults += [f"{path}: {one}" for one in list_lasting_faults(page)]
        assert faults == [], "\n".join(faults)


def list_lasting_faults(page: Any) -> list[str]:
    """What axe finds, and what is cut off, once Wagtail has made the fields with their names by script."""
    faults: list[str] = []

    def is_clean() -> bool:
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
        faults[:] = [f"{one} is wider than the window" for one in page.evaluate(CUT)] + [
            f"{one['id']}: {node['html'][:150]}"
            for one in found["violations"]
            if one["id"] not in THEIRS
            for node in one["nodes"]
        ]
        return not faults

    with contextlib.suppress(AssertionError):
        wait_for(is_clean, "the page to be clean", 10)
    return faults
