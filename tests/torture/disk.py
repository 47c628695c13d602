"""A server on a disk of a size that changes, which is full at random moments."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.test_full_disk import MOVE_IN, ROOMY_BYTES, WAYS, Disk
from tests.server import ROOT, serving
from tests.torture.rounds import INSPECTION, Torture

Way = tuple[list[str], list[str]]


@dataclass
class DiskTorture(Torture):
    """As the other, with room taken away instead of processes."""

    def choke(self) -> None:
        """Leave a little room or none for a few seconds, then make room again."""
        disk = self.server
        assert isinstance(disk, Disk)
        left = self.chance.choice([100_000, 900_000, 5_000_000, 150_000_000])
        try:
            disk.fill(left)
        except subprocess.CalledProcessError:  # files came or went between measuring and resizing
            self.blows["missed"] += 1
            return
        self.blows[f"{left // 1000} kB left"] += 1
        time.sleep(self.chance.uniform(0.3, 4.0))
        disk.resize(ROOMY_BYTES)

    def inspect(self) -> tuple[list[str], list[str]]:
        """What the sweeper removes and what is wrong, asked where the server's disk can be seen."""
        disk = self.server
        assert isinstance(disk, Disk)
        settings = [f"FUNKHAUS_DATA={disk.mount_point}", "DJANGO_SETTINGS_MODULE=funkhaus.config.settings"]
        said = disk.inside("env", f"--chdir={ROOT}", f"PYTHONPATH={ROOT}", *settings, *INSPECTION)
        found = json.loads(said)
        by_hand = [f"{self.retries} jobs did not go on by themselves"] if self.retries else []
        return found["swept"], found["faults"] + by_hand


def find_way(folder: Path) -> Way | None:
    """How this user may mount: as root, or in a namespace; None for not at all."""
    for start, way_in in WAYS:
        command = ["unshare", *start, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return start, way_in
    return None


@contextmanager
def on_small_disk(folder: Path, way: Way, seed: int) -> Iterator[DiskTorture]:
    """A server whose data folder, a copy of `folder/blank`, is a file system of its own."""
    data = folder / "disk"
    data.mkdir()
    start, way_in = way
    prefix = ["unshare", *start, "sh", "-c", MOVE_IN, "sh", str(ROOMY_BYTES), str(data), str(folder / "blank")]
    with serving(data, prefix=prefix, WORKERS="2") as server:
        seen = Path(f"/proc/{server.process.pid}/root{data}")
        disk = Disk(seen, server.port, server.process, server.log, way_in=way_in, mount_point=data)
        yield DiskTorture(disk, seed)
