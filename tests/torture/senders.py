"""An editor who uploads without pause, by form and by tus, and remembers everything that the server acknowledged."""

from __future__ import annotations

import base64
import http.client
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.sending.uploads import FILES, UPLOAD
from tests.server import Answer, Server, fetch
from tests.session import Session, log_in

PIECE = 60_000
FEWEST = 2  # without any upload nothing would be proved
GONE = (OSError, http.client.HTTPException, AssertionError)  # the server was killed, or is not up again


@dataclass
class Sender:
    """Runs in a thread until stopped, and until something was acknowledged: `assets` must be there at the end."""

    server: Server
    clips: Sequence[bytes]
    assets: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    broken: int = 0
    most: int = 40
    pause_s: float = 0.5
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> threading.Thread:
        """Begin."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Finish what was begun, then end."""
        self._stop.set()

    def _run(self) -> None:
        count = 0
        while len(self.assets) < self.most and not (self._stop.wait(self.pause_s) and len(self.assets) >= FEWEST):
            clip = self.clips[count % len(self.clips)]
            send = self._send_form if count % 2 else self._send_tus
            send(clip, f"clip-{count}.mp4")
            count += 1

    def _send_form(self, clip: bytes, name: str) -> None:
        """One post: what breaks off was not acknowledged."""
        try:
            answer = log_in(self.server).post_file(UPLOAD, "file", name, clip, rating="0")
        except GONE:
            self.broken += 1
            return
        found = re.fullmatch(rf"{FILES}(\d+)/", answer.headers.get("Location", ""))
        if answer.status == 302 and found:
            self.assets.append(int(found[1]))
        elif answer.status not in {503, 507}:  # busy, or no room: said, and nothing stored
            self.faults.append(f"the form answered {answer.status}")

    def _send_tus(self, clip: bytes, name: str) -> None:
        """Piece by piece, however often it breaks: once an address was given, the upload must end."""
        facts = f"filename {_encode(name)},rating {_encode('0')}"
        try:
            session = log_in(self.server)
            made = self._ask(
                session, "POST", "/api/uploads/", b"", **{"Upload-Length": str(len(clip)), "Upload-Metadata": facts}
            )
        except GONE:
            self.broken += 1
            return
        if made.status != 201:
            if made.status not in {503, 507}:
                self.faults.append(f"tus creation answered {made.status}: {made.text[:100]}")
            return
        path = (
            "/" + made.headers["Location"].split("/", 3)[3]
            if "://" in made.headers["Location"]
            else made.headers["Location"]
        )
        end = time.monotonic() + 240
        while time.monotonic() < end:
            try:
                if self._go_on(path, clip):
                    return
            except GONE:
                self.broken += 1
            time.sleep(0.2)
        self.faults.append(f"tus upload {path} never ended")

    def _go_on(self, path: str, clip: bytes) -> bool:
        """Ask how far it is and send the rest; True once the server has told what it became."""
        session = log_in(self.server)
        head = self._ask(session, "HEAD", path)
        if head.status in {404, 410}:
            self.faults.append(f"tus upload {path} is lost ({head.status})")
            return True
        if head.status != 200:
            return False
        offset = int(head.headers["Upload-Offset"])
        while offset < len(clip):
            piece = clip[offset : offset + PIECE]
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            answer = self._ask(session, "PATCH", path, piece, **headers)
            if answer.status != 204:
                return False
            offset = int(answer.headers["Upload-Offset"])
        stand = self._ask(session, "GET", path, Accept="application/json")
        told = stand.json() if stand.status == 200 else {}
        found = re.search(rf"{FILES}(\d+)/", str(told))
        if found:
            self.assets.append(int(found[1]))
        elif told.get("error"):
            self.faults.append(f"tus upload {path}: {told['error']}")
            return True
        return bool(found)

    def _ask(self, session: Session, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        sent = {"Cookie": session.cookie_header(), "Origin": self.server.url, "Sec-Fetch-Site": "same-origin"}
        sent |= {"Tus-Resumable": "1.0.0", **headers}
        return fetch(self.server.url + path, method=method, body=body, headers=sent, seconds=30)


def _encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
