"""From the press of play to the first picture over a line, beside a plain `<video>` on a progressive file."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from bench.table import Row
from tests.browser.player.test_embedding import elsewhere
from tests.browser.player.watch import limit_line
from tests.server import Server, wait_for

LINES = {"loopback": None, "10 Mbit/s, 40 ms": (10e6, 40), "1.6 Mbit/s, 150 ms": (1.6e6, 150)}
RUNS = 5
LIMIT = "limit.mp4"
PLACE = 0.6  # of the programme, for who goes on in the middle
WATCH = """(from) => {
  const video = document.querySelector('video');
  const look = (now, { mediaTime }) => {
    if (mediaTime >= from - 0.5) window.shown = performance.now();
    else video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  addEventListener('click', () => (window.pressed = performance.now()), { capture: true, once: true });
}"""


def measure_over_lines(server: Server, path: str) -> list[Row]:
    """Median of several runs on each line, in a fresh context each: nothing is cached."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        return [Row("play to first frame over a line", None, "ms", note="Chromium is not installed")]
    folder, address = _find_folder(server, path)
    limit = _make_limit(folder, address)
    middle = int(PLACE * _read_length(folder))
    switches = ["--disable-gpu", "--no-sandbox"] if os.geteuid() == 0 else ["--disable-gpu"]
    bare = (
        f"<button onclick=\"document.querySelector('video').play()\">x</button><video preload=none src={limit}></video>"
    )
    rows = []
    with sync_playwright() as driver, elsewhere(bare) as plain:
        browser = driver.chromium.launch(executable_path=program, args=switches)
        for line, limits in LINES.items():
            times: dict[str, list[float]] = {"player": [], "limit": [], "middle": []}
            for _ in range(RUNS):  # taking turns, so that a busy moment meets both
                times["player"].append(_press(browser, server.url + path, "fh-player button", limits))
                times["limit"].append(_press(browser, plain, "button", limits))
                times["middle"].append(_press(browser, server.url + path, "fh-player button", limits, middle))
            ours, theirs, there = (statistics.median(times[name]) for name in ("player", "limit", "middle"))
            note = f"{ours / theirs:.2f} × the limit; {min(times['player']):.0f} to {max(times['player']):.0f}"
            rows.append(Row(f"play to first frame, {line}", ours, "ms", note=note))
            rows.append(Row(f"  the limit: <video> on an MP4, {line}", theirs, "ms"))
            note = f"{there / ours:.2f} × from the beginning; {min(times['middle']):.0f} to {max(times['middle']):.0f}"
            rows.append(Row(f"  from {PLACE:.0%} of it on, {line}", there, "ms", note=note))
        browser.close()
    return rows


def _press(browser: Any, address: str, button: str, limits: tuple[float, int] | None, at: int = 0) -> float:
    """Milliseconds from the press to the first picture by the page's clock; the page itself came over a fast line."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + (f"#t={at}" if at else ""), wait_until="networkidle")
    page.evaluate(WATCH, at)
    if limits:
        limit_line(page, *limits)
    page.locator(button).first.click()
    taken: float = wait_for(lambda: page.evaluate("() => window.shown - window.pressed || 0"), "a picture", 30, 0.02)
    context.close()
    return taken


def _find_folder(server: Server, path: str) -> tuple[Path, str]:
    """Where the programme's media lie, and the signed address of their playlist."""
    public_id = path.split("/")[2].partition("-")[0]
    location = server.get(f"/medien/{public_id}/master.m3u8").headers["Location"]
    return server.data / "media" / location.split("/")[5], server.url + location


def _read_length(folder: Path) -> float:
    """Seconds of the programme, by its playlist."""
    text = next(folder.glob("*/360p.m3u8")).read_text()
    return sum(float(number) for number in re.findall(r"#EXTINF:([\d.]+)", text))


def _make_limit(folder: Path, address: str) -> str:
    """The lowest rung and its sound as one progressive file beside the others; its signed address."""
    sources = [next(folder.glob(f"*/{name}.mp4")) for name in ("360p", "sound")]
    words = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    for source in sources:
        words += ["-i", str(source)]
    subprocess.run([*words, "-c", "copy", "-movflags", "+faststart", str(folder / LIMIT)], check=True, timeout=60)
    return address.replace("master.m3u8", LIMIT)
