"""Detection of complete files: they were unchanged for a while, and no process has them open for writing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STILL_S = 5.0  # longer than a copy over the network usually pauses
EMPTY_STILL_S = 60.0  # some programs create an empty file well before they write to it


@dataclass(frozen=True)
class State:
    """The size in bytes and the modification time in nanoseconds, which must not change."""

    size: int
    changed_ns: int


@dataclass
class Stillness:
    """Records since when each file is unchanged, by the monotonic clock."""

    _seen: dict[str, tuple[State, float]] = field(default_factory=dict)

    def look(self, name: str, state: State, now_s: float) -> bool:
        """Record a file's state at the monotonic time `now_s`; return True if it is unchanged for long enough."""
        known = self._seen.get(name)
        if known is None or known[0] != state:
            self._seen[name] = (state, now_s)
            return False
        return now_s - known[1] >= (STILL_S if state.size else EMPTY_STILL_S)

    def state(self, name: str) -> State:
        """Return the last recorded state of a file. Raises `KeyError`."""
        return self._seen[name][0]

    def forget_others(self, names: Iterable[str]) -> None:
        """Delete the records of all files but `names`."""
        kept = set(names)
        self._seen = {name: seen for name, seen in self._seen.items() if name in kept}


def read_state(found: os.stat_result) -> State:
    """Return size and modification time, which both survive a rename."""
    return State(found.st_size, found.st_mtime_ns)


def is_being_written(target: os.stat_result, proc: Path = Path("/proc")) -> bool:
    """Return True if a visible process of this machine has this file open for writing (proc(5))."""
    for descriptors in proc.glob("[0-9]*/fd"):
        with suppress(OSError):  # no permission, or the process has ended
            for descriptor in descriptors.iterdir():
                if _writes(descriptor, target):
                    return True
    return False


def _writes(descriptor: Path, target: os.stat_result) -> bool:
    try:
        found = descriptor.stat()
        if (found.st_dev, found.st_ino) != (target.st_dev, target.st_ino):
            return False
        text = descriptor.parent.with_name("fdinfo").joinpath(descriptor.name).read_text(encoding="ascii")
    except OSError:
        return False  # closed meanwhile
    flags = next(line.split()[1] for line in text.splitlines() if line.startswith("flags:"))
    return int(flags, 8) & os.O_ACCMODE != os.O_RDONLY
