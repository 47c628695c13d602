"""`make uploads`: large uploads by the reference clients, over a line that breaks five times, through a kill -9.

Prints one row a client; exit code 1 when a checksum differs or a client gives up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.conftest import make_editor
from tests.sending.reference_uploads import (
    Uploading,
    bad_line,
    find_original,
    hash_file,
    receiving,
    send_by_tus_js,
    send_by_tuspy,
    write_noise,
)
from tests.sending.relay import Break, Relay
from tests.server import run_command

SECONDS = 3600.0
Send = Callable[[Relay, Path, str], str]

CLIENTS: dict[str, Send] = {
    "tus-js-client": lambda relay, file, token: send_by_tus_js(
        relay, file, token, parallel=1, seconds=SECONDS, filename=file.name
    ),
    "tus-js-client, 4 parts": lambda relay, file, token: send_by_tus_js(
        relay, file, token, parallel=4, seconds=SECONDS, filename=file.name
    ),
    "tuspy": lambda relay, file, token: send_by_tuspy(
        relay, file, token, chunk=64_000_000, seconds=SECONDS, filename=file.name
    ),
}


def main() -> int:
    """Run all clients; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2000)
    size = parser.parse_args().megabytes * 1_000_000
    with tempfile.TemporaryDirectory(prefix="funkhaus-uploads-") as folder:
        file = write_noise(Path(folder) / "film.mp4", size)
        data = Path(folder) / "data"
        run_command(data, "setup", DEMO="0")
        make_editor(data)
        digest = hash_file(file)
        print(f"{size / 1e6:.0f} MB, sha256 {digest[:16]}…")
        with receiving(data) as (house, stack):
            results = [try_client(name, house, stack, file, digest) for name in CLIENTS]
    return 0 if all(results) else 1


def try_client(name: str, house: Uploading, stack: ExitStack, file: Path, digest: str) -> bool:
    """One client's upload; print its row and tell whether the file arrived unchanged."""
    size = file.stat().st_size
    ways = ["cut", "hang", "kill", "cut", "hang", "cut"]
    breaks: list[Break] = [(size * (number + 1) // (len(ways) + 1), way) for number, way in enumerate(ways)]
    started = time.monotonic()
    with bad_line(house, stack, breaks) as relay:
        told = house.ask(CLIENTS[name](relay, file, house.token))
    seconds = time.monotonic() - started
    original = find_original(house, told)
    is_same = hash_file(original) == digest and told["length_bytes"] == size
    rate = f"{size / 1e6 / seconds:.0f} MB/s"
    print(f"{name:24} {' '.join(relay.done)}  {relay.passed / size:.2f} × sent  {seconds:5.0f} s {rate}"
          f"  {'the same' if is_same else 'DIFFERENT'}", flush=True)  # fmt: skip
    original.unlink()
    if any((house.data / "uploads").rglob("data")):
        print(f"{name}: something stayed in the folder of uploads")
        return False
    return is_same


if __name__ == "__main__":
    sys.exit(main())
