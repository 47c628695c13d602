"""Shelves are pushed without script; children are asked before they leave."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.player.watch import DESK, PHONE, watching
from tests.server import Server, wait_for

PLACE = "row => row.scrollLeft"


def wait_until_still(row: Any) -> float:
    """Wait until a shelf no longer moves; return where it stands."""
    seen = [-1.0]

    def is_still() -> bool:
        seen.append(row.evaluate(PLACE))
        return seen[-1] == seen[-2]

    wait_for(is_still, "the shelf to come to rest", pause=0.2)
    return seen[-1]


def test_a_shelf_is_pushed_by_keys_wheel_and_buttons_without_script(site: Server, browser: Any) -> None:
    with watching(browser, site, size=PHONE, java_script_enabled=False) as watched:
        page = watched.open("/")
        row = page.locator(".fh-row").first
        row.scroll_into_view_if_needed()
        row.focus()
        page.keyboard.press("ArrowRight")
        wait_for(lambda: row.evaluate(PLACE) > 0, "the shelf to move by keys")
        by_keys = wait_until_still(row)
        row.hover()
        page.mouse.wheel(300, 0)
        wait_for(lambda: row.evaluate(PLACE) > by_keys, "the shelf to move by the wheel")
        assert watched.judge() == []


def test_a_shelf_is_pushed_by_a_finger_and_jumps_for_those_who_want_no_motion(site: Server, browser: Any) -> None:
    with watching(
        browser, site, size=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False, reduced_motion="reduce"
    ) as watched:
        page = watched.open("/sendungen/")
        row = page.locator(".fh-row").first
        row.scroll_into_view_if_needed()
        assert row.evaluate("row => getComputedStyle(row).scrollBehavior") == "auto"
        box = row.bounding_box()
        session = page.context.new_cdp_session(page)
        x, y = box["x"] + box["width"] - 40, box["y"] + 60
        for at in range(0, 241, 20):
            kind = "touchMove" if at else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x - at, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        wait_for(lambda: row.evaluate(PLACE) > 100, "the shelf to move by a finger")
        assert page.evaluate("() => scrollX") == 0, "the shelf moves, not the page"
        assert watched.judge() == []


def test_the_shelf_shows_where_the_keyboard_is(site: Server, browser: Any) -> None:
    with watching(browser, site, size=PHONE) as watched:
        page = watched.open("/sendungen/")
        last = page.locator(".fh-row a").last
        last.focus()

        def is_seen() -> bool:
            box, row = last.bounding_box(), page.locator(".fh-row").bounding_box()
            return bool(box["x"] >= row["x"] - 1 and box["x"] + min(box["width"], 100) <= row["x"] + row["width"] + 1)

        wait_for(is_seen, "the shelf to show what has the focus")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_child_is_asked_before_leaving_with_the_focus_on_staying(site: Server, browser: Any, scheme: str) -> None:
    with watching(browser, site, size=DESK, color_scheme=scheme, reduced_motion="reduce") as watched:
        page = watched.open("/kinder/")
        page.locator(".fk-door").click()
        page.locator("dialog .fk-stay:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator("dialog").wait_for(state="hidden")
        assert page.url.endswith("/kinder/")
        page.locator(".fk-door").click()
        page.locator("dialog .fk-stay:focus").wait_for()
        page.keyboard.press("Escape")
        page.locator("dialog").wait_for(state="hidden")
        page.locator(".fk-door").click()
        page.locator(".fk-go").click()
        page.wait_for_url(site.url + "/")
        assert watched.judge() == []


def test_without_script_the_question_is_a_page(site: Server, browser: Any) -> None:
    with watching(browser, site, java_script_enabled=False) as watched:
        page = watched.open("/kinder/")
        page.locator(".fk-door").click()
        page.wait_for_url("**/kinder/verlassen/")
        page.locator(".fk-stay:focus").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/kinder/")
        assert watched.judge() == []


def test_nothing_plays_unasked_for_children_and_targets_are_large(site: Server, facts: Any, browser: Any) -> None:
    with watching(browser, site, size=PHONE) as watched:
        page = watched.open(facts["pages"]["kids video"])
        page.wait_for_timeout(1500)
        assert page.locator("video").evaluate("video => video.paused && video.currentTime === 0")
        assert not [path for path in watched.paths if path.startswith(("/m/", "/api/"))]
        sizes = page.locator(".fk-area a:visible:not(.fh-skip)").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(b => Math.min(b.width, b.height))"
        )
        assert len(sizes) >= 3
        assert min(sizes) >= 44


def test_without_script_one_searches_opens_what_is_folded_and_takes_the_code(
    site: Server, facts: Any, browser: Any
) -> None:
    free = next(one for one in facts["videos"] if one["has_subtitles"] and one["rating"] == "0")
    with watching(browser, site, size=PHONE, java_script_enabled=False) as watched:
        page = watched.open("/sendungen/")
        page.locator(".fh-search input").fill("tidenzeitt")
        page.keyboard.press("Enter")
        page.wait_for_url("**/suche/?q=tidenzeitt")
        page.locator(".fh-meant a").click()
        page.wait_for_url("**/suche/?q=Tidenzeit")
        page.locator(".fh-card").first.wait_for()
        page = watched.open(free["path"])
        for folded, inside in ((".fh-transcript", ".fh-text p"), (".fh-share", "textarea")):
            page.locator(f"{folded} > summary").click()
            page.locator(f"{folded} {inside}").first.wait_for()
        assert "<iframe" in page.locator(".fh-share textarea").input_value()
        assert not page.locator(".fh-share button:visible, .fh-share select:visible").count(), "they would do nothing"
        assert watched.judge() == []
