"""A small HTTP/1.1 load generator: one connection, requests sent ahead in batches, answers counted by length."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What came over one connection."""

    answers: int
    body_bytes: int
    seconds: float


def pull(port: int, path: str, *, seconds: float, ahead: int = 16, headers: str = "") -> Load:
    """Ask for `path` again and again for some seconds; every answer must be 200 with a Content-Length."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
    answers = total = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        started = time.monotonic()
        buffer = bytearray(1 << 20)
        held = b""
        while time.monotonic() - started < seconds:
            line.sendall(request * ahead)
            for _answer in range(ahead):
                size, held = _read_head(line, held)
                held = _skip(line, held, size, buffer)
                answers, total = answers + 1, total + size
        return Load(answers, total, time.monotonic() - started)


def _read_head(line: socket.socket, held: bytes) -> tuple[int, bytes]:
    while (end := held.find(b"\r\n\r\n")) < 0:
        piece = line.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection")
        held += piece
    head = held[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise ValueError(f"answered {head.splitlines()[0]!r}")
    sizes = [one for one in head.split(b"\r\n") if one.startswith(b"content-length:")]
    return int(sizes[0].split(b":")[1]), held[end + 4 :]


def _skip(line: socket.socket, held: bytes, size: int, buffer: bytearray) -> bytes:
    if len(held) >= size:
        return held[size:]
    left = size - len(held)
    while left:
        count = line.recv_into(buffer, min(left, len(buffer)))
        if not count:
            raise ConnectionError("the server closed the connection")
        left -= count
    return b""


def cpu_seconds(pids: list[int]) -> float:
    """CPU time that these processes have used so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_mb(pid: int) -> float:
    """Memory that a process holds, in megabytes (10^6)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError("the process has no memory any more")
