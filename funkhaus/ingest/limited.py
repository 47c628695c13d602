"""Run a program under limits: `limited.py PARENT CPU_S MEMORY_BYTES FILE_BYTES NICE PROGRAM ARGUMENT…`.

A program of its own, run by path: `preexec_fn` is unsafe beside threads. Standard library only, so that it starts fast.
The program dies with its parent (PR_SET_PDEATHSIG), has no core dump and a low priority.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def main(arguments: list[str]) -> None:
    """Set the limits on this process and become the program."""
    parent, cpu_s, memory, file_size, nice = (int(argument) for argument in arguments[:5])
    program = arguments[5:]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    os.nice(nice)
    os.execv(program[0], program)  # noqa: S606 (no shell is the point)


if __name__ == "__main__":
    main(sys.argv[1:])
