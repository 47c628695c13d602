"""A crowd with a connection each, on a system that allows a program few open files until it asks for more.

The web server that we run asks for as many as it may have; this fails once another version does not.
"""

from __future__ import annotations

import http.client
from contextlib import ExitStack
from pathlib import Path

from tests.server import copy_data, serving

ALLOWED, MOST = 200, 4_096
READERS = 400


def test_more_readers_are_connected_than_a_program_may_have_files_at_first(blank: Path, tmp_path: Path) -> None:
    data = copy_data(blank, tmp_path / "data")
    few = ("prlimit", f"--nofile={ALLOWED}:{MOST}")
    with serving(data, words=("--no-worker",), prefix=few) as server, ExitStack() as stack:
        statuses = []
        for _number in range(READERS):
            line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            stack.callback(line.close)
            line.request("GET", "/")
            answer = line.getresponse()
            answer.read()
            statuses.append(answer.status)
        assert statuses == [200] * READERS
