"""WebKitGTK by its own driver: WebDriver's commands over HTTP, in a window of a screen that nobody sees."""

from __future__ import annotations

import http.client
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.other_engines.processes import running
from tests.browser.other_engines.webdriver import Driver
from tests.server import free_port, wait_for

SCREEN = "1600x1000x24"
# Method and path of the commands, below the session's (W3C WebDriver, section 6.3).
ROUTES = {
    "Navigate": ("POST", "url"),
    "Back": ("POST", "back"),
    "Refresh": ("POST", "refresh"),
    "ExecuteScript": ("POST", "execute/sync"),
    "SetWindowRect": ("POST", "window/rect"),
    "PerformActions": ("POST", "actions"),
    "ReleaseActions": ("DELETE", "actions"),
    "TakeScreenshot": ("GET", "screenshot"),
    "DeleteSession": ("DELETE", ""),
}


@contextmanager
def webkit(folder: Path) -> Iterator[Driver]:
    """A WebKitGTK with nothing stored, its files in `folder`."""
    browsers = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4.1/MiniBrowser"))
    program = shutil.which("WebKitWebDriver")
    assert browsers, "WebKitGTK's browser is missing (Debian: apt install webkit2gtk-driver)"
    assert program, "WebKitGTK's driver is missing (Debian: apt install webkit2gtk-driver)"
    port = free_port()
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    words = [program, f"--port={port}", "--host=127.0.0.1"]
    with screen(folder) as display:
        environment: dict[str, Any] = {
            "DISPLAY": display,
            "HOME": str(folder),
            "LANG": "de_DE.UTF-8",
            "GTK_A11Y": "none",
            **homes,
        }
        with running(words, folder / "webkit.log", **environment):
            remote = Remote(port)
            wait_for(remote.is_ready, "WebKitGTK's driver", 30)
            options = {"binary": str(browsers[0]), "args": ["--automation"]}
            wish = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
            remote.session = remote.ask("POST", "/session", {"capabilities": wish})["sessionId"]
            try:
                yield Driver(remote.send)
            finally:
                remote.send("DeleteSession", {})


class Remote:
    """The driver's address, and the session that it has opened."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.session = ""

    def send(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command of WebDriver and return the value of its answer."""
        method, path = ROUTES[command]
        return self.ask(method, f"/session/{self.session}/{path}".rstrip("/"), parameters)

    def is_ready(self) -> bool:
        """True when the driver listens."""
        try:
            return bool(self.ask("GET", "/status", {})["ready"])
        except OSError:
            return False

    def ask(self, method: str, path: str, parameters: dict[str, Any]) -> Any:
        """Return the answer's value. Raises `AssertionError` where the command fails."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, json.dumps(parameters) if method == "POST" else None)
            response = connection.getresponse()
            value = json.loads(response.read())["value"]
            assert response.status == 200, f"{path}: {value}"
            return value
        finally:
            connection.close()


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """A screen in memory; yields its name for `DISPLAY`."""
    program = shutil.which("Xvfb")
    assert program, "Xvfb is missing (Debian: apt install xvfb)"
    reading, writing = os.pipe()
    words = [program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with os.fdopen(reading) as pipe, running(words, folder / "screen.log", keep=writing):
        os.close(writing)  # else the end of a screen that cannot start would never be read
        number = pipe.readline().strip()  # written when the screen is there
        assert number, "Xvfb has ended"
        yield f":{number}"
