"""`funkhaus serve` knows when the web server is up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from funkhaus.edge.management.commands.serve import answers


class Refusing(BaseHTTPRequestHandler):
    """Answers 400, as the portal does for a host name that it does not serve."""

    def do_GET(self) -> None:
        self.send_error(400)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_server_that_refuses_the_listening_address_by_name_is_up_all_the_same(address: str) -> None:
    assert answers(address)


def test_nobody_listening_is_not_up() -> None:
    assert not answers("http://127.0.0.1:9")
