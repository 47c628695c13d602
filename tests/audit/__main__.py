"""`python -m tests.audit`: outside checkers and players over the demo portal, one table; exit 1 on findings.

With words, such as `python -m tests.audit players wordpress`, only the checks whose names have one of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.audit.bare import check_engines
from tests.audit.behind_cache import check_behind_cache, check_fronts
from tests.audit.behind_nginx import check_behind_nginx
from tests.audit.consumers import check_consumers
from tests.audit.crawl import list_public_pages
from tests.audit.extraction import check_extraction
from tests.audit.lighthouse import check_with_lighthouse, choose_shapes
from tests.audit.players import check_players
from tests.audit.playlists import check_playlists
from tests.audit.structured import check_structured_data
from tests.audit.taken_down import check_taken_down
from tests.browser.player.watch import DESK, NARROWEST
from tests.conftest import run_python
from tests.server import ROOT, Server, run_command, serving

DATA = ROOT / "var" / "audit" / "data"
MODULES = ROOT / "var" / "audit-tools" / "node_modules"
NOINDEX = '<meta name="robots" content="noindex'
ERRORS = ("/gibt-es-nicht/", "/en/gibt-es-nicht/")
SWITCHES = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(words: Sequence[str] = ()) -> int:
    """Serve the demo, run every checker, print the table."""
    run_command(DATA, "setup", DEMO="1", seconds=300)
    results: dict[str, list[str]] = {}
    with serving(DATA, DEMO="1") as server:
        server.wait_for_media()
        for name, check in CHECKS.items():
            if not words or any(word.lower() in name.lower() for word in words):
                results[name] = check(server)
    for name, findings in results.items():
        print(f"{name:<45} {'ok' if not findings else f'{len(findings)} findings'}")
        for finding in findings:
            print(f"    {finding}")
    return 1 if any(results.values()) else 0


@cache
def list_pages(server: Server) -> dict[str, str]:
    """Every public page and those of errors, asked for once."""
    pages = list_public_pages(server) | {path: server.get(path).text for path in ERRORS}
    print(f"audit: {len(pages)} pages")
    return pages


def check_with_nu(server: Server) -> list[str]:
    """Errors and warnings of the Nu checker."""
    pages = list_pages(server)
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (path, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html, encoding="utf-8")
            names[file.name] = path
        command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--exit-zero-always", folder]
        result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    messages = json.loads(result.stderr or result.stdout)["messages"]
    return [
        f"{names.get(Path(one.get('url', '')).name, '?')}:{one.get('lastLine', 0)} {one['type']}: {one['message']}"
        for one in messages
        if one["type"] != "info" or one.get("subType") == "warning"
    ]


def check_with_axe(server: Server) -> list[str]:
    """Violations on every page, in both widths and schemes."""
    paths = list(list_pages(server))
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    findings = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES + root)
        for size in (NARROWEST, DESK):
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
                page = context.new_page()
                for path in paths:
                    found = run_axe(page, server.url + path)
                    findings += [f"{path} {size['width']} {scheme}: {one}" for one in found]
                context.close()
        browser.close()
    return findings


def run_axe(page: Any, url: str) -> list[str]:
    """Every rule of axe on one page."""
    page.goto(url, wait_until="load")
    page.add_script_tag(path=str(MODULES / "axe-core/axe.min.js"))
    found = page.evaluate("() => axe.run()")
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def check_extractors(server: Server) -> list[str]:
    """Words of every page type of the newsroom, and messages that leaked."""
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES + root)
        found = check_extraction(server, read_facts(), browser)
        browser.close()
    return found


def check_structured(server: Server) -> list[str]:
    """Structured data of every page."""
    pages = {path: html for path, html in list_pages(server).items() if path not in ERRORS}
    return check_structured_data(server, pages, MODULES)


def check_lighthouse(server: Server) -> list[str]:
    """One page of each shape; those that matter most as the median of five."""
    pages = list_pages(server)
    paths = [path for path in pages if path not in ERRORS]
    hidden = {path for path in paths if NOINDEX in pages[path]}
    judged = [read_facts()["pages"][name] for name in ("article", "liveblog", "home", "show", "video rated 0", "kids")]
    return check_with_lighthouse(server, MODULES / ".bin/lighthouse", choose_shapes(paths), judged, hidden)


@cache
def read_facts() -> dict[str, Any]:
    """What the portal holds."""
    found: dict[str, Any] = json.loads(run_python(DATA, "from tests.facts import main; main()"))
    return found


CHECKS: dict[str, Callable[[Server], list[str]]] = {
    "media gate, our own and behind nginx": check_behind_nginx,
    "a take-down, our own and behind nginx": check_taken_down,
    "a shared cache in front": check_behind_cache,
    "nginx and Varnish in front keep pages": check_fronts,
    "playlists: hls-parser, and our own checker": check_playlists,
    "players: yt-dlp, ffprobe, mpv, GStreamer": check_players,
    "engines: hls.js, Shaka Player": check_engines,
    "embeds: WordPress and oEmbed libraries": check_consumers,
    "Nu HTML checker": check_with_nu,
    "axe, 320 and 1440 px, light and dark": check_with_axe,
    "structured data, by our rules and a validator": check_structured,
    "eleven extractors": check_extractors,
    "Lighthouse": check_lighthouse,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
