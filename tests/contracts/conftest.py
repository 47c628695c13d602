"""A copy of the repository in which tests of the rules plant faults."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.house import Rule
from tests.contracts.tree import ROOT, list_files


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files in a folder of their own."""
    root = tmp_path_factory.mktemp("planted") / "copy"
    for name in list_files(ROOT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def clean(whole: Path) -> Callable[[Rule], list[str]]:
    """What a rule finds before anything is planted; each is asked once."""
    return functools.cache(lambda rule: rule(whole))


@pytest.fixture
def copy(whole: Path) -> Iterator[Path]:
    """The files to spoil; afterwards they are as they were."""
    before = {path: path.stat() for path in whole.rglob("*")}
    yield whole
    for path in sorted(whole.rglob("*"), reverse=True):  # what lies in a folder goes before it
        if path not in before:
            path.rmdir() if path.is_dir() else path.unlink()
        elif path.is_file() and path.stat().st_size != before[path].st_size:
            shutil.copy2(ROOT / path.relative_to(whole), path)
