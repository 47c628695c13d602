"""A program that a hostile file has taken over gets nowhere: tried from inside the walls, each wall also alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.ingest.process.sandbox import find_paths, limit_command, list_walls
from funkhaus.ingest.tests.clips import make_tone

WALLS = {"network", "files", "calls"}
CONNECT = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 3); print('connected')"
DATAGRAM = "import socket as s; s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9)); print('sent')"


def run(code: str, *arguments: str, without: Sequence[str] = (), **paths: list[Path]) -> str:
    """Run Python behind the walls but some, and return what it printed, or the last line of its complaint."""
    program = [sys.executable, "-c", code, *arguments]
    command = limit_command(program, cpu_s=20, memory=2_000_000_000, file_size=1_000_000, **paths)
    end = command.index("--")
    command = [*command[:end], *(f"skip={wall}" for wall in without), *command[end:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def need(*names: str) -> list[str]:
    """The walls to leave out so that only the named ones stand; fails where this machine does not allow them."""
    states = {wall.name: wall.why for wall in list_walls(sys.executable)}
    missing = {name: states[name] for name in names if states.get(name) != ""}
    if missing:
        pytest.skip(f"this machine allows no such wall: {missing}")
    return sorted(WALLS - set(names))


@pytest.fixture
def listener() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_without_walls_everything_is_possible(listener: str) -> None:
    """Else the other tests would prove nothing."""
    assert run(CONNECT, listener, without=sorted(WALLS)) == "connected"
    assert run(DATAGRAM, without=sorted(WALLS)) == "sent"
    assert run("print(open('/etc/passwd').read()[:4])", without=sorted(WALLS)) == "root"
    assert run("import os; os.execv('/bin/echo', ['echo', 'executed'])", without=sorted(WALLS)) == "executed"


@pytest.mark.parametrize("wall", ["network", "files", "calls"])
def test_each_wall_alone_keeps_it_from_the_network(listener: str, wall: str) -> None:
    without = need(wall)
    said = run(CONNECT, listener, without=without)
    assert "Error" in said, said
    if wall != "files":  # Landlock knows TCP only
        said = run(DATAGRAM, without=without)
        assert "Error" in said, said


@pytest.mark.parametrize(
    "code",
    [
        "print(open('/etc/passwd').read())",
        "import os; print(os.listdir('/'))",
        "import os; print(os.listdir(os.path.dirname(__import__('sys').argv[1])))",
        "import sys; open(sys.argv[1] + '2', 'w'); print('written')",
        "import sys; open(sys.argv[1], 'a'); print('written')",
        "import os, sys; os.unlink(sys.argv[1]); print('removed')",
        "import os, sys; os.rename(sys.argv[1], sys.argv[1] + '2'); print('renamed')",
        "import os; os.execv('/bin/echo', ['echo', 'executed'])",
        "print(open('/proc/%s/environ' % __import__('os').getppid()).read())",
    ],
)
def test_no_file_but_the_named_ones_is_read_written_or_run(tmp_path: Path, code: str) -> None:
    need("files")
    source = tmp_path / "source"
    source.write_text("bytes")
    said = run(code, str(source), reads=[source])
    assert "PermissionError" in said, said
    assert source.read_text() == "bytes"


def test_the_named_files_are_read_and_written(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "folder"
    source.write_text("bytes")
    folder.mkdir()
    code = "import os, sys; made = sys.argv[2] + '/a'; open(made, 'w').write(open(sys.argv[1]).read());"
    code += "os.rename(made, sys.argv[2] + '/b'); print('ok')"
    assert run(code, str(source), str(folder), reads=[source], writes=[folder]) == "ok"
    assert (folder / "b").read_text() == "bytes"


@pytest.mark.parametrize(
    "code",
    [
        "import ctypes; libc = ctypes.CDLL(None, use_errno=True);"
        "done = libc.{call}; print('refused' if done == -1 and ctypes.get_errno() == 1 else 'allowed')".replace(
            "{call}", call
        )
        for call in ("unshare(0x10000000)", "ptrace(0, 0, 0, 0)", "syscall(425, 1, 0)", "mount(0, b'/', 0, 0x4000, 0)")
    ],
)
def test_the_gates_to_the_kernel_are_shut(code: str) -> None:
    need("calls")
    assert run(code) == "refused"


def test_nothing_of_our_environment_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNKHAUS_SECRET_KEY", "secret")
    assert "secret" not in run("import os; print(dict(os.environ))")


def test_it_stands_back_for_everybody_else() -> None:
    code = "import os; print(os.nice(0), open('/proc/self/oom_score_adj').read().strip())"
    nice, score = run(code, without=["files"]).split()
    assert int(nice) > os.nice(0)
    assert int(score) >= 500


def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    code = "import sys, time; print('here', flush=True); time.sleep(60)"
    starter = (
        "import os, subprocess, sys, time;"
        "command = [f'parent={os.getpid()}' if word.startswith('parent=') else word for word in sys.argv[1:]];"
        "child = subprocess.Popen(command, stdout=subprocess.PIPE); child.stdout.readline();"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    inner = limit_command([sys.executable, "-c", code], cpu_s=20, memory=2_000_000_000, file_size=10)
    parent = subprocess.Popen([sys.executable, "-c", starter, *inner], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split(")")[1][:3]:
        assert time.monotonic() < end, "it outlives its parent"
        time.sleep(0.05)


def test_ffmpegs_words_say_what_it_reads_and_writes() -> None:
    words = ["/bin/ffmpeg", "-i", "/a/film.mov", "-f", "hls", "-hls_segment_filename", "/b/%v.mp4", "/c/%v.m3u8"]
    assert find_paths(words) == (["/a/film.mov"], ["/b", "/c"])
    graph = "[0:1]ebur128=metadata=1,ametadata=mode=print:key=I:file=/d/sound.lufs,ametadata=mode=print:file=/e/x[a0]"
    assert find_paths(["/bin/ffmpeg", "-i", "/a/b", "-filter_complex", graph, "-"]) == (["/a/b"], ["/d", "/e"])


def test_our_own_programs_find_our_modules_and_nothing_else_of_ours() -> None:
    assert run("from funkhaus.ingest.probe.formats import FORMATS; print(len(FORMATS) > 10)") == "True"
    need("files")
    outside = Path(__file__).resolve().parents[4] / "pyproject.toml"
    assert "PermissionError" in run("import sys; print(open(sys.argv[1]).read())", str(outside), reads=[])


@pytest.mark.media
def test_ffmpeg_itself_is_kept_from_other_files_and_from_the_network(tmp_path: Path, listener: str) -> None:
    tone = make_tone(tmp_path / "tone.wav", seconds=0.2)
    program = [find_ffmpeg(), "-v", "error", "-i", str(tone), "-f", "null", "-"]
    limits: dict[str, Any] = {"cpu_s": 20, "memory": 4_000_000_000, "file_size": 1_000_000}
    done = subprocess.run(limit_command(program, **limits), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    need("files")
    done = subprocess.run(limit_command(program, **limits, reads=[]), capture_output=True, text=True, check=False)
    assert "Permission denied" in done.stderr
    need("network", "calls")
    program[4] = f"http://127.0.0.1:{listener}/"
    done = subprocess.run(limit_command(program, **limits), capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode != 0
