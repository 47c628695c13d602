"""A reader opens the front page, reads an article and plays the video in it with captions."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.player.watch import DESK, PHONE, Watched, assert_cue, assert_plays, show_captions, watching
from tests.server import Server


def find_article(facts: dict[str, Any]) -> dict[str, Any]:
    """An article whose video has subtitles and may be played at any hour."""
    good = {one["id"] for one in facts["videos"] if one["has_subtitles"] and one["rating"] in {"0", "6", "12"}}
    found: dict[str, Any] = next(one for one in facts["articles"] if good & set(one["videos"]))
    return found


def open_article(watched: Watched, facts: dict[str, Any]) -> Any:
    """From the front page over links, as a reader would."""
    article = find_article(facts)
    page = watched.open("/")
    links = page.locator(f"a[href='{article['path']}']")
    if links.count() == 0:
        page.locator("a[href='/nachrichten/']").first.click()
        page.wait_for_url("**/nachrichten/")
    if links.count() == 0:
        section = article["path"].rsplit("/", 2)[0] + "/"
        page.locator(f"a[href='{section}']").first.click()
        page.wait_for_url(f"**{section}")
    links.first.click()
    page.wait_for_url(f"**{article['path']}")
    assert page.locator("h1").inner_text().strip().endswith(article["headline"])
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_with_script_the_video_streams_in_pieces_with_captions(
    site: Server, facts: dict[str, Any], browser: Any, size: ViewportSize
) -> None:
    with watching(browser, site, size=size) as watched:
        page = open_article(watched, facts)
        assert not [path for path in watched.paths if path.startswith(("/m/", "/api/"))], "nothing plays unasked"
        before = set(watched.paths)
        video = page.locator("video").first
        page.locator("fh-player button").first.click()
        state = assert_plays(video)
        assert state["source"].startswith("blob:"), f"not through Media Source Extensions: {state['source']}"
        assert show_captions(video) >= 1
        assert assert_cue(video)
        streamed = [path for path in watched.paths if path.startswith("/m/")]
        assert any(path.endswith(".m3u8") for path in streamed)
        assert any(path.endswith((".m4s", ".mp4", ".m4v", ".m4a")) for path in streamed), streamed
        assert any("/api/playback/" in path for path in watched.paths)
        assert any(path.endswith(".js") for path in set(watched.paths) - before), "the engine loads on play"
        assert watched.judge() == []


def test_without_script_the_video_plays_as_one_file_with_captions(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, java_script_enabled=False) as watched:
        page = open_article(watched, facts)
        video = page.locator("video").first
        video.scroll_into_view_if_needed()
        video.focus()
        page.keyboard.press("Space")
        state = assert_plays(video)
        assert not state["source"].startswith("blob:"), "this is the path without script"
        assert show_captions(video) >= 1
        assert assert_cue(video)
        assert any(path.startswith("/medien/") for path in watched.paths)
        assert not [path for path in watched.paths if path.startswith("/api/")]
        assert watched.judge() == []


@pytest.mark.parametrize("has_script", [True, False])
def test_no_public_page_asks_others_or_complains(
    site: Server, facts: dict[str, Any], browser: Any, has_script: bool
) -> None:
    with watching(browser, site, java_script_enabled=has_script) as watched:
        for path in facts["pages"].values():
            watched.open(path)
            watched.page.wait_for_load_state("networkidle")
        assert watched.judge() == []
        assert watched.page.evaluate("() => Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
