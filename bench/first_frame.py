"""Script that a browser loads from the video page to the first picture."""

from __future__ import annotations

import os
import shutil

from bench.table import Row
from tests.server import Server, wait_for

BUDGET_BYTES = 60_000
WATCH = """() => document.querySelector('video').requestVideoFrameCallback(() => (window.scripts = performance
  .getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(one => one.encodedBodySize)))"""


def measure_first_frame(server: Server, path: str) -> list[Row]:
    """Play once in Chromium and add up the scripts as they came over the wire."""
    program = shutil.which("chromium")
    if program is None:
        return [Row("video page to first frame: script", None, "B", BUDGET_BYTES, note="Chromium is not installed")]
    from playwright.sync_api import sync_playwright

    switches = ["--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    switches += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=switches)
        page = browser.new_page()
        page.goto(server.url + path, wait_until="networkidle")
        page.evaluate(WATCH)
        video = page.locator("video").first
        page.locator("fh-player button").first.click()
        scripts = wait_for(lambda: page.evaluate("() => window.scripts"), "the first frame", 30, 0.02)
        source = video.evaluate("v => v.currentSrc")
        browser.close()
    how = "Media Source" if source.startswith("blob:") else "native"
    return [
        Row(
            "video page to first frame: script, compressed",
            sum(scripts),
            "B",
            BUDGET_BYTES,
            note=f"{len(scripts)} files, {how}",
        )
    ]
