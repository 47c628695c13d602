"""WordPress and three oEmbed libraries find the embed by the page; what they make of it is played in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from tests.audit.players import PYTHON, run
from tests.audit.programme import Programme, find_programme
from tests.audit.wordpress import blogging, publish, run_php
from tests.browser.player.test_embedding import elsewhere
from tests.browser.player.watch import assert_plays
from tests.server import ROOT, Server, fetch

MODULES = ROOT / "var/audit-tools/node_modules"
MICAWBER = """
import json, sys, requests
from bs4 import BeautifulSoup
from micawber import Provider, ProviderRegistry
page = sys.argv[1]
# It knows providers by patterns; the endpoint is the one that the page itself names.
link = BeautifulSoup(requests.get(page).text, "html.parser").find("link", type="application/json+oembed")["href"]
registry = ProviderRegistry()
registry.register(page.split("/video/")[0] + "/video/.*", Provider(link.split("?")[0]))
print(json.dumps(registry.request(page, maxwidth=480)))
"""
PYOEMBED = """
import json, sys
from pyoembed import oEmbed
print(json.dumps(oEmbed(sys.argv[1], maxwidth=480)))
"""
EXTRACTUS = """
const { createRequire } = await import("node:module");
const { pathToFileURL } = await import("node:url");
const path = createRequire(process.argv[1])
  .resolve("@extractus/oembed-extractor");
const { extract } = await import(pathToFileURL(path));
console.log(JSON.stringify(await extract(process.argv[2], { maxwidth: 480 })));
"""
Ask = Callable[[str], dict[str, Any]]


def ask_python(code: str) -> Ask:
    """Run a library in the checkers' own environment."""
    return lambda page: json.loads(run([str(PYTHON / "python"), "-W", "ignore", "-c", code, page]))


def ask_node(page: str) -> dict[str, Any]:
    """Run the library of npm."""
    words = ["node", "--input-type=module", "-e", EXTRACTUS, f"{MODULES}/", page]
    found: dict[str, Any] = json.loads(run(words))
    return found


LIBRARIES: dict[str, Ask] = {
    "micawber": ask_python(MICAWBER),
    "pyoembed": ask_python(PYOEMBED),
    "oembed-extractor": ask_node,
}


def check_consumers(server: Server) -> list[str]:
    """Every consumer's answer, and the player that stands in the page made of it."""
    from playwright.sync_api import sync_playwright

    show = find_programme(server)
    findings = []
    switches = ["--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    switches += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=switches)
        for library, ask in LIBRARIES.items():
            try:
                answer = ask(show.page)
            except (subprocess.CalledProcessError, json.JSONDecodeError) as failure:
                findings.append(f"{library}: {failure} {getattr(failure, 'stderr', '')}")
                continue
            findings += [f"{library}: {fault}" for fault in _judge(answer, show)]
            with elsewhere(answer.get("html", "")) as address:
                findings += [f"{library}: {fault}" for fault in _play(browser, address)]
        with blogging(Path(name)) as (url, blog):
            path = publish(blog, show.page)
            findings += [f"WordPress: {fault}" for fault in _judge_post(fetch(url + path).text, show)]
            findings += [f"WordPress: {fault}" for fault in _play(browser, url + path)]
            html = run_php(blog, ["xml", _find_xml(show), show.page])
            findings += [f"WordPress, XML: {fault}" for fault in _judge_post(html, show)]
        browser.close()
    return findings


def _find_xml(show: Programme) -> str:
    """Where the page says that its description in XML is."""
    link = re.search(r'<link [^>]*type="text/xml\+oembed" href="([^"]*)"', fetch(show.page).text)
    return unescape(link[1]) if link else ""


def _judge(answer: dict[str, Any], show: Programme) -> Iterator[str]:
    wanted = {"type": "video", "version": "1.0", "title": show.title, "width": 480, "height": 270}
    for name, value in wanted.items():
        if str(answer.get(name)) != str(value):
            yield f"{name} is {answer.get(name)}, not {value}"
    if f'src="{show.embed}"' not in answer.get("html", ""):
        yield f"html is {answer.get('html')}"


def _judge_post(html: str, show: Programme) -> Iterator[str]:
    if f'src="{show.embed}' not in html:
        yield "no frame with the embed page stands in the post"
    if "sandbox=" not in html:
        yield "the frame is not sandboxed: this is not what WordPress does"


def _play(browser: Any, address: str) -> Iterator[str]:
    """The poster stands there, nothing plays; after the click it does."""
    page = browser.new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.goto(address)
    frame = page.frame_locator("iframe")
    button = frame.locator("fh-player button")
    button.wait_for()
    poster = frame.locator("video").evaluate(
        "async v => { const i = new Image(); i.src = v.poster; await i.decode(); return i.naturalWidth; }"
    )
    if not poster:
        yield "no poster"
    if any("/m/" in one or "/medien/" in one for one in heard):
        yield "it loads before the click"
    button.click()
    try:
        state = assert_plays(frame.locator("video"), past_s=2)
        if not state["source"].startswith("blob:"):
            yield "the plain file plays, not the engine"
    except AssertionError as fault:
        yield str(fault)
    page.close()
