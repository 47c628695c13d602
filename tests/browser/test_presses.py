"""A mouse and a finger on the picture; keys that can be found; what they say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.player.test_controls import FOCUS, start, tab_to
from tests.browser.player.watch import assert_plays, watching
from tests.server import Server, wait_for

PAUSED = "() => document.querySelector('video').paused"
CALM = ".fh-is-calm"


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def test_a_finger_brings_the_controls_first_and_pauses_only_then(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, size={"width": 820, "height": 1100}, has_touch=True, is_mobile=True) as watched:
        page = watched.open(episode["path"])
        page.locator("fh-player button").tap()
        page.locator(".fh-bar").wait_for()
        assert_plays(page.locator("video").first, past_s=0.2)
        page.locator(CALM).wait_for(timeout=8_000)
        box = page.locator("video").bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.touchscreen.tap(*middle)
        page.wait_for_timeout(600)
        wait_for(lambda: page.locator(CALM).count() == 0, "the controls")
        assert not page.evaluate(PAUSED)
        page.touchscreen.tap(*middle)
        wait_for(lambda: page.evaluate(PAUSED), "the pause")


def test_two_presses_of_the_mouse_fill_the_screen_and_go_on_playing(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.locator("video").first.dblclick(position={"x": 200, "y": 200})
        wait_for(lambda: page.evaluate("() => document.fullscreenElement !== null"), "the full screen")
        wait_for(lambda: not page.evaluate(PAUSED), "it to play on")


def list_voices(page: Any) -> list[tuple[bool, str]]:
    """The live regions of the accessibility tree: does each lie in what fills the screen, and its words."""
    session = page.context.new_cdp_session(page)
    code = """function () {
        const isRegion = this.nodeType === 1 && this.hasAttribute('aria-live');
        return isRegion && [Boolean(document.fullscreenElement?.contains(this)), this.textContent];
    }"""
    found = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node["ignored"] or not any(one["name"] == "live" for one in node.get("properties", [])):
            continue
        handle = session.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})["object"]["objectId"]
        words = {"functionDeclaration": code, "objectId": handle, "returnByValue": True}
        if region := session.send("Runtime.callFunctionOn", words)["result"]["value"]:
            found.append((region[0], region[1]))
    session.detach()
    return found


def test_in_full_screen_the_messages_are_heard_and_once(site: Server, episode: dict[str, Any], browser: Any) -> None:
    is_full = "() => document.fullscreenElement !== null"
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("m")
        wait_for(lambda: (False, "Lautstärke: 0 %") in list_voices(page), "the message in the page")
        page.keyboard.press("f")
        wait_for(lambda: page.evaluate(is_full), "the full screen")
        wait_for(lambda: list_voices(page) == [(True, "")], "one region, with nothing old in it")
        page.keyboard.press("m")
        wait_for(lambda: list_voices(page) == [(True, "Lautstärke: 100 %")], "the message in full screen")
        page.keyboard.press("f")
        wait_for(lambda: not page.evaluate(is_full), "the page")
        wait_for(lambda: list_voices(page) == [(False, "")], "one region in the page again")


@pytest.mark.parametrize("width", [1440, 360])
def test_what_one_seeks_by_lies_above_the_card_of_what_comes_next(
    site: Server, facts: dict[str, Any], browser: Any, width: int
) -> None:
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier")
    with watching(browser, site, size={"width": width, "height": 900}) as watched:
        page = start(watched, path)
        page.keyboard.press("9")
        page.locator(".fh-next").wait_for(timeout=20_000)
        bar = page.locator(".fh-seek").bounding_box()
        page.mouse.move(bar["x"] + bar["width"] * 0.9, bar["y"] + bar["height"] / 2)
        preview = page.locator(".fh-preview")
        preview.wait_for()
        hit = """e => {
            e.style.pointerEvents = 'auto';
            const { x, y, width, height } = e.getBoundingClientRect();
            const spots = [[.1, .1], [.9, .1], [.5, .5], [.1, .9], [.9, .9]];
            return spots.map(([a, b]) => e.contains(document.elementFromPoint(x + a * width, y + b * height)));
        }"""
        assert preview.evaluate(hit) == [True] * 5


def test_the_keys_can_be_found_and_say_what_they_did(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        before = page.locator("fh-player").bounding_box()
        page.keyboard.press("?")
        wait_for(lambda: page.evaluate(FOCUS) == "Tasten", "the keys")
        after = page.locator("fh-player").bounding_box()
        assert (before["width"], before["height"]) == (after["width"], after["height"]), "a menu lies on the picture"
        keys = page.locator(".fh-keys")
        assert keys.get_by_text("Leertaste").is_visible()
        page.keyboard.press("Escape")
        wait_for(lambda: page.evaluate(FOCUS) == "Einstellungen", "the focus on its button")
        voice = page.locator('[aria-live="polite"]').first
        for key, said in {
            "c": "Untertitel: Deutsch",
            "ArrowDown": "Lautstärke: 95 %",
            "m": "Lautstärke: 0 %",
            "d": "Audiodeskription: An",
        }.items():
            page.keyboard.press(key)
            wait_for(lambda said=said: voice.text_content() == said, said)


def test_who_chooses_the_look_of_the_subtitles_sees_it(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        page.keyboard.press("Home")  # nobody speaks yet
        page.keyboard.press("c")
        tab_to(page, "Untertitel, UT")
        page.keyboard.press("Enter")
        sample = page.get_by_text("So sehen deine Untertitel aus.")
        sample.wait_for()
        page.keyboard.press("Escape")
        sample.wait_for(state="hidden")


def test_escape_closes_the_text_and_short_words_grow_with_the_others(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        tab_to(page, "Text zum Mitlesen")
        page.keyboard.press("Enter")
        page.locator(".fh-transcript-panel li button").first.focus()
        page.keyboard.press("Escape")
        wait_for(lambda: page.evaluate(FOCUS) == "Text zum Mitlesen", "the focus on its button")
        page.locator(".fh-transcript-panel").wait_for(state="hidden")
        page.evaluate("() => (document.documentElement.style.fontSize = '200%')")
        button = page.get_by_role("button", name="Untertitel, UT")
        assert button.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == 30


def test_chapters_stand_where_they_are_from_right_to_left_too(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    """A programme runs from left to right in every language, as the bar does."""
    with watching(browser, site) as watched:
        page = watched.open(episode["path"])
        page.evaluate("() => (document.documentElement.dir = 'rtl')")
        page.locator("fh-player button").click()
        page.locator(".fh-marks i").first.wait_for(state="attached")
        bar = page.locator(".fh-marks").bounding_box()
        at = [(one.bounding_box()["x"] - bar["x"]) / bar["width"] for one in page.locator(".fh-marks i").all()]
        assert [round(share, 2) for share in at] == [0.17, 0.42, 0.67], "at 4, 10 and 16 of 24 seconds"


def test_with_forced_colors_the_controls_stand_on_the_canvas(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, forced_colors="active") as watched:
        page = start(watched, episode["path"])
        style = page.locator(".fh-bar").evaluate(
            "e => { const s = getComputedStyle(e); return [s.backgroundImage, s.backgroundColor]; }"
        )
        assert style[0] == "none"
        assert style[1] == page.evaluate("() => getComputedStyle(document.body).backgroundColor")
