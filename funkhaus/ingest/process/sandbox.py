"""Sandbox: builds the command that runs a program on untrusted files by way of `sandbox_exec.py`.

It also reports which isolation layers («walls») this machine allows.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from funkhaus.ingest.process.job_pace import get_pace

LIMITED = Path(__file__).with_name("sandbox_exec.py")
PACKAGE = Path(__file__).parents[2]
TRIAL_S = 30  # a program that does not tell its version in so long does not start in the sandbox
_IN_FILTER = re.compile(r":file=(/[^:,;\[\]']+)")  # a path in a filter graph: up to the next of its separators


@dataclass(frozen=True)
class Wall:
    """One isolation layer of the sandbox; `why` holds the kernel's answer where it is not available."""

    name: str
    is_up: bool
    why: str = ""

    @property
    def meaning(self) -> str:
        """Return what the layer guarantees while it is up."""
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
    """Return the command with resource limits and sandbox in front of it.

    `cpu_s`: seconds of CPU time; `memory` and `file_size`: bytes. `reads` and `writes` are the paths that it may use;
    left out, they are taken from its arguments by `find_paths`.
    """
    found_reads, found_writes = find_paths(program)
    options = [
        *(f"cpu={int(cpu_s)}", f"memory={memory}", f"file={file_size}"),
        *(f"read={path}" for path in (found_reads if reads is None else reads)),
        *(f"write={path}" for path in (found_writes if writes is None else writes)),
        *(f"skip={wall.name}" for wall in list_walls(program[0]) if not wall.is_up),
    ]
    return _wrap(options, program)


def _wrap(options: Sequence[str], program: Sequence[str]) -> list[str]:
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
    # -I and -S: no user site, no site-packages, no PYTHON… of the environment; it starts fast and loads only our file.
    return [sys.executable, "-I", "-S", str(LIMITED), *common, *options, "--", *program]


def find_paths(program: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paths that a command reads, and the folders that it writes into.

    Our own programs only read their arguments. For ffmpeg, what follows `-i` is read; every other path is an output,
    which may have further files beside it, and so is the file that a filter prints into.
    """
    args = list(program[1:])
    paths = [index for index, arg in enumerate(args) if arg.startswith("/")]
    if program[0] == sys.executable:
        return [args[index] for index in paths], []
    inputs = [args[index] for index in paths if index and args[index - 1] == "-i"]
    outputs = {str(Path(args[index]).parent) for index in paths if args[index - 1] != "-i"}
    outputs |= {str(Path(path).parent) for arg in args for path in _IN_FILTER.findall(arg)}
    return inputs, sorted(outputs)


@cache
def list_walls(program: str) -> tuple[Wall, ...]:
    """Return the isolation layers that this machine allows, found by running the program's version in the sandbox.

    A layer in which the program does not start is left out for it: an ffmpeg with libraries in unusual places must go
    on working. The answer is cached for each program.
    """
    walls = _try(program, [])
    if walls is None:
        walls = _try(program, ["skip=files"]) or ()
        walls = (*walls, Wall("files", is_up=False, why=f"{Path(program).name} does not start behind it"))
    return walls


def _try(program: str, options: Sequence[str]) -> tuple[Wall, ...] | None:
    # Seconds and bytes that telling a version needs: no file, and address space for the libraries alone.
    limits = ["cpu=5", "memory=4000000000", "file=0", "report=1"]
    version = "--version" if program == sys.executable else "-version"
    try:
        done = subprocess.run(
            _wrap([*limits, *options], [program, version]),
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
