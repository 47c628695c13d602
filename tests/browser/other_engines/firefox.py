"""Firefox by Marionette, its own remote protocol: WebDriver's commands over a TCP connection, without a driver between.

Each message is its length, a colon, and a JSON array (Firefox source docs, «Marionette protocol»).
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.other_engines.processes import running
from tests.browser.other_engines.webdriver import Driver
from tests.server import wait_for

# No preference changes how a page plays; they keep the browser from calling home and from asking its user.
PREFERENCES: dict[str, str | int | bool] = {
    "marionette.port": 0,  # a free one, which the browser writes into its profile
    "intl.accept_languages": "de",
    "network.proxy.type": 1,  # by hand: loopback goes past it, and everything else ends at a closed port
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


@contextmanager
def firefox(folder: Path) -> Iterator[Driver]:
    """A Firefox with an empty profile in `folder`, without a window on any screen."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox is missing (Debian: apt install firefox-esr)"
    profile = folder / "profile"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines))
    words = [program, "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
    with (
        running(words, folder / "firefox.log", HOME=str(folder)) as process,
        _connect(profile / "MarionetteActivePort", process) as connection,
    ):
        marionette = Marionette(connection)
        marionette.send("NewSession", {"capabilities": {"alwaysMatch": {}}})
        yield Driver(marionette.send)


class Marionette:
    """A connection to a browser, and the number of the last command."""

    def __init__(self, connection: socket.socket) -> None:
        self.stream = connection.makefile("rwb")
        self.number = 0
        self._receive()  # who it is

    def send(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command of WebDriver and return the value of its answer. Raises `AssertionError` where it fails."""
        self.number += 1
        body = json.dumps([0, self.number, f"WebDriver:{command}", parameters]).encode()
        self.stream.write(b"%d:%s" % (len(body), body))
        self.stream.flush()
        _kind, number, error, result = self._receive()
        assert number == self.number
        assert error is None, f"{command}: {error}"
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _receive(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            byte = self.stream.read(1)
            assert byte, "Firefox has ended the connection"
            length += byte
        return json.loads(self.stream.read(int(length[:-1])))


def _connect(port_file: Path, process: subprocess.Popen[bytes]) -> socket.socket:
    def read_port() -> int:
        assert process.poll() is None, "Firefox has ended"
        return int(port_file.read_text() or 0) if port_file.exists() else 0

    return socket.create_connection(("127.0.0.1", wait_for(read_port, "Firefox to listen", 60)), timeout=60)
