"""What the engine hands to the browser stays one stream, whatever is cut off; and a picture that breaks is mended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.player.test_controls import start, time_of
from tests.browser.player.test_kept import LINES
from tests.browser.player.watch import Watched, assert_plays, limit_line, play_state, watching
from tests.server import Server, wait_for

SIZES = "() => document.querySelector('fh-player').engine.sizes().map(({id, lines}) => [id, lines])"
CHOOSE_AND_SEEK = """id => {
    const { engine, media } = document.querySelector('fh-player');
    engine.chooseSize(id);
    media.currentTime = (media.currentTime + 9) % 23;
}"""
# From `slowly()` on every append takes half a second longer, as on a busy machine: what is cut off meanwhile is cut off
# in its midst.
SLOW_APPENDS = """() => {
    const add = SourceBuffer.prototype.addEventListener;
    let late = 0;
    window.slowly = () => (late = 500);
    const slow = new WeakMap();
    const wrap = (act) => {
        if (!slow.has(act)) slow.set(act, (event) => setTimeout(() => act(event), late));
        return slow.get(act);
    };
    SourceBuffer.prototype.addEventListener = function (name, act, ...rest) {
        return add.call(this, name, name === 'updateend' ? wrap(act) : act, ...rest);
    };
    const remove = SourceBuffer.prototype.removeEventListener;
    SourceBuffer.prototype.removeEventListener = function (name, act, ...rest) {
        return remove.call(this, name, slow.get(act) ?? act, ...rest);
    };
}"""
# The line breaks in the midst of the third segment of the picture, once; where the engine itself lets go of that one
# (another size takes over), in the next. A head has less than 1,000 bytes, a segment of the smallest size 20,000.
BROKEN_SEGMENT = """() => {
    const ask = window.fetch;
    let segments = 0;
    window.broken = 0;
    window.fetch = async (what, ...rest) => {
        const answer = await ask(what, ...rest);
        const [, from, to] = /([0-9]+)-([0-9]+)/.exec(what.headers?.get('Range')) ?? [];
        const isSegment = /[0-9]p[.]mp4/.test(what.url) && to - from > 4096;
        if (!isSegment || window.broken || (segments += 1) < 3) return answer;
        const bytes = new Uint8Array(await answer.arrayBuffer());
        window.broken += 1;
        const parts = [bytes.slice(0, bytes.length / 2)];
        return new Response(new ReadableStream({
            pull: (stream) => parts.length ? stream.enqueue(parts.pop()) : stream.error(new TypeError('network error')),
        }));
    };
}"""
# What has come is handed on at once, as with the large segments of a real ladder.
SMALL_PIECES = """async () => {
    const { ChunkedStreamIterable: { prototype } } = await import(document.querySelector('fh-player').dataset.engine);
    const iterate = prototype[Symbol.asyncIterator];
    prototype[Symbol.asyncIterator] = function () {
        this.minChunkSize = Math.min(this.minChunkSize, this.minChunkSize < Infinity ? 4096 : Infinity);
        return iterate.call(this);
    };
}"""
# After `spoil(n)` all pieces that the browser is handed are no picture, until it has complained n times.
SPOILED = """() => {
    const append = SourceBuffer.prototype.appendBuffer;
    let until = 0;
    window.spoil = (times) => (until = times);
    SourceBuffer.prototype.appendBuffer = function (data) {
        const isPicture = data.byteLength > 4096 && this === document.querySelector('fh-player').pictures;
        if (!isPicture || !window.faults || faults.length >= until) return append.call(this, data);
        return append.call(this, new Uint8Array(data).slice().fill(255, data.byteLength / 2));
    };
    const add = MediaSource.prototype.addSourceBuffer;
    MediaSource.prototype.addSourceBuffer = function (type) {
        const buffer = add.call(this, type);
        if (type.startsWith('video')) document.querySelector('fh-player').pictures = buffer;
        return buffer;
    };
}"""
HAS_FALLEN_BACK = "() => document.querySelector('fh-player').hasFallenBack"
HEAR_FAULTS = """() => {
    const notice = document.querySelector('.fh-player-notice');
    Object.assign(window, { said: [], faults: [] });
    new MutationObserver(() => said.push(notice.textContent)).observe(notice, { childList: true });
    const { media } = document.querySelector('fh-player');
    media.addEventListener('error', () => media.error && faults.push(media.error.message));
}"""


@pytest.fixture
def episode(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts["videos"] if one["title"] == "Morgen am Kai")
    return found


def test_another_size_while_the_last_one_is_taken_in_brings_its_own_head(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    """The engine let its head fall while a segment was still taken in: one size was read as another."""
    with watching(browser, site) as watched:
        watched.page.add_init_script(f"({SLOW_APPENDS})()")
        page = start(watched, episode["path"])
        page.evaluate("() => slowly()")
        sizes = sorted(page.evaluate(SIZES), key=lambda one: one[1])
        for identifier, _lines in [*sizes, *sizes]:
            page.evaluate(CHOOSE_AND_SEEK, identifier)
            page.wait_for_timeout(700)
            assert play_state(page.locator("video").first)["error"] is None
        wait_for(lambda: page.evaluate(LINES) == sizes[-1][1], "the size that was chosen last", 30)
        assert_plays(page.locator("video").first)


def test_a_line_that_breaks_in_the_midst_of_a_segment_leaves_no_rest_of_it_behind(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    """The rest was taken from the segment that came next."""
    with watching(browser, site) as watched:
        watched.page.add_init_script(f"({BROKEN_SEGMENT})()")
        page = watched.open(episode["path"])
        page.evaluate(SMALL_PIECES)
        page.evaluate(HEAR_FAULTS)
        page.locator("fh-player button").click()
        wait_for(lambda: page.evaluate("() => window.broken") == 1, "the break", 20)
        assert_plays(page.locator("video").first, past_s=16)
        assert page.evaluate("() => faults") == []


def spoil(watched: Watched, path: str, times: int, *keys: str) -> Any:
    """Play, press the keys, and have the browser be handed what is no picture; return the page when it has said so."""
    watched.page.add_init_script(f"({SPOILED})()")
    limit_line(watched.page, 1e6, 20)  # so that not all of it has come when the controls are there
    page = start(watched, path)
    page.evaluate(HEAR_FAULTS)
    for key in keys:
        page.keyboard.press(key)
    page.evaluate("times => spoil(times)", times)
    # The last failure may be told by the engine alone, before the browser has told of it.
    wait_for(lambda: page.evaluate(HAS_FALLEN_BACK) or page.evaluate("() => faults.length") == times, "the faults", 20)
    return page


@pytest.mark.parametrize(("times", "is_plain"), [(1, False), (3, True)])
def test_a_picture_that_cannot_be_read_is_asked_for_again_without_a_word(
    site: Server, episode: dict[str, Any], browser: Any, times: int, is_plain: bool
) -> None:
    """A third time in a row it is no accident: then the programme comes as one plain file."""
    with watching(browser, site) as watched:
        page = spoil(watched, episode["path"], times)
        video = page.locator("video").first
        wait_for(lambda: play_state(video)["error"] is None and time_of(page) > 4, "it to go on", 30)
        assert_plays(video, past_s=5)
        assert set(page.evaluate("() => said")) <= {""}
        assert page.evaluate(HAS_FALLEN_BACK) is is_plain


def test_a_picture_that_cannot_be_read_while_it_stands_still_is_mended_when_it_plays(
    site: Server, episode: dict[str, Any], browser: Any
) -> None:
    with watching(browser, site) as watched:
        page = spoil(watched, episode["path"], 1, "k")
        page.wait_for_timeout(1_500)
        video = page.locator("video").first
        assert play_state(video)["paused"], "nothing begins by itself"
        page.keyboard.press("k")
        wait_for(lambda: play_state(video)["error"] is None, "it to go on", 20)
        assert_plays(video, past_s=3)
        assert set(page.evaluate("() => said")) <= {""}
