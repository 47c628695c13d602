"""When a file in a watched folder is whole: it has been still for a while and nobody holds it open for writing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STILL_S = 5.0
EMPTY_STILL_S = 60.0  # some programs make an empty file first and take their time


@dataclass(frozen=True)
class State:
    """What must not change."""

    size: int
    changed_ns: int


@dataclass
class Stillness:
    """Remembers since when each file has not changed, by a clock that nobody sets."""

    _seen: dict[Path, tuple[State, float]] = field(default_factory=dict)

    def look(self, path: Path, now_s: float) -> bool:
        """Look at a file at the monotonic time `now_s`; True when it has been still for long enough."""
        state = read_state(path)
        known = self._seen.get(path)
        if known is None or known[0] != state:
            self._seen[path] = (state, now_s)
            return False
        return now_s - known[1] >= (STILL_S if state.size else EMPTY_STILL_S)

    def state(self, path: Path) -> State:
        """How the file was when it was looked at last."""
        return self._seen[path][0]

    def forget_others(self, paths: Iterable[Path]) -> None:
        """Keep only what is known of `paths`."""
        kept = set(paths)
        self._seen = {path: seen for path, seen in self._seen.items() if path in kept}


def read_state(path: Path) -> State:
    """Size and time of the last change; a name that is moved elsewhere keeps both."""
    found = path.lstat()
    return State(found.st_size, found.st_mtime_ns)


def is_being_written(path: Path, proc: Path = Path("/proc")) -> bool:
    """True when a process of this machine, as far as we may look, holds the file open for writing (proc(5))."""
    target = path.stat()
    for descriptors in proc.glob("[0-9]*/fd"):
        with suppress(OSError):  # not ours to look at, or gone
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
        return False  # closed while we looked
    flags = next(line.split()[1] for line in text.splitlines() if line.startswith("flags:"))
    return int(flags, 8) & os.O_ACCMODE != os.O_RDONLY
