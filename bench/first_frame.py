"""Script that a browser loads from the video page to the first picture."""

from __future__ import annotations

import os
import shutil

from bench.table import Row
from tests.server import Server, wait_for

BUDGET_BYTES = 60_000


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
        scripts = []
        page.on("requestfinished", lambda one: scripts.append(one) if one.resource_type == "script" else None)
        page.goto(server.url + path, wait_until="networkidle")
        video = page.locator("video").first
        page.locator("fh-player button").first.click()
        wait_for(
            lambda: video.evaluate("v => v.getVideoPlaybackQuality().totalVideoFrames > 0"), "the first frame", 30, 0.02
        )
        size = sum(one.sizes()["responseBodySize"] for one in scripts)
        source = video.evaluate("v => v.currentSrc")
        browser.close()
    how = "Media Source" if source.startswith("blob:") else "native"
    return [
        Row(
            "video page to first frame: script, compressed",
            size,
            "B",
            BUDGET_BYTES,
            note=f"{len(scripts)} files, {how}",
        )
    ]
