"""The editor's desk for files: two at once, the connection lost and found, a replacement, a warning, a poster."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.desk.test_editor import log_in
from tests.browser.player.watch import Watched, assert_plays, watching
from tests.server import Server, serving, wait_for
from tests.sources import make_clip

UPLOAD = "/redaktion/mediathek/hochladen/"
AS_IT_IS = {"offline": False, "latency": 0, "downloadThroughput": -1}
OPEN = "SELECT count(*) FROM ingest_upload WHERE state = 'open'"


def slow_down(watched: Watched, bytes_per_s: int = 300_000) -> None:
    """Let the browser send so slowly that something can happen meanwhile."""
    session = watched.page.context.new_cdp_session(watched.page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {**AS_IT_IS, "uploadThroughput": bytes_per_s})


def choose(page: Any, *files: Path) -> None:
    """Choose files once the page is ready for them."""
    picker = page.locator("[data-pick]")
    picker.wait_for()
    picker.set_input_files([str(file) for file in files])


def row_of(page: Any, name: str) -> Any:
    return page.locator("fh-upload-row", has_text=name)


def test_two_files_survive_a_server_that_goes_and_comes(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    """Both are sent, the server ends in the middle and comes back, and both become drafts with their details."""
    first = make_clip(tmp_path / "hafen.mp4", seconds=4, size="640x360")
    second = make_clip(tmp_path / "deich.mp4", seconds=4, size="640x360")
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        slow_down(watched)
        page.goto(server.url + UPLOAD)
        choose(page, first, second)
        row_of(page, "hafen.mp4").locator("[name$='-rating']").select_option("6")
        row_of(page, "hafen.mp4").locator("[name$='-title']").fill("Der Hafen")
        page.locator("[data-start]").click()
        wait_for(lambda: server.query(OPEN)[0][0] == 2, "both uploads")
        expect(row_of(page, "hafen.mp4").locator("[data-status]")).to_contain_text("%")
        port = str(server.port)
        server.stop()
        expect(row_of(page, "hafen.mp4")).to_contain_text("Verbindung unterbrochen, geht gleich weiter", timeout=20_000)
        with serving(own_folder, PORT=port) as again:
            for name in ("hafen.mp4", "deich.mp4"):
                expect(row_of(page, name)).to_contain_text("Hochgeladen. Wird jetzt aufbereitet.", timeout=60_000)
            assert row_of(page, "hafen.mp4").locator("a", has_text="Zur Datei").is_visible()
            made = again.query("SELECT title, age_rating FROM mediathek_video ORDER BY title")
            assert made == [("Deich", "unrated"), ("Der Hafen", "6")]
            sizes = again.query("SELECT size_bytes FROM ingest_asset ORDER BY original_name")
            assert sizes == [(second.stat().st_size,), (first.stat().st_size,)]


def test_an_upload_goes_on_after_the_browser_was_closed(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    """The page knows what was begun, and the same file, chosen again, goes on where it stopped."""
    film = make_clip(tmp_path / "lang.mp4", seconds=5, size="1280x720")
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        slow_down(watched, bytes_per_s=400_000)  # a busy machine looks about once a second
        page.goto(server.url + UPLOAD)
        choose(page, film)
        row_of(page, "lang.mp4").locator("[name$='-title']").fill("Der lange Tag")
        page.locator("[data-start]").click()
        expect(row_of(page, "lang.mp4").locator("[data-status]")).to_contain_text(
            re.compile(r"[4-9]\d %"), timeout=30_000
        )
        row_of(page, "lang.mp4").locator("[data-pause]").click()
        expect(row_of(page, "lang.mp4")).to_contain_text(re.compile("Angehalten bei [1-9]"))
        begun = wait_for_bytes(own_folder)
        log_in_again(row_of(page, "lang.mp4"), server)
        begun = wait_for_bytes(own_folder)

        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(server.url + UPLOAD)
        left = page.locator("fh-unfinished li", has_text="lang.mp4")
        expect(left).to_contain_text(re.compile(r"[1-9]\d? %"))
        wrong = make_clip(tmp_path / "falsch.mp4", seconds=1)
        left.locator("[data-again]").set_input_files(str(wrong))
        expect(left).to_contain_text("Das ist eine andere Datei")
        left.locator("[data-again]").set_input_files(str(film))
        page.wait_for_url("**/redaktion/mediathek/dateien/*/", timeout=60_000)
        assert server.query("SELECT title FROM mediathek_video") == [("Der lange Tag",)]
        assert server.query("SELECT size_bytes FROM ingest_asset") == [(film.stat().st_size,)]
        assert server.query("SELECT count(*) FROM ingest_upload") == [(1,)], f"{begun} bytes were not sent again"


def log_in_again(row: Any, server: Server) -> None:
    """The session ends while the upload rests: the row says so, leads to the login, and goes on after it."""
    page = row.page
    page.context.clear_cookies()
    row.locator("[data-go-on]").click()
    expect(row.locator("[data-error]")).to_have_text("Bitte melde dich an.")
    expect(row.get_by_role("link", name="Melde dich neu an")).to_be_focused()  # what had the focus is hidden now
    with page.context.expect_page() as opened:
        row.get_by_role("link", name="Melde dich neu an").click()
    log_in(opened.value, server)
    opened.value.close()
    row.locator("[data-go-on]").click()
    expect(row.locator("[data-status]")).to_contain_text(re.compile(r"[4-9]\d %"), timeout=30_000)
    expect(row.locator("[data-login]")).to_be_hidden()
    row.locator("[data-pause]").click()


def wait_for_bytes(data: Path) -> int:
    """What the server has of the one upload."""
    folder = data / "uploads" / "tus"
    found: int = wait_for(lambda: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()), "bytes")
    return found


def test_a_large_file_goes_in_parts_and_one_can_be_ended(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    film = make_clip(tmp_path / "teile.mp4", seconds=4, size="640x360")
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        page.on("dialog", lambda dialog: dialog.accept())
        log_in(page, server)
        slow_down(watched)
        page.goto(server.url + UPLOAD)
        page.evaluate("document.querySelector('fh-uploads').dataset.parallelFrom = 1000")
        choose(page, film)
        page.locator("[data-start]").click()
        wait_for(lambda: server.query(OPEN)[0][0] == 3, "three parts")
        row_of(page, "teile.mp4").locator("[data-cancel]").click()
        expect(page.locator("fh-upload-row")).to_have_count(0)
        wait_for(lambda: server.query(OPEN)[0][0] == 0, "the parts to be forgotten")

        choose(page, film)
        page.locator("[data-start]").click()
        wait_for(lambda: server.query(OPEN)[0][0] == 3, "three parts")
        expect(row_of(page, "teile.mp4").locator("[data-status]")).to_contain_text(
            re.compile(r"[1-9]\d? %"), timeout=30_000
        )
        page.goto(server.url + UPLOAD)
        left = page.locator("fh-unfinished li", has_text="teile.mp4")
        left.locator("[data-again]").set_input_files(str(film))
        page.wait_for_url("**/redaktion/mediathek/dateien/*/", timeout=60_000)
        (key,) = server.query("SELECT original FROM ingest_asset")[0]
        assert (own_folder / "originals" / key).read_bytes() == film.read_bytes()


def test_a_replacement_without_a_gap_a_warning_and_a_frame(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    """The old file plays on while the new one is prepared, and until an editor has looked at it; then a still."""
    film = make_clip(tmp_path / "alt.mp4", seconds=4)
    short = tmp_path / "neu.mp4"
    whole = make_clip(tmp_path / "ganz.mp4", seconds=12, index_first=True).read_bytes()
    short.write_bytes(whole[: len(whole) // 2])
    with serving(own_folder) as server, watching(browser, server) as watched, watching(browser, server) as viewer:
        page = watched.page
        log_in(page, server)
        page.goto(server.url + UPLOAD)
        choose(page, film)
        page.locator("[name$='-rating']").select_option("0")
        page.locator("[name$='-publish']").check()
        page.locator("[data-start]").click()
        page.wait_for_url("**/redaktion/mediathek/dateien/*/")
        page.goto(f"{server.url}/redaktion/")  # that page loads itself anew once the file is ready
        server.wait_for_media(90)
        public_id, slug, video = server.query("SELECT public_id, slug, id FROM mediathek_video")[0]
        wait_for(lambda: server.query("SELECT live FROM mediathek_video")[0][0], "the publication by itself")
        viewer.open(f"/video/{public_id}-{slug}/")
        viewer.page.locator("fh-player button").first.click()
        assert_plays(viewer.page.locator("video").first, past_s=0.2)

        old = plays_now(server, public_id)
        page.goto(f"{server.url}/redaktion/mediathek/videos/{video}/datei-ersetzen/")
        choose(page, short)
        page.locator("[data-start]").click()
        page.wait_for_url("**/redaktion/mediathek/dateien/*/")
        server.wait_for_media(90)
        assert plays_now(server, public_id) == old, "nobody has looked at the new one yet"
        # The page loads itself anew when the preparation has ended.
        expect(page.locator("#fh-succession + p")).to_contain_text("ist fertig und wartet auf dich", timeout=20_000)
        page.locator("#fh-warnings button").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".fh-desk-seen")).to_contain_text("Gesehen von")
        wait_for(lambda: plays_now(server, public_id) != old, "the new file to play")
        assert (own_folder / "media" / old / "video.mp4").exists(), "whoever plays the old one sees it to its end"
        choose_frame(page, server)


def plays_now(server: Server, public_id: str) -> str:
    """The key of the file that the public gets."""
    moved = server.get(f"/medien/{public_id}/video.mp4")
    assert moved.status == 302, moved.text
    return moved.headers["Location"].split("/")[-2]


def choose_frame(page: Any, server: Server) -> None:
    """By keyboard alone: to the start of the range, and two frames on."""
    before = page.locator(".fh-desk-stills img").first.get_attribute("src")
    page.locator("[data-range]").focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.locator("[data-range]").get_attribute("aria-valuetext") == "0:00,08"
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".fh-desk-stills")).to_contain_text("Von Hand gewählt")
    assert page.locator(".fh-desk-stills img").first.get_attribute("src") != before
    assert server.query("SELECT poster_at_ms FROM ingest_asset WHERE poster_at_ms IS NOT NULL") == [(80,)]
