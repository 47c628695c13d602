"""`make torture`: kill -9 at fifty random moments over web, workers and encoders, and a full disk at fifty others.

Files are uploaded all the time, by form and by tus. Afterwards: every acknowledged upload is there and ready, no job
waits for ever, no file is without its row, the database is whole. Exit code 0 only when all of it holds. The seed is
printed; `--seed` plays the same choices again.

Then hostile minutes: slow bodies, floods, wrong passwords, nested pastes and huge pictures at once, while an editor
saves.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import make_editor
from tests.server import copy_data, run_command, serving
from tests.torture.disk import find_way, on_small_disk
from tests.torture.hostile import HostileMinutes
from tests.torture.rounds import inspect, make_clips, under_kills

GAP_S = 1.5
ATTACKS = ("slow", "flood", "passwords", "pastes", "pictures")


def main() -> int:
    """Run and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blows", type=int, default=50, help="of each kind")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=["kills", "disk", "hostile"])
    parser.add_argument("--minutes", type=float, default=10, help="of hostility")
    parser.add_argument("--attacks", default=",".join(ATTACKS), help="kinds of hostility, with commas")
    options = parser.parse_args()
    print(f"torture: seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_command(folder / "blank", "setup", DEMO="0")
        make_editor(folder / "blank")
        clips = [] if options.only == "hostile" else make_clips(folder / "clips", small=False)
        rounds: dict[str, Callable[[], list[str]]] = {
            "kills": lambda: torture_by_kills(folder / "blank", clips, options.seed, options.blows),
            "disk": lambda: torture_by_disk(folder, clips, options.seed, options.blows),
            "hostile": lambda: endure(folder / "blank", options.minutes, set(options.attacks.split(","))),
        }
        faults = [fault for kind, run in rounds.items() if options.only in {None, kind} for fault in run()]
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"torture: {len(faults)} faults, seed {options.seed}")
    return 1 if faults else 0


def torture_by_kills(data: Path, clips: list[bytes], seed: int, blows: int) -> list[str]:
    """kill -9 of web, workers and encoders."""
    print(f"kill -9 at {blows} random moments …", flush=True)
    with under_kills(data, seed) as torture:
        faults = torture.run(clips, torture.kill, blows=blows, gap_s=GAP_S)
        return conclude(faults, *inspect(torture.server.data))


def torture_by_disk(folder: Path, clips: list[bytes], seed: int, blows: int) -> list[str]:
    """A disk that is full, and is not, and is."""
    way = find_way(folder)
    if way is None:
        print("nobody may mount here: the full disk is not tried")
        return ["the full disk was not tried"]
    print(f"disk full at {blows} random moments …", flush=True)
    with on_small_disk(folder, way, seed) as torture:
        faults = torture.run(clips, torture.choke, blows=blows, gap_s=GAP_S)
        return conclude(faults, *torture.inspect())


def endure(blank: Path, minutes: float, attacks: set[str]) -> list[str]:
    """Hostile minutes on a server of its own."""
    print(f"{minutes:g} hostile minutes: {', '.join(sorted(attacks))} …", flush=True)
    with serving(copy_data(blank, blank.parent / "hostile" / "data")) as server:
        hostile = HostileMinutes(server)
        faults = hostile.run(minutes, attacks)
    print(f"  {hostile.tell()}", flush=True)
    return faults


def conclude(faults: list[str], swept: list[str], left: list[str]) -> list[str]:
    """Tell what happened."""
    print(f"  {len(swept)} files of dead processes swept, {len(faults + left)} faults", flush=True)
    return faults + left


if __name__ == "__main__":
    sys.exit(main())
