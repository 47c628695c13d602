"""Pages are for everybody: axe finds nothing, the keyboard is enough, 320 pixels are enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.player.watch import DESK, NARROWEST, PHONE, assert_plays, watching
from tests.server import ROOT, Server

AXE = ROOT / "var/browser-tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_ONLY = {
    "light": {"type": "tag", "values": RULES},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},  # all that the scheme changes
}
# The mark may stand on a card around the link.
FOCUS = """() => {
    const stop = document.activeElement;
    const isMarked = (e) => {
        const s = getComputedStyle(e);
        return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && e.getBoundingClientRect().height > 0;
    };
    const line = [];
    for (let e = stop; e && e !== document.body && line.length < 5; e = e.parentElement) line.push(e);
    return {tag: stop.tagName, html: stop.outerHTML.slice(0, 120), isMarked: line.some(isMarked)};
}"""
BESIDE = {
    "missing": "/gibt-es-nicht/",
    "nothing found": "/suche/?q=donaudampfschifffahrtsgesellschaft",
    "nothing on air": "/verpasst/?tag=2026-01-02",
    "a hostile question": "/suche/?q=" + "%3Cscript%3E" * 8,
    "genres": "/genres/",
    "kids, leaving": "/kinder/verlassen/",
    "kids, missing": "/kinder/gibt-es-nicht/",
}
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROWEST, DESK], ids=["320", "1440"])
def test_axe_finds_nothing(site: Server, facts: dict[str, Any], browser: Any, size: ViewportSize, scheme: str) -> None:
    with watching(browser, site, size=size, color_scheme=scheme, bypass_csp=True) as watched:
        faults = []
        for name, path in {**facts["pages"], "missing": "/gibt-es-nicht/"}.items():
            watched.page.goto(site.url + path, wait_until="load")
            watched.page.add_script_tag(path=str(AXE))
            result = watched.page.evaluate("only => axe.run(document, {runOnly: only})", RUN_ONLY[scheme])
            assert result["passes"], f"axe looked at nothing on {name}"
            faults += [
                f"{name}: {one['id']} ({one['help']}): {node['html'][:200]}"
                for one in result["violations"]
                for node in one["nodes"]
            ]
        assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(("size", "text"), [(NARROWEST, "100%"), (DESK, "100%"), (PHONE, "200%")])
def test_nothing_scrolls_sideways_even_with_large_text(
    site: Server, facts: dict[str, Any], browser: Any, size: ViewportSize, text: str
) -> None:
    with watching(browser, site, size=size) as watched:
        too_wide = {}
        for name, path in {**facts["pages"], **BESIDE}.items():
            watched.page.goto(site.url + path, wait_until="load")
            watched.page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
            too_wide[name] = watched.page.evaluate(WIDE)
    assert {name: by for name, by in too_wide.items() if by > 0} == {}


def test_marks_on_a_small_picture_do_not_lie_on_each_other(site: Server, browser: Any) -> None:
    yesterday = (datetime.now(ZoneInfo("Europe/Berlin")) - timedelta(days=1)).date()
    with watching(browser, site, size=NARROWEST) as watched:
        page = watched.open(f"/verpasst/?tag={yesterday}")
        rated = page.locator(".fh-card-row:has(.fh-chip-rating)").first
        rating, length = (rated.locator(f".fh-chip-{name}").bounding_box() for name in ("rating", "time"))
        assert rating["y"] + rating["height"] <= length["y"] or rating["x"] + rating["width"] <= length["x"]


def test_four_hundred_percent_zoom_keeps_the_article_readable(
    site: Server, facts: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, size=NARROWEST) as watched:
        page = watched.open(facts["pages"]["article"])
        text = page.locator("article p, main p").filter(has_text=facts["articles"][0]["wanted"][0][:40]).first
        box = text.bounding_box()
        assert box is not None
        assert box["width"] >= 240, "the text keeps most of a narrow page"
        size = text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 16


def test_the_first_tab_skips_to_the_content(site: Server, browser: Any) -> None:
    with watching(browser, site) as watched:
        page = watched.open("/")
        page.keyboard.press("Tab")
        target = page.evaluate("() => document.activeElement.getAttribute('href')")
        assert target
        assert target.startswith("#")
        box = page.evaluate(
            "() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.height] }"
        )
        assert box[0] >= 0, "the skip link shows when it has the focus"
        assert box[1] > 10
        page.keyboard.press("Enter")
        assert page.evaluate("id => document.querySelector(id).closest('main') !== null", target)


def test_every_stop_of_the_keyboard_can_be_seen(site: Server, facts: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = watched.open(facts["pages"]["article"])
        seen = 0
        for _step in range(40):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop["tag"] == "BODY":
                break
            seen += 1
            assert stop["isMarked"], f"the focus cannot be seen on {stop['html']}"
        assert seen >= 5


def test_the_keyboard_alone_plays_a_video(site: Server, facts: dict[str, Any], browser: Any) -> None:
    free = next(one for one in facts["videos"] if one["rating"] == "0" and one["duration_s"] > 3)
    with watching(browser, site) as watched:
        page = watched.open(free["path"])
        for _step in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.closest('video, fh-player, .fh-player') !== null"):
                break
        else:
            raise AssertionError("the keyboard never reaches the player")
        page.keyboard.press("Space")
        assert_plays(page.locator("video").first)


def test_the_page_can_be_printed(site: Server, facts: dict[str, Any], browser: Any) -> None:
    with watching(browser, site) as watched:
        page = watched.open(facts["pages"]["article"])
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator("nav").first.is_visible(), "navigation is no use on paper"
