"""Drives a browser by the commands of WebDriver (W3C): presses of mouse and keyboard that the page takes for real.

The two browsers differ only in how a command travels: `firefox.py` and `webkit.py` say how.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.server import wait_for

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Home": "\ue011"}
KEYS |= {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Shift": "\ue008"}
MIDDLE = """const one = document.querySelector(arguments[0]);
    if (!one) return null;
    one.scrollIntoView({block: 'nearest'});
    const {left, top, width, height} = one.getBoundingClientRect();
    const [x, y] = [left + width * arguments[1], top + height / 2];
    return width ? {x: Math.round(x), y: Math.round(y), hit: one.contains(document.elementFromPoint(x, y))} : null;"""
# What a page complains of is gathered in the page: these browsers tell it to nobody else.
HEAR = """window.complaints = [];
    addEventListener('error', ({message}) => message && complaints.push(message));
    addEventListener('unhandledrejection', ({reason}) => complaints.push(String(reason)));"""


class Driver:
    """One window of one browser. `send` carries a command with its parameters and returns the answer's value."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Any]) -> None:
        self.send = send

    def open(self, url: str) -> None:
        """Load a page, and hear from then on what it complains of."""
        self.send("Navigate", {"url": url})
        self.run(HEAR)

    def run(self, script: str, *words: Any) -> Any:
        """Run a function's body in the page, with `words` as its arguments; return what it returns."""
        return self.send("ExecuteScript", {"script": script, "args": list(words)})

    def resize(self, width: int, height: int) -> None:
        """Make the page's view so large, in CSS pixels, whatever frame the window has."""
        self.send("SetWindowRect", {"width": width, "height": height})
        frame = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]")
        self.send("SetWindowRect", {"width": width + frame[0], "height": height + frame[1]})

    def click(self, selector: str, share: float = 0.5) -> None:
        """Press the mouse on what lies in the middle of an element, or at a `share` of its width, once it is there.

        What lies above the element gets the press, as it would under a hand.
        """
        place = wait_for(lambda: self.run(MIDDLE, selector, share), f"{selector} to be seen", 20)
        move = {"type": "pointerMove", "duration": 0, "x": place["x"], "y": place["y"], "origin": "viewport"}
        press = [{"type": f"pointer{what}", "button": 0} for what in ("Down", "Up")]
        self._act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move, *press]})

    def press(self, key: str) -> None:
        """Press a key of the keyboard, by its name or its letter; `Shift+Tab` holds one while it presses the other."""
        held, _plus, last = key.rpartition("+")
        names = [KEYS.get(name, name) for name in (held, last) if name]
        acts = [{"type": "keyDown", "value": name} for name in names]
        acts += [{"type": "keyUp", "value": name} for name in reversed(names)]
        self._act({"type": "key", "id": "keyboard", "actions": acts})

    def wait_for(self, condition: str, what: str, seconds: float = 30) -> Any:
        """Wait until an expression is true in the page; return its value."""
        return wait_for(lambda: self.run(f"return {condition}"), what, seconds)

    def save_picture(self, file: Path) -> None:
        """Write what the window shows to a PNG file."""
        file.write_bytes(b64decode(self.send("TakeScreenshot", {"full": False})))

    def _act(self, source: dict[str, Any]) -> None:
        self.send("PerformActions", {"actions": [source]})
        self.send("ReleaseActions", {})
