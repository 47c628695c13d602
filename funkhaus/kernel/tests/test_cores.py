"""A container's share of a machine is believed, not what the machine has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from funkhaus.kernel.cores import count_cores


@pytest.fixture
def eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(8)))


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def test_without_a_quota_the_affinity_counts(eight: None, tmp_path: Path) -> None:
    assert count_cores(tmp_path, tmp_path / "none") == 8


@pytest.mark.parametrize(("quota", "cores"), [("250000 100000", 2), ("max 100000", 8), ("50000 100000", 1)])
def test_a_quota_of_version_2_counts_wherever_above_it_stands(
    eight: None, tmp_path: Path, quota: str, cores: int
) -> None:
    (tmp_path / "membership").write_text("0::/system.slice/funkhaus.service\n")
    write(tmp_path / "groups/system.slice", cpu__max=quota)
    write(tmp_path / "groups/system.slice/funkhaus.service", cpu__max="max 100000")
    assert count_cores(tmp_path / "groups", tmp_path / "membership") == cores


def test_a_quota_of_version_1_counts_too(eight: None, tmp_path: Path) -> None:
    (tmp_path / "membership").write_text("5:memory:/x\n4:cpu,cpuacct:/docker/abc\n")
    write(tmp_path / "groups/cpu", cpu__cfs_quota_us="300000", cpu__cfs_period_us="100000")
    assert count_cores(tmp_path / "groups", tmp_path / "membership") == 3
    write(tmp_path / "groups/cpu", cpu__cfs_quota_us="-1", cpu__cfs_period_us="100000")
    assert count_cores(tmp_path / "groups", tmp_path / "membership") == 8
