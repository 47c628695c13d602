"""The cue editor in a browser: times, texts, the list, keys, two editors at once, two thousand cues."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest.tests.broadcast import write_ebu_tt, write_ebu_tt_d, write_srt, write_stl
from funkhaus.ingest.text.subtitles.cue_markup import read_plain
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt
from tests.browser.desk.test_editor import log_in
from tests.browser.desk.test_login_lapses import end_login, log_in_beside
from tests.browser.player.watch import DESK, PHONE, watching
from tests.browser.test_access import AXE, RULES
from tests.conftest import run_python
from tests.server import Server, serving, wait_for
from tests.sources import make_clip

TEXT = """WEBVTT

00:00:00.200 --> 00:00:01.000 line:0
<c.yellow>Wer spricht da?</c>

00:00:01.000 --> 00:00:02.000
Ich &amp; du.
Und noch wer.

00:00:02.000 --> 00:00:02.500
مرحبا بالعالم
"""
MAKE = """
import django, json, sys, shutil; django.setup()
from pathlib import Path
from funkhaus.ingest.models import Asset, Job
from funkhaus.ingest.services import SubtitleFile, add_subtitles
from funkhaus.mediathek.services import create_video
clip, texts = Path({clip!r}), json.loads({texts!r})
found = []
for name, text in texts.items():
    asset = Asset.objects.create(original_name="a.mp4", state="ready", duration_ms=3000, width=320, height=180,
                                 has_video=True, has_audio=True)
    Job.objects.create(asset=asset, state="done", progress=1.0)
    asset.folder.mkdir(parents=True)
    shutil.copy(clip, asset.folder / "video.mp4")
    create_video(title=name, asset=asset, rating="0", publish=True)
    path = clip.with_name("text.vtt")
    path.write_text(text, encoding="utf-8")
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(path, kind="captions")])
    found.append(f"/redaktion/mediathek/dateien/{{asset.pk}}/untertitel/{{asset.text_tracks.get().pk}}/")
print(json.dumps(found))
"""


LOAD = """async text => {
    const video = document.body.appendChild(document.createElement('video'));
    const track = video.appendChild(document.createElement('track'));
    track.track.mode = 'hidden';
    track.src = URL.createObjectURL(new Blob([text], {type: 'text/vtt'}));
    await new Promise((done, failed) => Object.assign(track, {onload: done, onerror: failed}));
    return [...track.track.cues].map(one => [
        Math.round(one.startTime * 1000), Math.round(one.endTime * 1000), one.getCueAsHTML().textContent,
        [...one.getCueAsHTML().querySelectorAll('span')].map(span => span.className), one.line, one.align,
    ]);
}"""


def test_the_browsers_own_parser_reads_what_we_write(browser: Any) -> None:
    """Chromium gives back every cue: times, words, colors, places."""
    page = browser.new_page()
    try:
        for content in (write_stl(), write_ebu_tt(), write_ebu_tt_d(), write_srt(), TEXT.encode()):
            cues = read_subtitles(content, "sendung").cues
            seen = page.evaluate(LOAD, write_webvtt(cues))
            assert [tuple(one[:3]) for one in seen] == [
                (cue.start_ms, cue.end_ms, read_plain(cue.text)) for cue in cues
            ]
            assert [one[4] == 0 for one in seen] == ["line:0" in cue.settings for cue in cues]
            for one, cue in zip(seen, cues, strict=True):
                assert all(f"<c.{name}>" in cue.text for name in one[3])
                assert one[5] in {"center", "left", "right"}
                assert (one[5] != "center") == ("align" in cue.settings)
        assert any(one[3] for one in seen), "colors were among them"
    finally:
        page.close()


def many(count: int) -> str:
    blocks = [f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\nSatz {n}." for n in range(count)]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


@pytest.fixture(scope="module")
def desk(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[str]]]:
    """A server with films and their captions: a short one for each test that changes it, a long one as the last."""
    from tests.server import copy_data

    folder = tmp_path_factory.mktemp("cues")
    data = copy_data(blank, folder / "data")
    clip = make_clip(folder / "clip.mp4", seconds=3)
    texts = dict.fromkeys(("Eins", "Zwei", "Drei", "Vier"), TEXT) | {"Lang": many(2000)}
    tracks = json.loads(run_python(data, MAKE.format(clip=str(clip), texts=json.dumps(texts))))
    with serving(data) as server:
        yield server, tracks


def fetch_text(watched: Any, track: str) -> str:
    """The stored text, as the browser that is logged in gets it."""
    text: str = watched.page.evaluate("url => fetch(url).then(answer => answer.text())", track.rstrip("/") + ".vtt")
    return text


def open_cues(watched: Any, track: str) -> Any:
    page = watched.page
    page.goto(f"{watched.server.url}{track}bearbeiten/")
    page.locator("fh-cues.fh-cues-on").wait_for()
    return page


def text_of(page: Any, number: int) -> Any:
    return page.locator("[data-cue]").nth(number).locator("[data-text]")


def status(page: Any, words: str) -> None:
    page.locator("[data-status]", has_text=words).wait_for()


def test_cues_are_corrected_and_stored(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, (track, *_others) = desk
    with watching(browser, server) as watched:
        log_in(watched.page, server)
        page = open_cues(watched, track)
        assert page.locator("[data-cue]").count() == 3
        assert text_of(page, 1).input_value() == "Ich & du.\nUnd noch wer."
        assert page.locator("[data-cue]").first.get_attribute("data-color") == "yellow"
        assert text_of(page, 2).evaluate("one => getComputedStyle(one).direction") == "rtl"

        text_of(page, 0).fill("<c.yellow>Wer ist da?</c>")
        page.keyboard.press("Alt+ArrowDown")
        page.keyboard.press("Control+Home")
        for _letter in "Ich & du.":
            page.keyboard.press("ArrowRight")
        page.locator("[data-tool=split]").click()
        assert page.locator("[data-cue]").count() == 4
        assert text_of(page, 2).input_value() == "Und noch wer."
        page.locator("[data-tool=undo]").click()
        assert page.locator("[data-cue]").count() == 3
        page.locator("[data-tool=merge]").click()
        assert text_of(page, 1).input_value().endswith("مرحبا بالعالم")
        page.locator("[data-tool=undo]").click()

        start = page.locator("[data-cue]").nth(1).locator("[data-start]")
        start.fill("gleich")
        page.keyboard.press("Control+s")
        status(page, "sieh dir Untertitel 2 an")
        assert start.get_attribute("aria-invalid") == "true"
        start.fill("0:1.1")
        start.press("Tab")
        assert start.input_value() == "00:00:01.100"
        page.keyboard.press("Control+s")
        status(page, "Gespeichert.")
        stored = TEXT.replace("Wer spricht da?", "Wer ist da?").replace("01.000 -->", "01.100 -->")
        assert fetch_text(watched, track) == stored
        assert watched.complaints == []


def test_film_and_list_go_together(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, (_first, track, *_others) = desk
    with watching(browser, server) as watched:
        log_in(watched.page, server)
        page = open_cues(watched, track)
        video = page.locator("fh-cues video")
        page.wait_for_function("() => document.querySelector('fh-cues video').readyState >= 1")
        text_of(page, 1).focus()
        page.keyboard.press("Control+Enter")
        page.locator("[data-cue]:nth-child(2).fh-cue-playing").wait_for()
        wait_for(lambda: video.evaluate("one => one.paused && one.currentTime >= 2"), "the cue to end", 15)
        assert video.evaluate("one => one.textTracks[0].cues.length") == 3
        assert video.evaluate("one => one.textTracks[0].cues[0].line") == 0
        video.evaluate("one => { one.currentTime = 1.25; }")
        text_of(page, 1).focus()
        wait_for(lambda: video.evaluate("one => !one.seeking"), "the film to come there", 10)
        page.keyboard.press("Control+,")
        assert page.locator("[data-cue]").nth(1).locator("[data-start]").input_value() == "00:00:01.250"
        page.locator("summary", has_text="verschieben").click()
        page.locator("[data-field=shift]").fill("-0,2")
        page.locator("[data-tool=shift]").click()
        assert page.locator("[data-cue]").first.locator("[data-start]").input_value() == "00:00:00.000"
        page.locator("[data-field=find]").fill("noch")
        page.locator("[data-field=replace]").fill("auch")
        page.locator("[data-tool=replace]").click()
        status(page, "1-mal ersetzt")
        assert "Und auch wer." in text_of(page, 1).input_value()
        page.once("dialog", lambda dialog: dialog.accept())
        page.goto(server.url + "/redaktion/")
        assert fetch_text(watched, track) == TEXT, "nothing is stored unasked"


def test_two_editors_at_once_lose_nothing(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, (_first, _second, track, *_others) = desk
    with watching(browser, server) as one, watching(browser, server) as two:
        for watched in (one, two):
            log_in(watched.page, server)
            open_cues(watched, track)
        text_of(one.page, 1).fill("Von der einen.")
        one.page.keyboard.press("Control+s")
        status(one.page, "Gespeichert.")
        text_of(two.page, 1).fill("Vom anderen.")
        two.page.keyboard.press("Control+s")
        status(two.page, "inzwischen geändert")
        assert text_of(two.page, 1).input_value() == "Vom anderen."
        assert "Von der einen." in fetch_text(two, track)
        two.page.locator("[data-force]").click()
        status(two.page, "Gespeichert.")
        assert "Vom anderen." in fetch_text(one, track)


def test_cues_outlive_their_login(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, (_first, _second, track, *_others) = desk
    with watching(browser, server) as watched:
        log_in(watched.page, server)
        page = open_cues(watched, track)
        text_of(page, 0).fill("Nach der Anmeldung.")
        end_login(page)
        page.keyboard.press("Control+s")
        status(page, "Du bist abgemeldet")
        log_in_beside(page, server)
        text_of(page, 0).press("Control+s")
        status(page, "Gespeichert.")
        assert "Nach der Anmeldung." in fetch_text(watched, track)


def test_two_thousand_cues_stay_fluent(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, tracks = desk
    with watching(browser, server) as watched:
        log_in(watched.page, server)
        page = open_cues(watched, tracks[-1])
        assert page.locator("[data-cue]").count() == 2000
        text_of(page, 1000).click()
        began = time.monotonic()
        page.keyboard.press("Home")
        page.keyboard.type("schnell ")
        page.locator("[data-tool=split]").click()
        page.locator("[data-tool=remove]").click()
        spent_s = time.monotonic() - began
        assert page.locator("[data-cue]").count() == 2000
        # Ten acts of which two change the list; a list that is drawn anew at each takes many times as long.
        assert spent_s < 4, f"{spent_s:.1f} s"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1440"])
def test_the_editor_is_for_everybody(desk: tuple[Server, list[str]], browser: Any, size: Any) -> None:
    server, (track, *_others) = desk
    with watching(browser, server, size=size, bypass_csp=True) as watched:
        log_in(watched.page, server)
        page = open_cues(watched, track)
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        page.locator("summary").last.click()
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("tags => axe.run('fh-cues', {runOnly: {type: 'tag', values: tags}})", RULES)
        assert found["passes"], "axe looked at nothing"
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]] == []
        text_of(page, 2).focus()
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('[data-cue]') === null"), "no trap at the end"


def test_without_script_the_text_itself_is_edited(desk: tuple[Server, list[str]], browser: Any) -> None:
    server, (*_others, track, _long) = desk
    with watching(browser, server, java_script_enabled=False) as watched:
        log_in(watched.page, server)
        watched.page.goto(f"{server.url}{track}bearbeiten/")
        field = watched.page.locator("textarea[name=content]")
        field.fill(field.input_value().replace("du.", "ihr."))
        watched.page.locator("form button[type=submit]").first.click()
        watched.page.locator("text=Der Text ist gespeichert.").wait_for()
        assert "ihr." in watched.page.locator("textarea[name=content]").input_value()
