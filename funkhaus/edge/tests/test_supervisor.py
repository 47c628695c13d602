"""The supervisor keeps programs running and takes them down together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SCRIPT = """
import sys, pathlib
from funkhaus.edge.supervisor import Child, Supervisor
folder = pathlib.Path(sys.argv[1])
program = f"import os, time, pathlib; pathlib.Path(r'{folder}', str(os.getpid())).touch(); time.sleep(60)"
if sys.argv[2] == "crash":
    program = "raise SystemExit(3)"
if sys.argv[2] == "late":
    program = program.replace("time.sleep(60)", "time.sleep(0.5); raise SystemExit(3)")
child = Child("program", [sys.executable, "-c", program], is_vital=True)
sys.exit(Supervisor([child], is_ready=lambda: any(folder.iterdir()), announce=lambda: None).run())
"""


def start(folder: Path, kind: str) -> subprocess.Popen[bytes]:
    """A supervisor in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), kind], stderr=subprocess.DEVNULL)


def pids(folder: Path) -> set[int]:
    """The programs that were ever started."""
    return {int(path.name) for path in folder.iterdir()}


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until `condition()` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether the process runs (a zombie does not)."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_killed_program_is_started_again_and_a_stop_takes_it_down(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "sleep")
    wait_for(lambda: pids(tmp_path))
    first = pids(tmp_path).pop()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len(pids(tmp_path)) == 2)
    (second,) = pids(tmp_path) - {first}
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(20) == 0
    assert not is_alive(second)


def test_killing_the_supervisor_itself_leaves_no_program_behind(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "sleep")
    wait_for(lambda: pids(tmp_path))
    (pid,) = pids(tmp_path)
    supervisor.kill()
    supervisor.wait(10)
    wait_for(lambda: not is_alive(pid))


def test_a_vital_program_that_is_killed_again_and_again_is_started_again_and_again(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "sleep")
    for count in range(1, 8):
        wait_for(lambda count=count: len(pids(tmp_path)) == count)  # type: ignore[misc]
        for pid in filter(is_alive, pids(tmp_path)):
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: any(map(is_alive, pids(tmp_path))))
    assert supervisor.poll() is None
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(20) == 0


def test_a_program_that_worked_before_it_crashed_is_not_given_up(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "late")
    wait_for(lambda: len(pids(tmp_path)) >= 7, 60)
    assert supervisor.poll() is None
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(20) == 0


def test_a_vital_program_that_will_not_stay_up_ends_the_serving_with_an_error(tmp_path: Path) -> None:
    supervisor = start(tmp_path, "crash")
    assert supervisor.wait(60) == 1
