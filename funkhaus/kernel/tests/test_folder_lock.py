"""One server to a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from funkhaus.kernel.folder_lock import FolderInUseError, FolderLock

HOLDER = """
import sys, time, pathlib
from funkhaus.kernel.folder_lock import FolderLock
with FolderLock(pathlib.Path(sys.argv[1]), note="http://127.0.0.1:1234"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_told_where_the_first_runs_and_a_killed_one_frees_the_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderInUseError) as refused, FolderLock(tmp_path, note="second"):
            pass
        assert refused.value.note == "http://127.0.0.1:1234"
        holder.kill()
    with FolderLock(tmp_path, note="third"):
        pass
