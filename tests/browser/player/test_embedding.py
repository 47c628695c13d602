"""A page of somebody else's with our player in it, and the code that gets it there."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.browser.player.watch import PHONE, assert_plays, watching
from tests.server import Server, wait_for

# Some browsers refuse storage to a frame altogether.
STORED = "() => { try { return localStorage.length + sessionStorage.length; } catch { return 0; } }"
DONE = "Der Code ist in deiner Zwischenablage."


@contextmanager
def elsewhere(body: str) -> Iterator[str]:
    """Another site with one page; `localhost` is another host than the portal's 127.0.0.1."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>x</title><link rel=icon href=data:,>{body}".encode())

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def copy_code(page: Any) -> str:
    """By keyboard: open, begin at 0:05, copy."""
    page.locator(".fh-share > summary").focus()
    page.keyboard.press("Enter")
    start = page.get_by_label("Beginnt bei")
    start.fill("0:05")
    button = page.get_by_role("button", name="Code kopieren")
    button.focus()
    page.keyboard.press("Enter")
    wait_for(lambda: page.locator('[aria-live="polite"]').first.text_content() == DONE, "the confirmation", 10)
    code: str = page.evaluate("() => navigator.clipboard.readText()")
    return code


def test_the_copied_code_plays_elsewhere_without_cookie_or_storage(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site, permissions=["clipboard-read", "clipboard-write"]) as watched:
        code = copy_code(watched.open(episode["path"]))
        assert watched.judge() == []
    assert "?start=5" in code
    public = code.split('src="')[1].split("/embed/")[0]
    with elsewhere(code.replace(public, site.url)) as address, watching(browser, site) as watched:
        page = watched.page
        page.goto(address)
        frame = page.frame_locator("iframe")
        button = frame.locator("fh-player button")
        button.wait_for()
        page.wait_for_timeout(500)
        assert not [path for path in watched.paths if path.startswith(("/api/", "/m/", "/medien/"))], "loads on click"
        assert any(path.startswith("/poster/") for path in watched.paths)
        button.focus()
        page.keyboard.press("Enter")
        state = assert_plays(frame.locator("video"), past_s=5.2)
        assert state["time"] < 15
        frame.locator(".fh-bar").wait_for()
        page.keyboard.press("c")
        frame.locator(".fh-cue-words").wait_for(timeout=15_000)
        assert frame.locator("body").evaluate(STORED) == 0
        assert page.context.cookies() == []
        assert frame.get_by_role("link", name="ansehen").get_attribute("target") == "_blank"


def test_it_plays_in_a_frame_that_is_sandboxed_as_blog_software_does(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    """Such a frame is of no origin, and has no storage: what it fetches, it fetches from elsewhere."""
    address = f"{site.url}/embed/{episode['id']}/?start=4#?secret=ab"
    body = f'<iframe sandbox="allow-scripts" src="{address}" width="600" height="400"></iframe>'
    with elsewhere(body) as page_url, watching(browser, site) as watched:
        watched.page.goto(page_url)
        frame = watched.page.frame_locator("iframe")
        frame.locator("fh-player button").click()
        state = assert_plays(frame.locator("video"), past_s=4.2)
        assert state["source"].startswith("blob:"), "the engine plays, not the plain file"
        frame.locator(".fh-bar").wait_for()
        watched.page.keyboard.press("c")
        frame.locator(".fh-cue-words").wait_for(timeout=15_000)
        assert watched.complaints == []


@pytest.mark.parametrize(
    ("allowed", "way"),
    [
        ("allow-scripts", "address"),
        ("allow-scripts allow-top-navigation-by-user-activation", "page"),
        ("allow-scripts allow-popups", "address"),  # its window is confined as well, and may show nothing of ours
        ("allow-scripts allow-popups allow-popups-to-escape-sandbox", "window"),
        ("allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox", "window"),
    ],
)
def test_the_way_to_the_video_is_open_whatever_the_frame_may_do(
    site: Server, episode: dict[str, Any], browser: Any, allowed: str, way: str
) -> None:
    body = f'<iframe sandbox="{allowed}" src="{site.url}/embed/{episode["id"]}/" width="600" height="400"></iframe>'
    with elsewhere(body) as page_url, watching(browser, site) as watched:
        page = watched.page
        page.goto(page_url)
        frame = page.frame_locator("iframe")
        frame.locator("fh-out:defined").wait_for()
        link = frame.get_by_role("link", name="ansehen")
        link.focus()
        page.keyboard.press("Enter")
        if way == "address":
            field = frame.get_by_role("textbox", name="Adresse")
            field.wait_for()
            assert field.evaluate(
                "e => e === document.activeElement && e.value.slice(e.selectionStart, e.selectionEnd)"
            ) == (site.url + episode["path"])
        elif way == "page":
            page.wait_for_url(site.url + episode["path"])
        else:
            wait_for(lambda: page.evaluate("0") == 0 and len(page.context.pages) == 2, "the window", 10)
            page.context.pages[1].wait_for_url(site.url + episode["path"])
            assert page.context.pages[1].evaluate("() => window.opener") is None
            assert page.url == page_url


def test_the_clipboard_may_refuse(site: Server, episode: dict[str, Any], browser: Any) -> None:
    with watching(browser, site, size=PHONE) as watched:
        page = watched.open(episode["path"])
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
        page.locator(".fh-share > summary").click()
        page.get_by_role("button", name="Code kopieren").click()
        wait_for(lambda: "Tastatur" in page.locator('[aria-live="polite"]').first.text_content(), "the way out", 10)
        code = page.locator("#fh-share-code")
        assert code.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)").startswith("<iframe ")


def test_no_other_page_of_ours_stands_in_a_frame(site: Server, episode: dict[str, Any], browser: Any) -> None:
    body = f'<iframe src="{site.url}{episode["path"]}"></iframe>'
    with elsewhere(body) as address, watching(browser, site) as watched:
        watched.page.goto(address)
        watched.wait_for(lambda: any("frame-ancestors" in one for one in watched.complaints), "the refusal", 10)
        assert watched.page.frame_locator("iframe").locator("fh-player").count() == 0


def test_in_the_smallest_frame_every_control_can_be_reached(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    body = f'<iframe sandbox="allow-scripts" src="{site.url}/embed/{episode["id"]}/" width="320" height="180"></iframe>'
    with elsewhere(body) as page_url, watching(browser, site) as watched:
        watched.page.goto(page_url)
        frame = watched.page.frame_locator("iframe")
        frame.locator("fh-player button").first.click()
        frame.locator(".fh-skip-intro").wait_for()
        outside = watched.page.locator("iframe").bounding_box()
        skip, bar = (frame.locator(one).bounding_box() for one in (".fh-skip-intro", ".fh-bar"))
        assert skip["y"] + skip["height"] <= bar["y"], "they do not lie on each other"
        for name in ("Untertitel, UT", "Einstellungen"):
            frame.get_by_role("button", name=name).focus()
            watched.page.keyboard.press("Enter")
            panel = frame.locator(".fh-panel:not([hidden])")
            box = panel.bounding_box()
            assert outside["y"] <= box["y"]
            assert box["y"] + box["height"] <= outside["y"] + outside["height"] + 1
            assert panel.evaluate("e => e.scrollHeight > e.clientHeight && getComputedStyle(e).overflowY") == "auto"
            watched.page.keyboard.press("Escape")
