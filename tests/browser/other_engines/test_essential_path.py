"""What everybody must be able to do, in Firefox and in WebKit: one browser is not the web."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.other_engines.firefox import firefox
from tests.browser.other_engines.webdriver import Driver
from tests.browser.other_engines.webkit import webkit
from tests.server import Server

PLAY = ".fh-player-play"
NOW = "document.querySelector('fh-player').media.currentTime"
FOCUS = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
STEPS = 40
UNDER_THE_BAR = """return [...document.querySelectorAll('.fh-cue-words')].some((words) =>
    words.getBoundingClientRect().bottom > document.querySelector('.fh-seek').getBoundingClientRect().top)"""
HEARD = "const {muted, playbackRate} = document.querySelector('video'); return [muted, playbackRate]"
WHAT_IS_SEEN = """const {left, top} = document.querySelector('.fh-player-rating').getBoundingClientRect();
    return document.elementFromPoint(left + 8, top + 8).textContent"""
# Before anything of it plays: the file's own line, as broadcasters' subtitles have it.
ON_THE_LAST_LINE = """document.addEventListener('load', ({target}) => {
    for (const cue of target.track?.cues ?? []) cue.line = -1;
}, true)"""


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with request.param(tmp_path_factory.mktemp("browser")) as found:
        found.resize(1280, 800)
        yield found


@pytest.fixture
def page(driver: Driver, site: Server, facts: dict[str, Any]) -> Driver:
    """The demo's first episode: subtitles, chapters, audio description; nothing kept from the test before."""
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Morgen am Kai")
    driver.open(site.url + path)
    driver.run("localStorage.clear(); sessionStorage.clear()")
    driver.wait_for(f"document.querySelector('{PLAY}')", "the button to play")
    return driver


def wait_past(page: Driver, seconds: float) -> float:
    """Wait until it has played on past a moment; return where it stands."""
    playing = f"!document.querySelector('video').paused && {NOW} > {seconds} && {NOW}"
    return float(page.wait_for(playing, f"it to play past {seconds} s", 40))


def play_by_mouse(page: Driver) -> None:
    page.click(PLAY)
    wait_past(page, 0.3)
    page.wait_for("document.querySelector('.fh-bar')", "the controls")


def button(icon: str) -> str:
    return f".fh-bar [data-icon='{icon}']"


def test_by_mouse_it_plays_seeks_shows_captions_describes_and_fills_the_screen(page: Driver) -> None:
    page.run(ON_THE_LAST_LINE)
    play_by_mouse(page)
    page.click(".fh-seek", 0.5)
    assert wait_past(page, 12.1) < 18
    page.click(button("captions"))
    page.wait_for("document.activeElement.type === 'radio' && document.activeElement.checked", "the chosen entry")
    page.click(".fh-panel:not([hidden]) label:nth-of-type(2) input")
    page.click(button("captions"))
    page.click(".fh-seek", 0.15)
    page.wait_for("document.querySelector('.fh-cue-words')", "the captions")
    assert not page.run(UNDER_THE_BAR), "they lie behind the controls"
    page.click(button("description"))
    described = "document.querySelector(\".fh-bar [data-icon='description']\").getAttribute('aria-pressed') === 'true'"
    page.wait_for(described, "the description")
    assert wait_past(page, 4.1) < 15, "it goes on where it was"
    page.click(button("fullscreen"))
    page.wait_for("document.fullscreenElement === document.querySelector('fh-player')", "the full screen")
    page.wait_for("document.querySelector('video').clientWidth === innerWidth", "the picture to fill it")
    page.click(button("window"))
    page.wait_for("!document.fullscreenElement", "the window")
    assert page.run("return complaints") == []


def test_the_age_stands_on_the_picture(page: Driver, site: Server, facts: dict[str, Any]) -> None:
    page.open(site.url + next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier"))
    page.wait_for("document.querySelector('.fh-player-play')", "the player")
    assert page.run(WHAT_IS_SEEN) == "ab 6"


def test_by_keyboard_it_plays_stops_seeks_shows_captions_and_goes_faster(page: Driver) -> None:
    page.run(f"document.querySelector('{PLAY}').focus()")
    page.press("Enter")
    wait_past(page, 0.3)
    page.wait_for(f"({FOCUS}) === 'Pause'", "the focus on the controls")
    page.press("k")
    page.wait_for(f"({FOCUS}) === 'Abspielen'", "the pause")
    tab_to(page, "Stelle", back=True)
    page.press("Home")
    for _step in range(3):
        page.press("ArrowRight")
    page.wait_for(f"Math.abs({NOW} - 15) < 0.5", "fifteen seconds")
    page.press("c")
    page.wait_for("document.querySelector('.fh-cue-words')", "the captions")
    tab_to(page, "Einstellungen")
    page.press("Enter")
    page.wait_for("document.activeElement.value === '1'", "the menu to open on the speed that is chosen")
    page.press("ArrowDown")
    page.wait_for("document.querySelector('video').playbackRate === 1.25", "the next speed")
    page.press("Escape")
    page.wait_for(f"({FOCUS}) === 'Einstellungen'", "the focus on its button")
    page.press("k")
    wait_past(page, 15.5)
    assert page.run("return complaints") == []


def tab_to(page: Driver, name: str, *, back: bool = False) -> None:
    """Press Tab until the control of this name has the focus."""
    for _step in range(STEPS):
        if page.run(f"return {FOCUS}") == name:
            return
        page.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def test_a_press_on_the_thumb_that_moves_nothing_leaves_the_bar_running(page: Driver) -> None:
    play_by_mouse(page)
    page.press("k")
    thumb = "const bar = document.querySelector('.fh-seek'); return bar.value / bar.max"
    page.click(".fh-seek", page.run(thumb))
    page.press("k")
    before = page.run("return Number(document.querySelector('.fh-seek').value)")
    page.wait_for(f"document.querySelector('.fh-seek').value > {before + 1}", "the bar to go on")


def test_the_place_is_there_again_after_a_reload_and_what_was_chosen_too(page: Driver) -> None:
    play_by_mouse(page)
    page.press("m")
    page.press(">")
    page.click(".fh-seek", 0.5)
    wait_past(page, 12.1)
    page.press("k")
    page.wait_for("/^#t=1[2-5]$/.test(location.hash)", "the place in the address")
    heard = page.run(HEARD)
    assert heard[1] == 1.25
    page.send("Refresh", {})
    page.wait_for(f"document.querySelector('{PLAY}')?.textContent.startsWith('Abspielen ab 0:1')", "the place")
    page.click(PLAY)
    assert 12 <= wait_past(page, 12.1) < 18
    assert page.run(HEARD) == heard
