"""`python -m tests.audit`: nginx, Nu, axe and Lighthouse over the demo portal, one table; exit 1 on findings.

Names of checks (`nu axe`) run these alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.audit.behind_cache import check_behind_cache
from tests.audit.behind_nginx import check_behind_nginx
from tests.audit.crawl import list_public_pages
from tests.audit.lighthouse import check_with_lighthouse
from tests.browser.watch import DESK, NARROWEST
from tests.server import ROOT, Server, run_command, serving

DATA = ROOT / "var" / "audit" / "data"
MODULES = ROOT / "var" / "audit-tools" / "node_modules"
ERRORS = ("/gibt-es-nicht/", "/en/gibt-es-nicht/")
LIGHTHOUSE = MODULES / ".bin/lighthouse"
SWITCHES = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(names: list[str]) -> int:
    """Serve the demo, run the named checkers or all, print the table."""
    run_command(DATA, "setup", DEMO="1", seconds=300)
    with serving(DATA, DEMO="1") as server:
        server.wait_for_media()
        pages = list_public_pages(server)
        whole = pages | {path: server.get(path).text for path in ERRORS}
        print(f"audit: {len(whole)} pages")
        checks: dict[str, tuple[str, Callable[[], list[str]]]] = {
            "nginx": ("media gate, our own and behind nginx", lambda: check_behind_nginx(server)),
            "cache": ("a shared cache in front", lambda: check_behind_cache(server)),
            "nu": ("Nu HTML checker", lambda: check_with_nu(whole)),
            "axe": ("axe, 320 and 1440 px, light and dark", lambda: check_with_axe(server, list(whole))),
            "lighthouse": ("Lighthouse", lambda: check_with_lighthouse(LIGHTHOUSE, server, list(pages))),
        }
        results = {title: check() for name, (title, check) in checks.items() if not names or name in names}
    for title, findings in results.items():
        print(f"{title:<40} {'ok' if not findings else f'{len(findings)} findings'}")
        for finding in findings:
            print(f"    {finding}")
    return 1 if any(results.values()) else 0


def check_with_nu(pages: dict[str, str]) -> list[str]:
    """Errors and warnings of the Nu checker."""
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


def check_with_axe(server: Server, paths: list[str]) -> list[str]:
    """Violations on every page, in both widths and schemes."""
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
