"""The garbage collector leaves alone what was loaded, and works for all that comes later."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from funkhaus.kernel.loading import code_loading
from tests.server import ROOT, clean_environment

MANY = 100_000  # objects; the code of the house and of what it stands on has three times as many


def test_the_collector_works_again_whatever_happens_while_loading() -> None:
    seen = []

    def load() -> None:
        with code_loading():
            seen.append(gc.isenabled())
            raise ImportError

    with pytest.raises(ImportError):
        load()
    assert seen == [False]
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


@pytest.mark.parametrize(
    "begin", ["import funkhaus.config.asgi", "from funkhaus.config.command import main; main()"], ids=["web", "command"]
)
def test_what_a_program_has_loaded_is_not_looked_through_again(begin: str, tmp_path: Path) -> None:
    code = f"import gc, sys; sys.argv = ['funkhaus', 'help']; {begin}; print(gc.get_freeze_count(), gc.isenabled())"
    environment = clean_environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    count, is_on = answer.stdout.split()[-2:]
    assert int(count) > MANY
    assert is_on == "True"
