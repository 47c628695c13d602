"""The line breaks while something plays: what is said, where the focus is, and how it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.player.test_controls import FOCUS, start, tab_to, time_of
from tests.browser.player.watch import assert_plays, limit_line, watching
from tests.server import Server, copy_data, serving, wait_for

RETRY = "Erneut versuchen"
WATCH_PLACES = """() => {
    window.places = [];
    const { media } = document.querySelector('fh-player');
    media.addEventListener('timeupdate', () => media.paused || !media.readyState || places.push(media.currentTime));
}"""

# Told when the browser has begun it: where to go on from is known only then.
SEEK = """() => new Promise((resolve) => {
    const video = document.querySelector('video');
    video.addEventListener('seeking', resolve, {once: true});
    video.currentTime = 12;
}).then(() => true)"""


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def break_line(page: Any) -> None:
    """At 12 seconds: no answer to anything, and nothing left of what had come."""
    page.context.set_offline(True)
    page.evaluate(SEEK)
    page.evaluate(
        """() => {
            const host = document.querySelector('fh-player');
            host.engine.destroy();
            host.media.removeAttribute('src');
            host.media.load();
            host.fallBack(new Error('a segment is missing'));
        }"""
    )


def test_after_a_break_it_goes_on_by_itself_from_where_it_was(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        break_line(page)
        notice = page.locator(".fh-player-notice")
        notice.get_by_text("von selbst weiter").wait_for()
        voice = page.locator('[aria-live="polite"]').first
        wait_for(lambda: "von selbst weiter" in voice.text_content(), "the message")
        wait_for(lambda: page.evaluate(FOCUS) in {"Pause", "Abspielen"}, "the focus to stay in the controls")
        page.context.set_offline(False)
        notice.wait_for(state="hidden", timeout=20_000)
        assert_plays(page.locator("video").first, past_s=12.1)
        assert time_of(page) < 20


def test_the_focus_is_not_lost_with_the_button_that_tries_again(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        break_line(page)
        tab_to(page, RETRY, back=True)
        page.context.set_offline(False)
        page.keyboard.press("Enter")
        page.locator(".fh-player-notice").wait_for(state="hidden", timeout=20_000)
        wait_for(lambda: page.evaluate(FOCUS) in {"Pause", "Abspielen"}, "the focus on the controls")
        assert_plays(page.locator("video").first, past_s=12.1)


def test_who_pauses_meanwhile_is_not_started_by_the_line(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        page.context.set_offline(True)
        page.evaluate("() => document.querySelector('fh-player').fallBack(new Error('a segment is missing'))")
        page.context.set_offline(False)
        page.wait_for_timeout(2_500)
        assert not page.locator(".fh-player-notice").is_visible()
        assert page.evaluate("() => document.querySelector('video').paused")


def test_a_refusal_below_the_edge_of_a_low_screen_is_brought_into_view(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, size={"width": 1366, "height": 650}) as watched:
        page = watched.open(episode["path"])
        refusal = {"reason": "age_locked", "message": "Erst ab 22:00 Uhr.", "remedies": []}
        page.route("**/api/playback/**", lambda route: route.fulfill(status=403, json=refusal))
        page.locator("fh-player button").click()
        words = page.locator(".fh-player-notice p")
        words.wait_for()
        wait_for(lambda: words.bounding_box()["y"] + words.bounding_box()["height"] <= 650, "it to be seen")


def test_the_server_stops_and_comes_back_and_it_plays_on_from_the_same_second(
    site: Server, episode: dict[str, Any], browser: Any, tmp_path: Path
) -> None:
    """No imitation: the real server is away while the picture runs dry, and is started again at the same address."""
    data = copy_data(site.data, tmp_path / "data")
    with watching(browser, site) as watched:
        with serving(data) as server:
            page = watched.page
            page.goto(server.url + episode["path"])
            # A slow line, so that not all of it has come by the time that the server goes.
            limit_line(page, 1.2e6, 20)
            page.locator("fh-player button").click()
            page.locator(".fh-bar").wait_for()
            assert_plays(page.locator("video").first, past_s=1)
            port = str(server.port)
        notice = page.locator(".fh-player-notice")
        notice.get_by_text("von selbst weiter").wait_for(timeout=60_000)
        stood_at = time_of(page)
        assert 1 < stood_at < 23
        page.evaluate(WATCH_PLACES)
        with serving(data, PORT=port):
            notice.wait_for(state="hidden", timeout=60_000)
            assert_plays(page.locator("video").first, past_s=stood_at + 0.5)
            places = page.evaluate("() => window.places")
            assert stood_at - 1 <= min(places) <= stood_at + 0.6, places
