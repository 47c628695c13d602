"""Run a program behind walls: `sandbox_exec.py NAME=VALUE… -- PROGRAM ARGUMENT…`.

A program of its own, run by path: `preexec_fn` is unsafe beside threads. Standard library only and few imports, so that
it starts fast. It puts limits and walls around itself and then becomes the program, which can take none of them down.

Names: `parent` (process id; the program dies with it), `cpu` (seconds), `memory`, `file` (bytes), `nice`, `gentle` (1:
disk only when nobody else wants it); `read`, `write`, `execute`, `list` (paths, each name as often as needed); `skip`
(a wall to leave out), `report` (1: print what every wall is, one line each: name, space, «up» or why it is down).

The limits always hold. The walls are as the machine allows:
- network: a network namespace of its own (unshare(2)), in which there is nothing to connect to;
- calls: a filter of system calls (seccomp(2)) that refuses sockets, mounting, tracing and other gates to the kernel;
- files: Landlock (landlock(7)): nothing can be read, written or executed but what is named here.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import stat
import sys

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_SET_SECCOMP = 1, 38, 24, 22
CLONE_NEWUSER, CLONE_NEWIPC, CLONE_NEWNET = 0x10000000, 0x08000000, 0x40000000
KEPT_CAPABILITIES = {1, 2, 3}  # root goes on reading files of other owners (CAP_DAC_OVERRIDE, …), nothing else
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
# Rights of landlock(7), as bits.
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 8
TRUNCATE = 1 << 14
FS_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}  # by version
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
IOPRIO_SET = {"x86_64": 251, "aarch64": 30}
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_… of linux/audit.h
# socket, connect, bind, ptrace, mount, umount2, pivot_root, chroot, unshare, setns, bpf, perf_event_open, userfaultfd,
# keyctl, add_key, request_key, kexec_load, (f)init_module, delete_module, process_vm_readv/writev, open_by_handle_at
REFUSED = {
    "x86_64": "41 42 49 101 165 166 155 161 272 308 321 298 323 250 248 249 246 175 313 176 310 311 304",
    "aarch64": "198 203 200 117 40 39 41 51 97 268 280 241 282 219 217 218 104 105 273 106 270 271 265",
}
# io_uring_setup, io_uring_enter, the new mount calls, mount_setattr: the same numbers everywhere
REFUSED_EVERYWHERE = (425, 426, 428, 429, 430, 431, 432, 433, 442)
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom", "/dev/zero", "/sys/devices/system/cpu")
LOADERS = ("/lib64", "/lib", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu")


class WallError(Exception):
    """A wall that this machine does not allow, with the cause."""


def main(arguments: list[str]) -> None:
    """Put up limits and walls and become the program."""
    end = arguments.index("--")
    options: dict[str, list[str]] = {}
    for argument in arguments[:end]:
        name, _, value = argument.partition("=")
        options.setdefault(name, []).append(value)
    program = arguments[end + 1 :]
    set_limits(options)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        stand_back(libc, int(options["nice"][0]), is_gentle=options["gentle"] == ["1"])
        build(libc, options)
    os.execve(program[0], program, clean_environment())  # noqa: S606 (no shell is the point)


def set_limits(options: dict[str, list[str]]) -> None:
    """Time, memory, size of a file, open files; no core dump."""
    cpu_s, memory, size = (int(options[name][0]) for name in ("cpu", "memory", "file"))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    most = min(256, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def stand_back(libc: ctypes.CDLL, nice: int, *, is_gentle: bool) -> None:
    """Leave CPU, disk and memory to others first. Refusals don't matter: the limits hold all the same."""
    os.nice(nice)
    # Where the system groups by session, niceness counts only within the group: so the group is nice too (sched(7)).
    put("/proc/self/autogroup", str(nice))
    put("/proc/self/oom_score_adj", "500")  # short of memory, the kernel takes this before web server and database
    number = IOPRIO_SET.get(os.uname().machine)
    if number:
        libc.syscall(number, 1, 0, 3 << 13 if is_gentle else 2 << 13 | 7)  # class idle, or best effort, lowest


def put(path: str, text: str) -> None:
    """Write to a file of the kernel where that is possible."""
    try:
        with open(path, "w", encoding="ascii") as file:  # noqa: PTH123 (pathlib takes longer to load)
            file.write(text)
    except OSError:
        return


def build(libc: ctypes.CDLL, options: dict[str, list[str]]) -> None:
    """Put up every wall that is not to be skipped, the filter last: it refuses what the others need."""
    skipped, states = options.get("skip", []), {}
    for name in ("network", "files", "calls"):
        try:
            if name == "network" and name not in skipped:
                cut_network(libc)
            if name == "files":
                libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)  # without it, neither of the next two is allowed
                die_with(libc, int(options["parent"][0]))
                if name not in skipped:
                    fence_files(libc, options)
            if name == "calls" and name not in skipped:
                filter_calls(libc)
            states[name] = "up"
        except (WallError, OSError) as error:
            states[name] = str(error)
    if options.get("report"):
        print("\n".join(f"{name} {state}" for name, state in states.items()), flush=True)  # noqa: T201


def die_with(libc: ctypes.CDLL, parent: int) -> None:
    """Die when the parent does. After the namespaces, for a change of credentials takes it back (prctl(2))."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)


def cut_network(libc: ctypes.CDLL) -> None:
    """A network of one's own, with nobody in it. Root keeps its user, but loses its powers."""
    is_root = os.geteuid() == 0
    check(libc.unshare(CLONE_NEWNET | CLONE_NEWIPC | (0 if is_root else CLONE_NEWUSER)), "unshare")
    if is_root:
        for capability in range(64):
            if capability not in KEPT_CAPABILITIES:
                libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def fence_files(libc: ctypes.CDLL, options: dict[str, list[str]]) -> None:
    """Only the named paths, the system's libraries, and the program itself."""
    version = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    check(version, "landlock_create_ruleset")
    handled = FS_RIGHTS[min(version, max(FS_RIGHTS))]
    # The second and third number, where known: TCP (bind, connect), and signals and abstract sockets to the outside.
    sizes = (ctypes.c_uint64 * 3)(handled, 3, 3)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(LANDLOCK_CREATE, ctypes.byref(sizes), size, 0)
    check(ruleset, "landlock_create_ruleset")
    look, change = READ_FILE | READ_DIR, WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE
    rules = [(path, look) for path in [*SYSTEM, *options.get("read", [])]]
    rules += [(path, READ_DIR) for path in options.get("list", [])]
    rules += [(path, look | EXECUTE) for path in [*options.get("execute", []), *list_loaders()]]
    rules += [(path, look | change) for path in ["/dev/null", *options.get("write", [])]]
    for path, rights in rules:
        allow(libc, ruleset, path, rights & handled)
    check(libc.syscall(LANDLOCK_RESTRICT, ruleset, 0), "landlock_restrict_self")
    os.close(ruleset)


def list_loaders() -> list[str]:
    """The programs that load libraries: the kernel executes them too (ld.so(8))."""
    found = []
    for folder in LOADERS:
        try:
            found += [f"{folder}/{name}" for name in os.listdir(folder) if name.startswith("ld-")]  # noqa: PTH208
        except OSError:
            continue
    return found


def allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """One rule; a path that is not there needs none."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = rights if stat.S_ISDIR(os.fstat(descriptor).st_mode) else rights & ON_FILES
    rule = rights.to_bytes(8, sys.byteorder) + descriptor.to_bytes(4, sys.byteorder)
    check(libc.syscall(LANDLOCK_ADD, ruleset, 1, rule, 0), "landlock_add_rule")
    os.close(descriptor)


def filter_calls(libc: ctypes.CDLL) -> None:
    """Refuse some system calls with EPERM, by classic BPF (seccomp(2)); a foreign architecture gets none."""
    machine = os.uname().machine
    if machine not in REFUSED or sys.maxsize < 2**32:
        raise WallError(f"the calls of {machine} are not known")
    numbers = (*map(int, REFUSED[machine].split()), *REFUSED_EVERYWHERE)
    load, equal, above, give = 0x20, 0x15, 0x35, 0x06
    count = len(numbers)
    program = [(load, 0, 0, 4), (equal, 0, count + 3, ARCHITECTURE[machine]), (load, 0, 0, 0)]
    program += [(above, count + 1, 0, 0x40000000)]  # the x32 numbers, by which any call could be made
    program += [(equal, count - place, 0, number) for place, number in enumerate(numbers)]
    program += [(give, 0, 0, 0x7FFF0000), (give, 0, 0, 0x00050001)]  # allow; EPERM
    code = b"".join(
        kind.to_bytes(2, sys.byteorder) + bytes((yes, no)) + value.to_bytes(4, sys.byteorder)
        for kind, yes, no, value in program
    )
    buffer = ctypes.create_string_buffer(code, len(code))

    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    described = Filter(len(program), ctypes.addressof(buffer))
    check(libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(described), 0, 0), "seccomp")


def check(answer: int, call: str) -> None:
    """Raise `WallError` when a call was refused."""
    if answer < 0:
        raise WallError(f"{call}: {os.strerror(ctypes.get_errno())}")


def clean_environment() -> dict[str, str]:
    """Nothing of ours: keys and passwords stand in the environment."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


if __name__ == "__main__":
    main(sys.argv[1:])
