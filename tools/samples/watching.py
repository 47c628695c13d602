"""Play everything in Chromium as a viewer would: pictures move, the shape is right, the lists are whole."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.server import Server, serving
from tools.samples.frames import HDR, HDR_LIKENESS, LIKENESS, draw_frames, find_picture_faults
from tools.samples.samples import Sample

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

STATE = """media => ({
    time: media.currentTime, ended: media.ended, error: media.error && media.error.message,
    width: media.videoWidth || 0, height: media.videoHeight || 0, length: media.duration,
    tracks: [...media.textTracks].map(track => `${track.kind} ${track.language}`).sort(),
    frames: media.getVideoPlaybackQuality ? media.getVideoPlaybackQuality().totalVideoFrames : 0,
})"""
SHAPE_SLACK = 0.02
LENGTH_SLACK_S = 0.3
SHOWN_AT = 0.6  # of the length: where the screenshot is taken
PATIENCE_S = 20.0


def watch_all(samples: list[Sample], data: Path, pictures: Path) -> None:
    """Open each item's page, press play, compare with the source; a screenshot of each lands in `pictures`."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("samples: Chromium is missing (Debian: apt install chromium)")
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    switches = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    switches += ["--autoplay-policy=no-user-gesture-required"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with serving(data) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=switches)
        for sample in samples:
            context = browser.new_context(viewport={"width": 900, "height": 700}, locale="de-DE")
            try:
                sample.faults += watch(sample, server, context.new_page(), pictures)
            finally:
                context.close()
        browser.close()


def watch(sample: Sample, server: Server, page: Any, pictures: Path) -> list[str]:
    """Play one item; return what is wrong."""
    from funkhaus.ingest.models import Asset

    asset = Asset.objects.get(pk=sample.asset_id)
    if asset.state != "ready":
        return []
    page.goto(server.url + sample.page, wait_until="load")
    media = page.locator("fh-player video, fh-player audio").first
    page.locator("fh-player button").first.click()
    first = wait_until_moving(media)
    faults = list(judge(asset, first))
    if asset.has_video and first["length"]:
        is_hdr = any(stream.get("transfer") in HDR for stream in asset.probe["streams"])
        needed = HDR_LIKENESS if is_hdr else LIKENESS
        faults += find_picture_faults(sample.path, draw_frames(media, first["length"]), needed)
        seek(media, first["length"] * SHOWN_AT)
    page.locator("fh-player").first.screenshot(path=str(pictures / f"{sample.name.replace('/', '-')}.png"))
    faults += [f"error {error}"] if (error := media.evaluate(STATE)["error"]) else []
    return [f"Chromium: {fault}" for fault in faults]


def wait_until_moving(media: Any) -> dict[str, Any]:
    """What the element does once its clock runs, or when patience ends."""
    end = time.monotonic() + PATIENCE_S
    state: dict[str, Any] = media.evaluate(STATE)
    while time.monotonic() < end and not state["error"] and not (state["time"] > 0.15 or state["ended"]):
        time.sleep(0.05)
        state = media.evaluate(STATE)
    return state


def seek(media: Any, moment_s: float) -> None:
    """Jump and wait for the picture."""
    media.evaluate(
        """(media, moment) => new Promise(done => {
            media.addEventListener("seeked", done, { once: true }); setTimeout(done, 8000); media.currentTime = moment;
        })""",
        moment_s,
    )
    time.sleep(0.2)


def judge(asset: Asset, state: dict[str, Any]) -> Iterator[str]:
    """Compare what Chromium shows with what the house knows."""
    if state["error"]:
        yield f"error {state['error']}"
    if state["time"] <= 0:
        yield "its clock does not run"
    expected_s = (asset.duration_ms or 0) / 1000
    if abs(state["length"] - expected_s) > LENGTH_SLACK_S:
        yield f"lasts {state['length']:.2f} s instead of {expected_s:.2f} s"
    wanted = sorted(f"{track.kind} {track.language}" for track in asset.text_tracks.all())
    if state["tracks"] != wanted:
        yield f"text tracks {state['tracks']} instead of {wanted}"
    if asset.has_video:
        yield from _judge_picture(asset, state)


def _judge_picture(asset: Asset, state: dict[str, Any]) -> Iterator[str]:
    if not state["frames"]:
        yield "no frame was decoded"
    if not state["height"] or not asset.height or not asset.width:
        yield "no picture size"
    elif abs(state["width"] / state["height"] / (asset.width / asset.height) - 1) > SHAPE_SLACK:
        yield f"shape {state['width']}x{state['height']} instead of {asset.width}x{asset.height}"
