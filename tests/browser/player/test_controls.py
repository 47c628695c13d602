"""The player's own controls, by keyboard alone and as a screen reader finds them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.player.watch import DESK, NARROWEST, Watched, assert_plays, assert_words, play_state, watching
from tests.browser.test_access import AXE, RULES
from tests.server import Server, wait_for

FOCUS = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
PRESS_PLAY = "() => { const play = document.querySelector('.fh-bar-play'); play.click(); return play.ariaLabel; }"
PANELS = {"Untertitel, UT": "group", "Kapitel": "group", "Text zum Mitlesen": "region"}
STEPS = 40


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    """The demo's first episode: subtitles, chapters, audio description, and one that follows."""
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def start(watched: Watched, path: str) -> Any:
    """Play by the keyboard, and wait until the controls have the focus."""
    page = watched.open(path)
    page.locator("fh-player button").focus()
    page.keyboard.press("Enter")
    page.locator(".fh-bar").wait_for()
    assert_plays(page.locator("video").first, past_s=0.2)
    wait_for(lambda: page.evaluate(FOCUS) == "Pause", "the focus on the controls", 10)
    return page


def tab_to(page: Any, name: str, *, back: bool = False) -> None:
    """Press Tab until the control of this name has the focus."""
    for _step in range(STEPS):
        if page.evaluate(FOCUS) == name:
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def time_of(page: Any) -> float:
    """Where the programme stands."""
    return float(play_state(page.locator("video").first)["time"])


def test_everything_is_done_by_keyboard_alone(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        wait_for(lambda: page.evaluate(FOCUS) == "Abspielen", "the pause")
        assert play_state(page.locator("video").first)["paused"]
        switch_captions_on(page)
        tab_to(page, "Stelle", back=True)
        page.keyboard.press("Home")
        for _step in range(3):
            page.keyboard.press("ArrowRight")
        assert_restyled(page)
        assert_previewed(page)
        switch_description_on(watched)
        tab_to(page, "Kapitel")
        page.keyboard.press("Enter")
        tab_to(page, "0:16 Das Licht geht aus")
        page.keyboard.press("Enter")
        wait_for(lambda: 15.9 < time_of(page) < 19, "the chapter", 20)
        page.keyboard.press(">")
        page.keyboard.press(">")
        wait_for(lambda: page.evaluate("() => document.querySelector('video').playbackRate") == 1.5, "the speed")
        voice = page.locator('[aria-live="polite"]').first
        wait_for(lambda: voice.text_content() == "Tempo: 1,5-fach", "the message")
        go_on(page)
        assert watched.judge() == []


def switch_captions_on(page: Any) -> None:
    """German, large and yellow; the focus comes back to the button."""
    tab_to(page, "Untertitel, UT")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")  # from «off» to the first language
    page.keyboard.press("Tab")
    choose(page, "Größe", "groß")
    page.keyboard.press("Tab")
    choose(page, "Farbe", "Gelb")
    page.keyboard.press("Escape")
    wait_for(lambda: page.evaluate(FOCUS) == "Untertitel, UT", "the focus on its button")


def switch_description_on(watched: Watched) -> None:
    """The described sound is fetched, and goes on where the other one was."""
    page = watched.page
    tab_to(page, "Audiodeskription, AD")
    before = time_of(page)
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    watched.wait_for(lambda: any(path.endswith("/sound-2.mp4") for path in watched.paths), "the described sound", 20)
    button = page.get_by_role("button", name="Audiodeskription, AD")
    wait_for(lambda: button.get_attribute("aria-pressed") == "true", "the button to be pressed")
    wait_for(lambda: time_of(page) > before + 0.3, "it to go on", 20)
    assert time_of(page) < before + 5


def go_on(page: Any) -> None:
    """To the next episode, which is rated 6 and not 0: it is offered and never starts by itself."""
    page.keyboard.press("9")
    page.get_by_role("group", name="Nächste Folge").wait_for(timeout=20_000)
    page.wait_for_timeout(300)
    assert page.locator(".fh-next-count").text_content() == ""
    tab_to(page, "Jetzt ansehen")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("linie-vier"))
    assert_plays(page.locator("video").first)


def choose(page: Any, name: str, value: str) -> None:
    """Choose in the list that has the focus, by typing as one does."""
    label = page.evaluate("() => document.activeElement.closest('label')?.firstChild.textContent")
    assert label == name
    for _step in range(8):
        if page.evaluate("() => document.activeElement.selectedOptions[0].text") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in {name}")


def assert_restyled(page: Any) -> None:
    words = assert_words(page, "Wie war die Nacht?")
    assert words.evaluate("e => getComputedStyle(e).color") == "rgb(255, 255, 0)"
    assert page.locator(".fh-captions").get_attribute("data-size") == "l"
    kept = page.evaluate("() => JSON.parse(localStorage.getItem('fh-captions'))")
    assert kept == {"language": "de", "kind": "subtitles", "size": "l", "color": "yellow"}
    assert page.evaluate("() => Object.keys(localStorage)") == ["fh-captions"]


def assert_previewed(page: Any) -> None:
    """Seeking shows the picture of the moment, and says it with the chapter."""
    picture = page.locator(".fh-preview-picture")
    wait_for(picture.is_visible, "the picture above the bar", 20)
    assert re.search(r"/m/.+/storyboard-001\.jpg", picture.evaluate("e => getComputedStyle(e).backgroundImage"))
    bar = page.locator(".fh-seek")
    wanted = "15 Sekunden von 24 Sekunden, Kapitel Nach der Nacht"
    wait_for(lambda: bar.get_attribute("aria-valuetext") == wanted, wanted)


def test_what_was_chosen_is_there_again_and_in_no_cookie(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        assert page.evaluate("() => localStorage.length") == 0, "nothing is kept before the viewer has chosen"
        page.keyboard.press("c")
        page = start(watched, episode["path"])
        page.locator(".fh-cue-words").wait_for(timeout=20_000)
        button = page.get_by_role("button", name="Untertitel, UT")
        wait_for(lambda: button.get_attribute("aria-pressed") == "true", "the button to be pressed")
        assert watched.judge() == []


@pytest.mark.parametrize("size", [NARROWEST, DESK], ids=["320", "1440"])
def test_axe_finds_nothing_on_the_page_with_its_controls_and_menus_open(
    site: Server, episode: dict[str, Any], browser: Any, size: Any
) -> None:
    with watching(browser, site, size=size, bypass_csp=True) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        page.keyboard.press("c")
        page.add_script_tag(path=str(AXE))
        faults = []
        for name in ("Untertitel, UT", "Kapitel", "Text zum Mitlesen", "Einstellungen"):
            tab_to(page, name)
            page.keyboard.press("Enter")
            result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
            faults += [
                f"{name}: {one['id']} {node['html'][:160]}" for one in result["violations"] for node in one["nodes"]
            ]
            page.keyboard.press("Escape")
        assert faults == []
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0


def test_a_countdown_goes_on_unless_it_is_stopped(site: Server, facts: dict[str, Any], browser: Any) -> None:
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier")  # from 6; «Markttag» is 0
    with watching(browser, site) as watched:
        page = start(watched, path)
        page.keyboard.press("9")
        wait_for(lambda: page.evaluate(FOCUS) == "Hier bleiben", "the countdown", 20)
        voice = page.locator('[aria-live="polite"]').first
        wait_for(lambda: "Markttag, beginnt in 10 Sekunden" in voice.text_content(), "the message")
        page.keyboard.press("Enter")
        page.locator(".fh-next").wait_for(state="hidden")
        wait_for(lambda: page.evaluate(FOCUS) == "Abspielen", "the focus on the controls")
        count = page.locator(".fh-next-count").text_content()
        page.wait_for_timeout(1_500)
        assert page.locator(".fh-next-count").text_content() == count, "stopped is stopped"


def test_the_script_stays_small(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        sizes: list[tuple[str, int]] = []
        watched.page.on(
            "response",
            lambda answer: (
                sizes.append((answer.url, int(answer.headers["content-length"] or 0))) if ".js" in answer.url else None
            ),
        )
        watched.open(episode["path"])
        watched.page.wait_for_load_state("networkidle")
        assert 0 < sum(size for _url, size in sizes) <= 5_000, sizes
        start(watched, episode["path"])
        assert sum(dict(sizes).values()) <= 60_000, sizes
        assert len(dict(sizes)) > 10, "the controls are among them"


def test_a_screen_reader_finds_every_control_by_name(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        assert page.evaluate(PRESS_PLAY) == "Abspielen", "the name waits for the browser's event"
        tab_to(page, "Einstellungen")
        page.keyboard.press("Enter")
        wait_for(lambda: page.get_by_role("radio", name="720p").count(), "the sizes", 20)
        seen = page.locator("fh-player").aria_snapshot()
        wanted = (Path(__file__).parent / "controls.aria.yml").read_text(encoding="utf-8")
        assert steady(seen) == wanted.strip(), seen
        page.keyboard.press("Escape")
        menus = []
        for name, role in PANELS.items():
            tab_to(page, name, back=name == "Untertitel, UT")
            page.keyboard.press("Enter")
            panel = page.get_by_role(role, name=name.partition(",")[0], exact=True).first
            panel.get_by_text("Gelb" if "UT" in name else "0:0").first.wait_for(state="attached")
            menus.append(f"# {name}\n{panel.aria_snapshot()}")
            page.keyboard.press("Escape")
        wanted = (Path(__file__).parent / "menus.aria.yml").read_text(encoding="utf-8")
        assert "\n".join(menus) == wanted.strip(), "\n".join(menus)


def steady(snapshot: str) -> str:
    """Without what depends on the moment: where it stands, and the size that the line gives."""
    for pattern, text in {
        r'(slider "Stelle": )"[\d.]+"': r"\1_",
        r"\d:\d\d / ": "_ / ",
        r"automatisch \(\d+p\)": "automatisch (_)",
    }.items():
        snapshot = re.sub(pattern, text, snapshot)
    return snapshot
