"""What stays with the viewer: the place, how fast and how loud, and that one thing sounds at a time."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.player.test_controls import start, time_of
from tests.browser.player.watch import Watched, assert_plays, assert_words, limit_line, play_state, watching
from tests.server import Server, wait_for

HEARD = """() => {
    const {muted, volume, playbackRate} = document.querySelector('video');
    return [muted, Math.round(volume * 100), playbackRate];
}"""
HEAR_START = """() => {
    document.querySelector('video').addEventListener('play', ({target}) => { window.first = target.muted; });
}"""
LINES = "() => Math.min(document.querySelector('video').videoWidth, document.querySelector('video').videoHeight)"
LOADED = "() => { const { buffered } = document.querySelector('video'); return buffered.length && buffered.end(0); }"
SHOWN = """() => {
    const {title, artist, artwork} = navigator.mediaSession.metadata;
    return [title, artist, artwork.map(({src}) => src)];
}"""
KEPT = "() => [localStorage.length, sessionStorage.length]"
# A second player, as articles have them; sound alone where it is asked for.
SECOND = """(kind) => {
    const host = document.querySelector('fh-player');
    const copy = host.cloneNode(true);
    for (const own of copy.querySelectorAll('.fh-player-play, .fh-player-notice')) own.remove();
    if (kind === 'audio') {
        const audio = document.createElement('audio');
        audio.append(...copy.querySelectorAll('track'));
        copy.querySelector('video').replaceWith(audio);
        copy.classList.add('fh-player-audio');
    }
    copy.dataset.id = 'second';
    host.after(copy);
}"""


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def seek(page: Any, seconds: float) -> None:
    page.evaluate("at => { document.querySelector('video').currentTime = at; }", seconds)


def wait_for_place(page: Any, pattern: str) -> None:
    wait_for(lambda: re.search(pattern, page.evaluate("() => location.hash")), f"the place {pattern}", 20)


def play_again(watched: Watched) -> float:
    """Play what offers to go on in the middle; return where it begins."""
    button = watched.page.locator("fh-player .fh-player-play")
    wait_for(lambda: re.fullmatch(r"Abspielen ab 0:1[2-5]", button.text_content() or ""), "the place", 20)
    assert button.get_attribute("aria-label").startswith(button.text_content()), "who says what is read presses it"
    button.click()
    return float(assert_plays(watched.page.locator("video").first, past_s=12.1)["time"])


def test_the_place_is_there_again_after_a_reload_and_on_the_way_back(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        seek(page, 12.4)
        wait_for_place(page, "^#t=12$")
        page.reload()
        assert play_again(watched) < 18
        page.keyboard.press("k")
        page.goto(site.url + "/")
        page.go_back()
        assert play_again(watched) < 20
        page.keyboard.press("k")
        seek(page, 0)
        wait_for_place(page, "^$")
        assert page.evaluate(KEPT) == [0, 0], "nothing is stored for it"


def test_what_is_over_begins_anew(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        seek(page, 23.5)
        wait_for(lambda: page.evaluate("() => document.querySelector('video').ended"), "the end", 20)
        wait_for_place(page, "^$")


@pytest.mark.parametrize("moment", ["#t=0:12", "?t=12", "?t=0m12s", "?t=0:12", "#t=npt:12,15", "#t=12.5"])
def test_a_link_leads_to_its_moment_however_it_is_written(
    site: Server, episode: dict[str, Any], browser: Any, moment: str
) -> None:
    with watching(browser, site) as watched:
        page = watched.open(episode["path"] + moment)
        button = page.locator("fh-player .fh-player-play")
        wait_for(lambda: button.text_content() == "Abspielen ab 0:12", "the moment", 10)
        for wrong in ("t=soon", "inhalt", "t=18&video=another"):
            page.evaluate("hash => { location.hash = hash; }", wrong)
        assert button.text_content() == "Abspielen ab 0:12"
        page.evaluate("() => { location.hash = 't=18'; }")
        wait_for(lambda: button.text_content() == "Abspielen ab 0:18", "a link in the page", 10)
        assert watched.judge() == []


def test_speed_and_sound_go_along_to_the_next_page_and_end_with_the_tab(
    site: Server, episode: dict[str, Any], facts: dict[str, Any], browser: Any
) -> None:
    other = next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier")
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        assert page.evaluate(KEPT) == [0, 0], "nothing is kept before the viewer has chosen"
        for key in (">", "ArrowDown", "ArrowDown", "m"):
            page.keyboard.press(key)
        wait_for(lambda: page.evaluate(HEARD) == [True, 90, 1.25], "what was chosen")
        watched.open(other)
        page.evaluate(
            "() => document.querySelector('video').addEventListener('play', e => { window.first = e.target.muted; })"
        )
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first)
        assert page.evaluate(HEARD) == [True, 90, 1.25]
        assert page.evaluate("() => window.first"), "its first sound is none"
        assert page.evaluate(KEPT) == [0, 1]
        tab = page.context.new_page()
        tab.goto(site.url + other)
        assert tab.evaluate(KEPT) == [0, 0]
        assert watched.judge() == []


def test_what_is_chosen_in_the_last_moment_goes_along_too(
    site: Server, episode: dict[str, Any], facts: dict[str, Any], browser: Any
) -> None:
    """A busy browser is on its way to the next page before it tells of the change."""
    other = next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier")
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        page.evaluate("() => addEventListener('volumechange', event => event.stopImmediatePropagation(), true)")
        page.keyboard.press("m")
        wait_for(lambda: page.evaluate(HEARD) == [True, 100, 1], "what was chosen")
        watched.open(other)
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first)
        assert page.evaluate(HEARD) == [True, 100, 1]


def test_who_starts_one_player_stops_the_other(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = watched.open(episode["path"])
        page.evaluate(SECOND, "video")
        first, second = (page.locator("video").nth(number) for number in (0, 1))
        page.locator("fh-player .fh-player-play").nth(0).click()
        assert_plays(first)
        page.locator("fh-player").nth(1).locator(".fh-player-play").click()
        assert_plays(second, past_s=5.1)
        assert play_state(first)["paused"]
        wait_for_place(page, "^#t=[5-9]&video=second$")
        page.locator("fh-player").nth(0).locator(".fh-bar-play").click()
        wait_for(lambda: play_state(second)["paused"] and not play_state(first)["paused"], "one at a time", 10)


def test_who_starts_another_one_is_not_taken_away_by_a_countdown(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Linie vier")
    with watching(browser, site) as watched:
        page = start(watched, path)
        page.evaluate(SECOND, "video")
        page.keyboard.press("9")
        card = page.locator("fh-player").nth(0).locator(".fh-next")
        wait_for(lambda: "beginnt in" in (card.locator(".fh-next-count").text_content() or ""), "the countdown")
        page.locator("fh-player").nth(1).locator(".fh-player-play").click()
        card.wait_for(state="hidden")
        assert_plays(page.locator("video").nth(1), past_s=0.5)


def test_the_lock_screen_shows_title_show_and_picture(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = start(watched, episode["path"])
        title, show, pictures = page.evaluate(SHOWN)
        assert (title, show) == ("Morgen am Kai", "Tidenzeit")
        assert [site.url + "/poster/" in one for one in pictures] == [True]


@pytest.mark.parametrize(
    ("bits_per_s", "loaded_s", "words"),
    [
        (1e6, 1, r"\d+p kommt in etwa \d+ Sekunden, nach dem, was schon geladen ist\."),
        (1e9, 23.5, r"Alles Weitere ist schon geladen und läuft, wie es ist\."),
    ],
)
def test_a_size_that_is_chosen_says_when_it_comes(
    site: Server, episode: dict[str, Any], browser: Any, bits_per_s: float, loaded_s: float, words: str
) -> None:
    with watching(browser, site) as watched:
        limit_line(watched.page, bits_per_s, 20)
        page = start(watched, episode["path"])
        wait_for(lambda: page.evaluate(LOADED) >= loaded_s, "so much to be loaded", 20)
        page.keyboard.press("k")
        page.get_by_role("button", name="Einstellungen").click()
        sizes = page.get_by_role("group", name="Bildqualität")
        sizes.get_by_role("radio", name=re.compile(rf"^(?!{page.evaluate(LINES)}p|auto)\d+p")).last.check()
        hint = sizes.locator(".fh-hint")
        assert re.fullmatch(words, hint.text_content())
        assert hint.is_visible()
        assert page.locator('[aria-live="polite"]').first.text_content() == hint.text_content()


def test_sound_alone_shows_the_captions_that_it_offers(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = watched.open(episode["path"])
        movie = re.compile(r"/m/.*/audio\.m4a")
        page.route(movie, lambda route: route.continue_(url=route.request.url.replace("audio.m4a", "video.mp4")))
        page.evaluate(SECOND, "audio")
        host = page.locator("fh-player").nth(1)
        host.locator(".fh-player-play").click()
        host.locator(".fh-bar").wait_for()
        page.keyboard.press("c")
        host.locator("audio").evaluate("audio => { audio.currentTime = 15.2; audio.pause(); }")
        words = assert_words(host, "Wie war die Nacht?")
        bar = host.locator(".fh-bar").bounding_box()
        assert words.bounding_box()["y"] + words.bounding_box()["height"] <= bar["y"], "above the bar"


def test_captions_stand_on_a_still_picture_whose_browser_says_nothing_of_them(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    """Who pauses, goes to another place and switches captions on: a browser may look again only once it plays."""
    with watching(browser, site) as watched:
        watched.page.add_init_script(
            "Object.defineProperty(TextTrack.prototype, 'activeCues', {get: () => []});"
            "addEventListener('cuechange', (event) => event.stopImmediatePropagation(), true);"
        )
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        seek(page, 15.2)
        page.keyboard.press("c")
        assert_words(page.locator("fh-player").first, "Wie war die Nacht?")


def test_the_link_in_the_share_panel_has_the_moment_that_plays(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, permissions=["clipboard-read", "clipboard-write"]) as watched:
        page = start(watched, episode["path"])
        page.keyboard.press("k")
        seek(page, 15.5)
        wait_for(lambda: time_of(page) > 15, "the place", 10)
        page.locator(".fh-share > summary").click()
        wait_for(lambda: page.get_by_label("Beginnt bei").input_value() == "0:15", "the moment", 10)
        page.get_by_role("button", name="Link kopieren").click()
        voice = page.locator('[aria-live="polite"]').first
        wait_for(lambda: voice.text_content() == "Der Link ist in deiner Zwischenablage.", "the confirmation", 10)
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert link.endswith(episode["path"] + "#t=15")
