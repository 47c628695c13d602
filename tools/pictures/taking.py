"""Taking the pictures: Chromium's screenshots, made small."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.server import EDITOR, PASSWORD, Server

# Width of the window, and of the picture: what matters is seen, and the repository stays small.
SIZES = {360: 360, 768: 576, 1440: 864}
SCHEMES = ("light", "dark")
TALLEST = 2.4  # of a page's width on a desk; a phone shows more, because it has less beside each other
QUALITY = 40
SWITCHES = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"]


@dataclass(frozen=True)
class Shot:
    """A page to take. `act`: «play» presses play first, «edit» needs an editor; `html`: the page itself."""

    name: str
    title: str
    path: str
    act: str = ""
    html: str = ""

    def file(self, width: int, scheme: str) -> str:
        """The picture's file name."""
        return f"{self.name}-{width}-{scheme}.webp"


def take_all(server: Server, shots: list[Shot], folder: Path) -> list[str]:
    """Take every page in every width and scheme into `folder`; return what went wrong."""
    from playwright.sync_api import Error, sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES + root)
        for scheme in SCHEMES:
            for width in SIZES:
                size = {"width": width, "height": 740 if width < 600 else 900}
                context = browser.new_context(
                    viewport=size, color_scheme=scheme, locale="de-DE", reduced_motion="reduce"
                )
                page = context.new_page()
                for shot in sorted(shots, key=lambda one: one.act == "edit"):
                    try:
                        _go(page, server, shot)
                        _keep(page, folder / shot.file(width, scheme), width)
                    except Error as error:
                        faults.append(f"{shot.name} {width} {scheme}: {str(error)[:200]}")
                context.close()
        browser.close()
    return faults


def _go(page: Any, server: Server, shot: Shot) -> None:
    address = server.url + shot.path
    if shot.html:
        page.route(address, lambda route: route.fulfill(body=shot.html, content_type="text/html"))
    page.goto(address, wait_until="load")
    if "/redaktion/login/" in page.url and shot.act == "edit":
        page.fill("[name=username]", EDITOR)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(address)
    if shot.act == "play":
        page.locator(".fh-player-play").first.click()
        page.locator(":is(.fh-bar, .fh-player-notice):visible").first.wait_for()
        page.wait_for_timeout(2500)
    _show_pictures(page)


def _show_pictures(page: Any) -> None:
    """Let everything load that waits until it is scrolled to."""
    page.evaluate(
        """async () => {
            for (const image of document.images) image.loading = "eager";
            await Promise.all([...document.images].map((image) => image.decode().catch(() => 0)));
            scrollTo(0, 0);
        }"""
    )
    page.wait_for_timeout(150)


def _keep(page: Any, file: Path, width: int) -> None:
    whole = page.evaluate("() => document.documentElement.scrollHeight")
    height = min(whole, int(width * (6 if width < 600 else TALLEST)))
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    taken = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip)))
    wanted = SIZES[width]
    taken.convert("RGB").resize((wanted, round(height * wanted / width)), Image.Resampling.LANCZOS).save(
        file, "WEBP", quality=QUALITY, method=6
    )
