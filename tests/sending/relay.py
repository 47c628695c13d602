"""A bad line: a relay on loopback that breaks after given numbers of bytes, each time in the way that is asked for."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

CHUNK = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with a reset instead of a farewell

Break = tuple[int, str]


@dataclass
class Relay:
    """Passes connections on to `port`. `breaks`: after how many bytes from the clients, in all, what happens.

    «cut» resets both sides. «hang» resets the client's side and leaves the server's open without a word, as a closed
    laptop does. Any other word is a key of `acts`, called while the bytes wait.
    """

    port: int
    breaks: Sequence[Break]
    acts: dict[str, Callable[[], None]] = field(default_factory=dict)
    passed: int = 0
    done: list[str] = field(default_factory=list)
    hanging: list[socket.socket] = field(default_factory=list)
    listener: socket.socket = field(default_factory=socket.socket)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def accept(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.port), timeout=10)
            except OSError:
                _reset(client)  # the server is away: the client has to come again
                continue
            server.settimeout(None)
            for source, target, counts in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._pass, args=(source, target), kwargs={"counts": counts}, daemon=True
                ).start()

    def _pass(self, source: socket.socket, target: socket.socket, *, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                event = self._count(len(chunk)) if counts else ""
                if event == "hang":
                    self.hanging.append(target)
                    _reset(source)
                    return
                if event in self.acts:
                    self.acts[event]()
                elif event:
                    break
                target.sendall(chunk)
        if source not in self.hanging:
            _reset(source)
            _reset(target)

    def _count(self, size: int) -> str:
        with self._guard:
            self.passed += size
            if len(self.done) < len(self.breaks) and self.passed >= self.breaks[len(self.done)][0]:
                self.done.append(self.breaks[len(self.done)][1])
                return self.done[-1]
        return ""


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads it
    end.close()


@contextmanager
def relaying(port: int, breaks: Sequence[Break], **acts: Callable[[], None]) -> Iterator[Relay]:
    """Relay to `port` until the block ends."""
    relay = Relay(port, breaks, acts)
    relay.listener.bind(("127.0.0.1", 0))
    relay.listener.listen(64)
    thread = threading.Thread(target=relay.accept, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        relay.listener.shutdown(socket.SHUT_RDWR)
        relay.listener.close()
        thread.join(5)
        for end in relay.hanging:
            _reset(end)
