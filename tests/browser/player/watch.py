"""A browser page that remembers everything it asked for and everything it complained about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as NotSeenError
from playwright.sync_api import ViewportSize

from tests.server import Server, wait_for

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
NARROWEST: ViewportSize = {"width": 320, "height": 640}


DOING = """media => ({
    at: media.currentTime, seeking: media.seeking, ready: media.readyState, network: media.networkState,
    paused: media.paused, error: media.error?.message,
    loaded: [...Array(media.buffered.length).keys()].map((i) => [media.buffered.start(i), media.buffered.end(i)]),
    tracks: [...media.querySelectorAll('track')].map(({ readyState, srclang, track: { mode, cues, activeCues } }) =>
        [srclang, readyState, mode, cues?.length, [...(activeCues ?? [])].map(({ text }) => text)]),
    layer: document.querySelector('.fh-captions')?.outerHTML,
    notice: document.querySelector('.fh-player-notice')?.textContent,
})"""


@dataclass
class Watched:
    """A page with its record."""

    page: Any
    server: Server
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to a path of the server and return the page."""
        response = self.page.goto(self.server.url + path, wait_until="load")
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"
        return self.page

    @property
    def paths(self) -> list[str]:
        """What was asked of our own server, in order."""
        return [urlsplit(url).path for url in self.requests]

    def wait_for(self, probe: Callable[[], Any], what: str, seconds: float) -> None:
        """Wait for what is heard of the browser: requests and complaints come in only while it is spoken to."""
        wait_for(lambda: self.page.evaluate("0") == 0 and probe(), what, seconds)

    def judge(self) -> list[str]:
        """What a public page must not do: ask others, set cookies, complain."""
        own = {urlsplit(self.server.url).netloc}
        faults = [f"asked another host: {url}" for url in self.requests if urlsplit(url).netloc not in own]
        faults += [f"cookie {one['name']}" for one in self.page.context.cookies()]
        return faults + self.complaints


@contextmanager
def watching(browser: Any, server: Server, *, size: ViewportSize = DESK, **options: Any) -> Iterator[Watched]:
    """A page in a context of its own."""
    context = browser.new_context(viewport=size, locale="de-DE", **options)
    page = context.new_page()
    watched = Watched(page, server)
    page.on("request", lambda request: watched.requests.append(request.url) if _is_net(request.url) else None)
    page.on("pageerror", lambda error: watched.complaints.append(f"script error: {error}"))
    page.on("console", lambda message: _note(watched, message))
    page.on("requestfailed", lambda request: watched.complaints.extend(_judge_failure(request)))
    try:
        yield watched
    finally:
        context.close()


def _is_net(url: str) -> bool:
    return not url.startswith(("blob:", "data:", "about:"))


def _note(watched: Watched, message: Any) -> None:
    if message.type in {"error", "warning"}:
        watched.complaints.append(f"console: {message.text}")


def _judge_failure(request: Any) -> list[str]:
    # A player drops what it no longer needs.
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


def play_state(video: Any) -> dict[str, Any]:
    """What a video element is doing."""
    state: dict[str, Any] = video.evaluate(
        """video => ({
            time: video.currentTime, paused: video.paused, source: video.currentSrc, width: video.videoWidth,
            frames: video.getVideoPlaybackQuality().totalVideoFrames, duration: video.duration,
            error: video.error ? video.error.message : null,
            cue: [...video.textTracks].filter(track => track.mode === 'showing')
                .flatMap(track => [...(track.activeCues ?? [])]).map(cue => cue.text).join(' '),
        })"""
    )
    return state


def show_captions(video: Any) -> int:
    """Switch captions on as the browser's own menu does; return how many tracks there are."""
    count: int = video.evaluate(
        """video => {
            for (const track of video.textTracks) if (track.kind !== 'chapters') track.mode = 'showing';
            return video.textTracks.length;
        }"""
    )
    return count


def assert_plays(video: Any, *, past_s: float = 1.0) -> dict[str, Any]:
    """Wait until the video has moved on and pictures were decoded."""
    state: dict[str, Any] = {}

    def has_moved() -> bool:
        state.update(play_state(video))
        assert state["error"] is None, state
        return bool(state["time"] > past_s and state["frames"] > 0)

    try:
        wait_for(has_moved, "the video to move", 30)
    except AssertionError as stuck:
        raise AssertionError(f"{stuck}: {state}") from stuck
    assert not state["paused"]
    assert state["width"] > 0
    return state


def assert_words(host: Any, words: str) -> Any:
    """Wait until our own layer shows a caption with these words, and return it; else say what the player was doing."""
    shown = host.locator(".fh-cue-words", has_text=words)
    try:
        shown.wait_for()
    except NotSeenError as missing:
        raise AssertionError(
            f"«{words}» is not shown: {host.locator('video, audio').first.evaluate(DOING)}"
        ) from missing
    return shown


def assert_cue(video: Any) -> str:
    """Wait until a caption stands on the picture; return its words."""
    found: str = wait_for(lambda: play_state(video)["cue"], "a caption", 20)
    return found


def limit_line(page: Any, bits_per_s: float, delay_ms: int) -> None:
    """From now on the page's line carries no more, and each answer takes at least so long."""
    session = page.context.new_cdp_session(page)
    speed = bits_per_s / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": delay_ms, "downloadThroughput": speed, "uploadThroughput": speed},
    )
