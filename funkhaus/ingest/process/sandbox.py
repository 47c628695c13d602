"""Build the command that runs a program on strangers' files behind `sandbox_exec.py`; tell what is in force here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from funkhaus.ingest.process.niceness import get_pace

LIMITED = Path(__file__).with_name("sandbox_exec.py")
PACKAGE = Path(__file__).parents[2]
TRIAL_S = 30
_IN_FILTER = re.compile(r":file=(/[^:,;\[\]']+)")


@dataclass(frozen=True)
class Wall:
    """One wall around the programs: `why` says what the machine answered where it could not be put up."""

    name: str
    is_up: bool
    why: str = ""

    @property
    def meaning(self) -> str:
        """What it is good for."""
        return {
            "network": "ffmpeg has no network (a network namespace of its own)",
            "files": "ffmpeg reads its source and writes its result, no other file (Landlock)",
            "calls": "ffmpeg opens no sockets and no gates to the kernel (seccomp)",
        }[self.name]


def limit_command(
    program: Sequence[str],
    *,
    cpu_s: float,
    memory: int,
    file_size: int,
    reads: Sequence[Path | str] | None = None,
    writes: Sequence[Path | str] | None = None,
) -> list[str]:
    """Put limits and walls in front of a command.

    `reads` and `writes` are the paths that it may use; left out, they are taken from its words: see `find_paths`.
    """
    found_reads, found_writes = find_paths(program)
    words = [
        *(f"cpu={int(cpu_s)}", f"memory={memory}", f"file={file_size}"),
        *(f"read={path}" for path in (found_reads if reads is None else reads)),
        *(f"write={path}" for path in (found_writes if writes is None else writes)),
        *(f"skip={wall.name}" for wall in list_walls(program[0]) if not wall.is_up),
    ]
    return _wrap(words, program)


def _wrap(words: Sequence[str], program: Sequence[str]) -> list[str]:
    pace = get_pace()
    common = [f"parent={os.getpid()}", f"nice={pace.nice}", f"gentle={int(pace.is_gentle)}"]
    common += [f"execute={path}" for path in {program[0], os.path.realpath(program[0])}]
    if program[0] == sys.executable:
        # Our own programs import our own modules: the code is read, the names beside it are seen, no file there is.
        common += [f"read={folder}" for folder in (sys.prefix, sys.base_prefix, PACKAGE)]
        common += [f"list={PACKAGE.parent}"]
    else:
        folder = Path(program[0]).resolve().parent  # a program that brings its libraries has them near
        common += [f"read={folder}", f"read={folder.parent / 'lib'}"]
    return [sys.executable, "-I", "-S", str(LIMITED), *common, *words, "--", *program]


def find_paths(program: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paths that a command reads, and the folders that it writes into.

    Our own programs only read what they are given. For ffmpeg, what follows `-i` is read, and every other path is
    written, with files of other names beside it; so is what a filter prints into.
    """
    words = list(program[1:])
    paths = [place for place, word in enumerate(words) if word.startswith("/")]
    if program[0] == sys.executable:
        return [words[place] for place in paths], []
    inputs = [words[place] for place in paths if place and words[place - 1] == "-i"]
    outputs = {str(Path(words[place]).parent) for place in paths if words[place - 1] != "-i"}
    outputs |= {str(Path(path).parent) for word in words for path in _IN_FILTER.findall(word)}
    return inputs, sorted(outputs)


@cache
def list_walls(program: str) -> tuple[Wall, ...]:
    """Try once what this machine allows, by running the program for its version behind all walls.

    Where the program does not start behind one wall, that one is left out for it: an ffmpeg with libraries in unusual
    places must go on working.
    """
    walls = _try(program, [])
    if walls is None:
        walls = _try(program, ["skip=files"]) or ()
        walls = (*walls, Wall("files", is_up=False, why=f"{Path(program).name} does not start behind it"))
    return walls


def _try(program: str, words: Sequence[str]) -> tuple[Wall, ...] | None:
    limits = ["cpu=5", "memory=4000000000", "file=0", "report=1"]
    version = "--version" if program == sys.executable else "-version"
    try:
        done = subprocess.run(
            _wrap([*limits, *words], [program, version]),
            capture_output=True,
            timeout=TRIAL_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    lines = [line.partition(" ") for line in done.stdout.decode(errors="replace").splitlines()]
    return tuple(
        Wall(name, is_up=state == "up", why="" if state == "up" else state)
        for name, _space, state in lines
        if name in {"network", "files", "calls"}
    )
