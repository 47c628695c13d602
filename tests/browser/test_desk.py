"""The editor's desk for files: two at once, the connection lost and found, a replacement, a warning, a poster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_editor import log_in
from tests.browser.watch import Watched, watching
from tests.server import serving, wait_for
from tests.sources import make_clip

UPLOAD = "/redaktion/mediathek/hochladen/"
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
OPEN = "SELECT count(*) FROM ingest_upload WHERE state = 'open'"


def slow_down(watched: Watched) -> None:
    """Let the browser send so slowly that something can happen meanwhile."""
    session = watched.page.context.new_cdp_session(watched.page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def row_of(page: Any, name: str) -> Any:
    return page.locator("fh-upload-row", has_text=name)


def test_two_files_survive_a_server_that_goes_and_comes(own_folder: Path, browser: Any, tmp_path: Path) -> None:
    """Both are sent, the server ends in the middle and comes back, and both become drafts with their details."""
    first = make_clip(tmp_path / "hafen.mp4", seconds=6, size="640x360")
    second = make_clip(tmp_path / "deich.mp4", seconds=6, size="640x360")
    with serving(own_folder) as server, watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        slow_down(watched)
        page.goto(server.url + UPLOAD)
        page.locator("[data-pick]").set_input_files([str(first), str(second)])
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
