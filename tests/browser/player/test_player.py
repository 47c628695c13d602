"""The player when something is in the way: a refusal, a missing engine, a leave that has ended."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.browser.player.watch import Watched, assert_plays, limit_line, play_state, watching
from tests.server import Server, wait_for

REFUSAL = {
    "reason": "age_locked",
    "message": "Erst ab 22:00 Uhr.",
    "remedies": [{"kind": "wait", "url": None, "at": "2099-06-01T22:00:00+02:00"}],
}


def open_video(watched: Watched, facts: dict[str, Any]) -> Any:
    """The page of a video with subtitles that may be played at any hour."""
    path = next(one["path"] for one in facts["videos"] if one["has_subtitles"] and one["rating"] in {"0", "6", "12"})
    return watched.open(path)


def test_a_refusal_is_told_in_words_and_leaves_the_focus_on_the_button(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        page.route("**/api/playback/**", lambda route: route.fulfill(status=403, json=REFUSAL))
        page.locator("fh-player button").focus()
        page.keyboard.press("Enter")
        page.locator("fh-player .fh-player-notice", has_text="Erst ab 22:00 Uhr.").wait_for()
        assert page.evaluate("() => document.activeElement.localName") == "button"
        regions = page.locator('[aria-live="polite"]').all_text_contents()
        assert [text for text in regions if text] == ["Erst ab 22:00 Uhr."]
        assert not [path for path in watched.paths if path.startswith("/m/")]
        page.unroute("**/api/playback/**")
        page.keyboard.press("Enter")
        assert_plays(page.locator("video").first)


def test_without_its_engine_the_player_takes_the_plain_file(site: Server, facts: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        page.route(re.compile(r"/static/vendor/spf"), lambda route: route.abort())
        page.locator("fh-player button").click()
        state = assert_plays(page.locator("video").first)
        assert state["source"].endswith("/video.mp4")


def test_the_code_that_plays_is_asked_for_again_where_it_was_lost(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        every, first = re.compile(r"/fh-playing\."), re.compile(r"/fh-playing\.[^?]*$")
        page.route(every, lambda route: route.abort())
        page.locator("fh-player button").click()
        page.locator("fh-player .fh-player-notice p").wait_for()
        page.unroute(every)
        page.route(first, lambda route: route.abort())
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first)


def test_the_keyboard_starts_it_and_the_captions_stand_in_one_list(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        count = page.locator("video track").count()
        page.locator("fh-player button").focus()
        page.keyboard.press("Space")
        assert_plays(page.locator("video").first)
        page.locator(".fh-bar").wait_for()
        wait_for(
            lambda: page.evaluate("() => document.activeElement.className.includes('fh-bar-play')"), "the focus", 10
        )
        assert page.evaluate("() => document.querySelector('video').textTracks.length") == count


def test_after_a_long_pause_the_player_asks_for_leave_again(site: Server, facts: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first)
        page.evaluate("() => { const one = document.querySelector('fh-player'); one.media.pause(); one.endsAt = 0; }")
        with page.expect_request("**/api/playback/**"):
            page.evaluate("() => { document.querySelector('video').play().catch(() => {}); }")
        video = page.locator("video").first
        wait_for(lambda: not play_state(video)["paused"], "it to go on", 20)
        assert_plays(video)


def test_the_button_to_play_lies_in_the_middle_of_the_picture(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        button, picture = (page.locator(f"fh-player {what}").first.bounding_box() for what in ("button", "video"))
        assert button is not None
        assert picture is not None
        for start, length in (("x", "width"), ("y", "height")):
            middle = button[start] + button[length] / 2
            assert abs(middle - (picture[start] + picture[length] / 2)) < 5


def hear_media(page: Any) -> list[str]:
    """What the page asks of the signed folder from now on, as `360p.mp4 0-48216`."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if "/m/" in request.url:
            asked.append(f"{request.url.rpartition('/')[2]} {request.headers.get('range', '').removeprefix('bytes=')}")

    page.on("request", note)
    return asked


def test_what_the_first_picture_needs_is_asked_for_at_once_and_only_once(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        asked = hear_media(page)
        page.locator("fh-player button").click()
        state = assert_plays(page.locator("video").first, past_s=0.5)
        assert state["source"].startswith("blob:")
        assert asked[0] == "master.m3u8 "
        assert re.fullmatch(r"(\d+p)\.m3u8 ;\1\.mp4 0-\d{4,};sound\.m3u8 ;sound\.mp4 0-\d{4,}", ";".join(asked[1:5])), (
            "head and first segment in one, before the playlist has come"
        )
        media = [one for one in asked if ".mp4" in one or ".m3u8" in one]
        assert sorted(set(media)) == sorted(media), "nothing twice"


def find_beginnings(asked: list[str]) -> list[str]:
    """What was asked of the first segments, which follow the heads."""
    return [one for one in asked if re.search(r"\.mp4 [1-9]\d{2,3}-", one)]


def test_in_the_middle_only_what_plays_there_is_asked_for_at_once_and_only_once(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Morgen am Kai")
    with watching(browser, site) as watched:
        page = watched.open(path + "#t=12")
        asked = hear_media(page)
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first, past_s=12.3)
        early = ";".join(asked[1:7])
        wanted = (
            r"(\d+p)\.m3u8 ;\1\.mp4 (\d{4,})-\d+;\1\.mp4 0-\d+;sound\.m3u8 ;sound\.mp4 (\d{4,})-\d+;sound\.mp4 0-\d+"
        )
        assert re.fullmatch(wanted, early), early
        assert not find_beginnings(asked)
        media = [one for one in asked if ".mp4" in one or ".m3u8" in one]
        assert sorted(set(media)) == sorted(media), "nothing twice"


def test_a_picture_is_there_before_the_first_segment_is(site: Server, facts: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        page.evaluate(
            """() => document.querySelector('video').addEventListener('loadeddata', () => {
                const ended = performance.getEntriesByType('resource').map(({ name }) => name);
                const has = (end) => ended.some(name => name.endsWith(end));
                window.missing = has('p.m3u8') && !has('p.mp4');
            })"""
        )
        limit_line(page, 3e5, 20)  # so slow that a busy machine decodes long before the segment has come
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first, past_s=0)
        assert page.evaluate("() => window.missing")


def test_on_a_fast_line_the_picture_gets_no_smaller(site: Server, facts: dict[str, Any], browser: Any) -> None:
    def hold(route: Any) -> None:
        time.sleep(1)  # all that was asked for early is there before the engine is: nothing of it can be timed
        route.continue_()

    with watching(browser, site) as watched:
        page = open_video(watched, facts)
        asked = hear_media(page)
        limit_line(page, 100e6, 15)
        page.route(re.compile(r"/static/vendor/spf"), hold)
        page.locator("fh-player button").click()
        assert_plays(page.locator("video").first, past_s=3)
        lines = [int(found[1]) for one in asked if (found := re.match(r"(\d+)p\.mp4", one))]
        assert lines == sorted(lines), asked
