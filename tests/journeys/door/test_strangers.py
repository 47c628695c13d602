"""Who is not known does not get far: no places, no disk, no error, on the real server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from funkhaus.accounts.rules import FREE_TRIES
from funkhaus.edge.application import THREADS
from tests.conftest import run_python
from tests.server import Server
from tests.session import Session, log_in, multipart

pytestmark = pytest.mark.server
EDGE = "an-edge"
FORM = f"multipart/form-data; boundary={EDGE}"
INVENTED = "fh_csrf=" + "a" * 32 + "; fh_session=" + "b" * 32
SLOW = 8  # as many as there are places for uploads
FLOOD_BYTES, STEP_BYTES = 150_000_000, 1_000_000


def write_head(house: Server, path: str, *more: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{house.port}",
        f"Cookie: {INVENTED}",
        f"Origin: {house.url}",
        f"X-CSRFToken: {'a' * 32}",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def write_file_head() -> bytes:
    disposition = 'form-data; name="file"; filename="film.mp4"'
    return f"--{EDGE}\r\nContent-Disposition: {disposition}\r\nContent-Type: video/mp4\r\n\r\n".encode()


@contextmanager
def connected(house: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        yield line


def read_status(line: socket.socket) -> int:
    """The status of the answer; 0 where the line was closed without one."""
    said = b""
    while b"\r\n" not in said and (piece := line.recv(4096)):
        said += piece
    return int(said.split(b" ", 2)[1]) if said.startswith(b"HTTP/") else 0


@pytest.fixture(scope="module")
def editor(house: Server) -> Session:
    return log_in(house)


def test_eight_slow_strangers_stop_no_editors_upload(house: Server, editor: Session) -> None:
    """They send 70 kB with cookies that they invented and then nothing: once they had every place for a minute."""
    with ExitStack() as stack:
        for _ in range(SLOW):
            line = stack.enter_context(connected(house))
            line.sendall(write_head(house, "/redaktion/images/add/", f"Content-Type: {FORM}", "Content-Length: 900000"))
            line.sendall(write_file_head().ljust(70_000, b"a"))
        path = "/redaktion/mediathek/hochladen/"
        fields = {"csrfmiddlewaretoken": editor.token()}
        body, kind = multipart("file", "liste.pdf", b"%PDF" + b"x" * 300_000, **fields)
        answer = editor.request(path, method="POST", body=body, headers={"Content-Type": kind}, seconds=8)
        assert answer.status == 415
        assert "weder Film noch Ton" in answer.text


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("path", ["/redaktion/images/add/", "/redaktion/mediathek/hochladen/", "/redaktion/login/"])
def test_a_hundred_and_fifty_megabytes_of_a_stranger_do_not_reach_the_disk(
    house: Server, path: str, is_chunked: bool
) -> None:
    before = measure(house.data)
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {FLOOD_BYTES}"
    sent, most = 0, 0
    with connected(house) as line:
        line.sendall(write_head(house, path, f"Content-Type: {FORM}", length))
        piece = write_file_head().ljust(STEP_BYTES, b"a")
        try:
            while sent < FLOOD_BYTES:
                line.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
                sent += len(piece)
                most = max(most, measure(house.data) - before)
        except OSError:
            pass  # the server has closed the line
    assert most < STEP_BYTES, "it was written to the disk"
    assert sent < FLOOD_BYTES / 3, "it was taken until its end"


def measure(folder: Path) -> int:
    """Bytes of the files in a data folder, of those that come and go meanwhile too."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


MAKE_PAPER = (
    "import django; django.setup();"
    "from django.core.files.base import ContentFile; from funkhaus.cms.models import Attachment;"
    "print(Attachment.objects.create(title='Papier', file=ContentFile(bytes(12_000_000), 'papier.pdf')).url)"
)


@pytest.mark.parametrize("accepts", ["identity", "gzip"])
def test_whoever_asks_and_does_not_read_stops_nobody(house: Server, accepts: str) -> None:
    """More than there are threads; each has begun to answer and waits for a reader that never comes."""
    address = run_python(house.data, MAKE_PAPER).strip()
    head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nAccept-Encoding: {accepts}\r\n\r\n".encode()
    with ExitStack() as stack:
        for _ in range(THREADS + 2):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(8)
            line.connect(("127.0.0.1", house.port))
            line.sendall(head)
            assert line.recv(12) == b"HTTP/1.1 200", "the answer has begun"
        assert house.get("/health/ready", seconds=8).status == 200
    whole = house.get(address)
    assert (len(whole.body), whole.headers["Content-Length"]) == (12_000_000, "12000000")


@pytest.mark.parametrize("path", ["/redaktion/login/", "/redaktion/images/add/", "/api/playback/abc", "/api/uploads/"])
@pytest.mark.parametrize("size", [b"-1", b"g", b"-ffffffffffffffff", b"ffffffffffffffffff", b""])
def test_a_damaged_chunk_is_the_clients_fault(house: Server, path: str, size: bytes) -> None:
    said_before = len(house.messages())  # other tests break something else in the same house
    with connected(house) as line:
        line.sendall(write_head(house, path, "Transfer-Encoding: chunked", f"Content-Type: {FORM}"))
        line.sendall(size + b"\r\nabc\r\n0\r\n\r\n")
        assert read_status(line) in {0, 400}
    assert "Traceback" not in house.messages()[said_before:]


@pytest.mark.parametrize("length", ["-1", "x", "1, 2", "99999999999999999999999999"])
def test_a_damaged_length_is_the_clients_fault(house: Server, length: str) -> None:
    with connected(house) as line:
        line.sendall(write_head(house, "/redaktion/login/", f"Content-Length: {length}", f"Content-Type: {FORM}"))
        with suppress(OSError):  # the server has closed the line
            line.sendall(b"x" * 20_000)
            line.shutdown(socket.SHUT_WR)
        assert read_status(line) in {0, 400, 413}


GUESS = """
import django; django.setup()
import time_machine; time_machine.travel("2026-11-20 12:00+00:00", tick=False).start()
from funkhaus.accounts.login_attempts import LoginTry, begin_try
print(sum(begin_try(attempt=LoginTry("niemand", "203.0.113.0/24")) is None for _ in range(10)))
"""


def test_passwords_tried_by_several_processes_at_once_are_counted_together(house: Server) -> None:
    with ThreadPoolExecutor(4) as pool:
        allowed = sum(int(said) for said in pool.map(lambda _: run_python(house.data, GUESS), range(4)))
    assert allowed == FREE_TRIES
