"""The heavy commands, which no other test runs, can at least be loaded from a shell: nothing is set up there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.server import ROOT

HEAVY = (
    "bench",
    "tests.audit",
    "tools.big_upload",
    "tools.mutants",
    "tools.pictures",
    "tools.samples",
    "tools.torture",
)


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_command_can_be_loaded(name: str) -> None:
    module = name if name in {"tools.big_upload", "tools.torture"} else f"{name}.__main__"
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "FUNKHAUS_"))}
    command = [sys.executable, "-c", f"import {module}"]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
