"""Hostile minutes: strangers and one careless editor do their worst at once, while another editor goes on saving.

All from loopback, so everything comes from one network, and every attack is bounded: what is proved is that the house
stays usable, not that a machine has endless power.
"""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import run_python
from tests.server import EDITOR, Server, fetch
from tests.session import Session, log_in, multipart

MOST_SAVE_S = 1.0
MOST_WEB_MB = 300.0
MOST_GROWTH_BYTES = 20_000_000  # the draft's own versions, the database's log; far below what one attack sends
SLOW_LINES, GUESSERS, CALM_SAVES = 24, 4, 15
FLOOD_BYTES_PER_S = 20_000_000
GONE = (OSError, http.client.HTTPException)
INVENTED = f"fh_csrf={'a' * 32}; fh_session={'b' * 32}"
MAKE_ARTICLE = (
    "import django; django.setup();"
    "from funkhaus.newsroom.tests.factories import make_article, make_section;"
    "print(make_article(make_section()).pk)"
)
DRAFT = {
    "kicker": "Am Hafen",
    "title": "Ein neuer Kran",
    "teaser": "Er ist grün.",
    "picture": "",
    "slug": "ein-neuer-kran",
    "seo_title": "",
    "search_description": "",
    "last_significant_update_at": "",
    "go_live_at": "",
    "expire_at": "",
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "heading",
    "body-0-value-level": "2",
    **{f"{form}-{name}_FORMS": "0" for form in ("programme_references", "comments") for name in ("TOTAL", "INITIAL")},
}


@dataclass
class HostileMinutes:
    """Runs the chosen attacks against a server and measures what an editor, the machine and the disk notice."""

    server: Server
    done: Counter[str] = field(default_factory=Counter)
    calm_s: list[float] = field(default_factory=list)
    saves_s: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    web_mb: float = 0.0
    growth_bytes: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, minutes: float, attacks: set[str]) -> list[str]:
        """Attack for some minutes; return every fault."""
        article = int(run_python(self.server.data, MAKE_ARTICLE))
        editor, careless = log_in(self.server), log_in(self.server)
        kinds: dict[str, list[Callable[[], None]]] = {
            "slow": [self._drip] * SLOW_LINES,
            "flood": [self._flood],
            "passwords": [self._guess] * GUESSERS,
            "pastes": [lambda: self._paste(careless, article)],
            "pictures": [lambda: self._send_picture(careless)],
        }
        for _save in range(CALM_SAVES + 1):
            self._save(editor, article)
        self.calm_s, self.saves_s = self.saves_s[1:], []  # the first one warms up
        before = measure_folder(self.server.data)
        threads = [
            threading.Thread(target=self._repeat, args=(kind, act), daemon=True)
            for kind in sorted(attacks)
            for act in kinds[kind]
        ]
        for thread in threads:
            thread.start()
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            self._save(editor, article)
            self.web_mb = max(self.web_mb, *(read_memory_mb(pid) for pid in self._list_web()))
            time.sleep(0.5)  # an editor who saves all the time
        self._stop.set()
        for thread in threads:
            thread.join(60)
        self.growth_bytes = measure_folder(self.server.data) - before
        return [*self.faults, *self._judge()]

    def tell(self) -> str:
        """Return the figures in one line."""
        return (
            f"{len(self.saves_s)} saves, {describe_times(self.saves_s)}; in peace {describe_times(self.calm_s)};"
            f" web process {self.web_mb:.0f} MB; disk {self.growth_bytes / 1e6:+.1f} MB; attacks: {dict(self.done)}"
        )

    def _judge(self) -> list[str]:
        found = []
        late = [one for one in self.saves_s if one > MOST_SAVE_S]
        if late:
            found.append(
                f"{len(late)} of {len(self.saves_s)} saves took longer than {MOST_SAVE_S} s: {max(late):.1f} s"
            )
        if self.web_mb > MOST_WEB_MB:
            found.append(f"the web process held {self.web_mb:.0f} MB")
        if self.growth_bytes > MOST_GROWTH_BYTES:
            found.append(f"the disk grew by {self.growth_bytes} bytes")
        left = [path.name for path in (self.server.data / "uploads").iterdir() if path.is_file()]
        return [*found, *(f"{name} was left in uploads" for name in left)]

    def _repeat(self, kind: str, act: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                act()
            except GONE:
                self.done[f"{kind}, turned away"] += 1
                self._stop.wait(0.2)
            else:
                self.done[kind] += 1

    def _save(self, editor: Session, article: int) -> None:
        fields = {**DRAFT, "body-0-value-text": f"Fassung {len(self.saves_s)}"}
        began = time.monotonic()
        try:
            answer = editor.post(f"/redaktion/pages/{article}/edit/", fields, seconds=30)
        except GONE as error:
            self.faults.append(f"a save was not answered: {error!r}")
            return
        self.saves_s.append(time.monotonic() - began)
        if answer.status != 302:
            self.faults.append(f"a save was answered with {answer.status}")

    def _list_web(self) -> list[int]:
        return [pid for pid, line in self.server.children().items() if "granian" in line or "multiprocessing" in line]

    def _drip(self) -> None:
        """70 kB with cookies that were invented, then ten bytes every five seconds, until the line is closed."""
        path = "/redaktion/images/add/"
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as line:
            line.sendall(self._head(path, "Content-Length: 9000000") + b"a" * 70_000)
            while not self._stop.wait(5):
                line.sendall(b"a" * 10)

    def _flood(self) -> None:
        """150 MB of a file that nobody asked for, as fast as one line of 160 Mbit/s."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as line:
            line.sendall(self._head("/redaktion/mediathek/hochladen/", "Content-Length: 150000000"))
            line.sendall(b'--e\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n')
            for _second_tenth in range(75):
                line.sendall(b"a" * (FLOOD_BYTES_PER_S // 10))
                if self._stop.wait(0.1):
                    return

    def _guess(self) -> None:
        """A wrong password for the editor's account, with a token that fits."""
        fields = {"username": EDITOR, "password": "geraten-und-falsch", "csrfmiddlewaretoken": "a" * 32}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"fh_csrf={'a' * 32}",
            "Origin": self.server.url,
        }
        body = urlencode(fields).encode()
        answer = fetch(self.server.url + "/redaktion/login/", method="POST", body=body, headers=headers, seconds=30)
        if answer.status == 302:
            self.faults.append("a wrong password was taken")
        self._stop.wait(0.05)

    def _paste(self, careless: Session, article: int) -> None:
        """A hundred tables in each other, and sixty thousand nested marks in turn."""
        is_even = self.done["pastes"] % 2 == 0
        text = "<table><tr><td>" * 100 + "x" + "</td></tr></table>" * 100 if is_even else "<b>" * 60_000 + "x"
        careless.post(f"/redaktion/meldungen/{article}/einfuegen/", {"text": text}, seconds=60)
        self._stop.wait(1)

    def _send_picture(self, careless: Session) -> None:
        """A picture of nine hundred megapixels, in less than a megabyte."""
        body, kind = multipart(
            "file", "riesig.png", make_blank_png(30_000), title="Riesig", csrfmiddlewaretoken=careless.token()
        )
        headers = {"Content-Type": kind}
        careless.request("/redaktion/images/add/", method="POST", body=body, headers=headers, seconds=60)
        self._stop.wait(1)

    def _head(self, path: str, *more: str) -> bytes:
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.server.port}",
            f"Cookie: {INVENTED}",
            "Content-Type: multipart/form-data; boundary=e",
            *more,
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def describe_times(times_s: list[float]) -> str:
    """Median and slowest of some times, for people."""
    ranked = sorted(times_s)
    return f"median {ranked[len(ranked) // 2]:.2f} s, slowest {ranked[-1]:.2f} s"


def make_blank_png(side: int) -> bytes:
    """Return a white one-bit PNG of `side` times `side` pixels, which is small on the wire and large when decoded."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def measure_folder(folder: Path) -> int:
    """Bytes of all files below a folder."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def read_memory_mb(pid: int) -> float:
    """Memory that a process holds, in megabytes (10^6); 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmRSS:")), 0.0)
