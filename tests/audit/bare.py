"""A bare page of another site, and other people's engines on it: they play the playlist with all its tracks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

from tests.audit.programme import Programme, find_programme
from tests.browser.player.test_embedding import elsewhere
from tests.server import ROOT, Server, wait_for

MODULES = ROOT / "var/audit-tools/node_modules"
SPEED = 1
NEAR_S, NEAR_FRAMES = 0.25, 12  # the browser counts a picture less here and there at its ends
BODY = "<video muted width=640></video>"
HLS = """async (address) => {
  const video = document.querySelector('video');
  const hls = (window.engine = new Hls({ enableWebVTT: true }));
  window.faults = [];
  hls.on(Hls.Events.ERROR, (_, data) => faults.push(`${data.fatal ? 'fatal ' : ''}${data.details}`));
  hls.loadSource(address);
  hls.attachMedia(video);
  await new Promise((done) => hls.on(Hls.Events.MANIFEST_PARSED, done));
  window.find = () => ({
    heights: hls.levels.map((one) => one.height), sounds: hls.allAudioTracks.length,
    described: hls.allAudioTracks.filter((one) => /describes-video/.test(one.characteristics ?? '')).length,
    texts: hls.allSubtitleTracks.length,
  });
  window.choose = () => {
    hls.subtitleDisplay = true;
    hls.subtitleTrack = 0;
    hls.audioTrack = hls.audioTracks.findIndex((one) => /describes-video/.test(one.characteristics ?? ''));
  };
  window.chosen = () => /describes-video/.test(hls.audioTracks[hls.audioTrack].characteristics);
}"""
SHAKA = """async (address) => {
  shaka.polyfill.installAll();
  const video = document.querySelector('video');
  const player = (window.engine = new shaka.Player());
  await player.attach(video);
  window.faults = [];
  player.addEventListener('error', (event) => faults.push(`${event.detail.severity}: ${event.detail.code}`));
  await player.load(address);
  const isDescription = (one) => /describes-video/.test([...(one.accessibilityPurpose ? ['describes-video'] : []),
    ...(one.roles ?? [])].join());
  window.find = () => ({
    heights: [...new Set(player.getVariantTracks().map((one) => one.height))].sort((a, b) => a - b),
    sounds: player.getAudioTracks().length, described: player.getAudioTracks().filter(isDescription).length,
    texts: player.getTextTracks().length,
  });
  window.choose = () => {
    player.selectTextTrack(player.getTextTracks()[0]);
    player.setTextTrackVisibility?.(true);
    player.selectAudioTrack(player.getAudioTracks().find(isDescription));
  };
  window.chosen = () => player.getAudioTracks().some((one) => one.active && isDescription(one));
}"""
ENGINES = {
    "hls.js": ("hls.js/dist/hls.min.js", HLS),
    "Shaka Player": ("shaka-player/dist/shaka-player.compiled.js", SHAKA),
}
STATE = """() => { const v = document.querySelector('video'); return {
  ended: v.ended, time: v.currentTime, duration: v.duration, error: v.error?.message ?? null, chosen: window.chosen(),
  frames: v.getVideoPlaybackQuality().totalVideoFrames, faults: window.faults,
  cues: [...v.textTracks].flatMap((one) => [...(one.cues ?? [])]).length,
  sound: v.webkitAudioDecodedByteCount,
}; }"""


def check_engines(server: Server) -> list[str]:
    """Each engine plays the whole programme, changes to the described sound and shows the subtitles."""
    from playwright.sync_api import sync_playwright

    show = find_programme(server)
    switches = ["--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    switches += ["--no-sandbox"] if os.geteuid() == 0 else []
    findings = []
    with sync_playwright() as driver, elsewhere(BODY) as address:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=switches)
        for name, (file, start) in ENGINES.items():
            page = browser.new_page()
            page.goto(address)
            page.add_script_tag(path=str(MODULES / file))
            findings += [f"{name}: {fault}" for fault in _play(page, start, show)]
            page.close()
        browser.close()
    return findings


def _play(page: Any, start: str, show: Programme) -> Iterator[str]:
    page.evaluate(start, show.manifest)
    found = page.evaluate("() => window.find()")
    wanted = {"heights": list(show.heights), "sounds": show.sounds, "described": 1, "texts": show.texts}
    if found != wanted:
        yield f"found {found}, there are {wanted}"
    page.evaluate("speed => { const v = document.querySelector('video'); v.playbackRate = speed; v.play(); }", SPEED)
    try:
        wait_for(lambda: page.evaluate(STATE)["time"] > 2, "it to play", 30)
        page.evaluate("() => window.choose()")
        wait_for(lambda: page.evaluate(STATE)["ended"], "its end", 10 + show.seconds)
    except AssertionError as failure:
        yield f"{failure}: {page.evaluate(STATE)}"
    state = page.evaluate(STATE)
    if abs(state["duration"] - show.seconds) > NEAR_S:
        yield f"{state['duration']} s, not {show.seconds}"
    if abs(state["frames"] - show.frames) > NEAR_FRAMES:
        yield f"{state['frames']} pictures, not {show.frames}"
    if not state["chosen"]:
        yield "the described sound was not chosen"
    if not state["cues"]:
        yield "no subtitle was read"
    if not state["sound"]:
        yield "no sound was decoded"
    yield from (f"it complained of {fault}" for fault in [*state["faults"], state["error"]] if fault)
