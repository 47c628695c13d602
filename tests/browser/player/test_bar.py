"""What lies on the picture: captions and the bar, and what the bar does under a hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.player.test_controls import FOCUS, start, time_of
from tests.browser.player.watch import watching
from tests.server import Server, wait_for

# As broadcasters' subtitles have it: two speakers, each on a line of their own at the foot of the picture.
TWO_LINES = """() => {
    const { track } = document.querySelector('fh-player').controls.parts.captions;
    const [cue] = [...track.cues].filter(({startTime}) => startTime >= 4);
    const other = new VTTCue(cue.startTime, cue.endTime, 'Und die andere?');
    [cue.line, other.line] = [-1, -2];
    track.addCue(other);
    document.querySelector('video').currentTime = cue.startTime + 0.2;
}"""
TELL_THE_TIME = "() => setInterval(() => document.querySelector('video').dispatchEvent(new Event('timeupdate')), 250)"
CUES = "() => document.querySelector('fh-player').controls.parts.captions.track?.cues?.length"
BOXES = """() => [...document.querySelectorAll('.fh-cue-words')].map((words) => {
    const {top, bottom} = words.getBoundingClientRect();
    return [top, bottom];
}).sort((one, other) => one[0] - other[0])"""


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def answer_first_segments(route: Any) -> None:
    """What comes after them is never answered."""
    if route.request.headers.get("range", "").startswith("bytes=0-"):
        route.continue_()


@pytest.mark.parametrize("size", ["m", "xl"])
def test_captions_with_a_line_of_their_own_lie_neither_behind_the_bar_nor_on_each_other(
    site: Server, episode: dict[str, Any], browser: Any, size: str
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        page.keyboard.press("c")
        page.evaluate("size => document.querySelector('fh-player').controls.parts.captions.keep({size})", size)
        wait_for(lambda: page.evaluate(CUES), "the cues")
        page.evaluate(TWO_LINES)
        wait_for(lambda: len(page.evaluate(BOXES)) == 2, "both", 20)

        def is_clear() -> bool:
            (_, upper), (lower, bottom) = page.evaluate(BOXES)
            seek = page.locator(".fh-seek").bounding_box()["y"]
            return bool(upper <= lower + 1 and bottom <= seek)

        wait_for(is_clear, "the captions to be clear of the bar and of each other")


def test_a_press_on_the_thumb_that_moves_nothing_leaves_the_bar_running(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        box = page.locator(".fh-seek").bounding_box()
        share = page.evaluate("() => { const bar = document.querySelector('.fh-seek'); return bar.value / bar.max; }")
        thumb = 18  # pixels, by the style sheet: its middle moves between the two ends
        page.mouse.click(box["x"] + thumb / 2 + (box["width"] - thumb) * share, box["y"] + box["height"] / 2)
        before = page.evaluate("() => Number(document.querySelector('.fh-seek').value)")
        page.keyboard.press("k")
        wait_for(lambda: float(page.locator(".fh-seek").input_value()) > before + 1, "the bar to go on", 20)
        assert time_of(page) < 20


def test_a_menu_opens_on_what_is_chosen(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.get_by_role("button", name="Einstellungen").click()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.querySelector('video').playbackRate") == 1.25, "the next one after 1"
        page.keyboard.press("Escape")
        page.evaluate("() => { document.querySelector('video').currentTime = 16.5; }")
        wait_for(lambda: time_of(page) > 16.4, "the chapter", 20)
        page.get_by_role("button", name="Kapitel").click()
        wait_for(lambda: "Das Licht geht aus" in page.evaluate(FOCUS), "the chapter that plays")


def test_what_does_not_come_is_told_though_the_browser_tells_the_time(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = watched.open(episode["path"])
        page.route(re.compile(r"/m/.*\.mp4"), answer_first_segments)
        page.evaluate(TELL_THE_TIME)
        page.locator("fh-player button").click()
        page.locator(".fh-player-notice").get_by_text("von selbst weiter").wait_for(timeout=60_000)
