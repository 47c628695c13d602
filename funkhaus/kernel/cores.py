"""Counts the processor cores that this process may use: those it sees, limited by its container's quota."""

from __future__ import annotations

import os
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def count_cores(groups: Path = CGROUPS, membership: Path = MEMBERSHIP) -> int:
    """Return the number of whole cores, at least one: the affinity mask, limited by CPU quotas of cgroups (v1, v2)."""
    seen = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quotas = [_read_v2(folder) for folder in _list_folders(groups, membership, "")]
    quotas += [_read_v1(folder) for folder in _list_folders(groups / "cpu", membership, "cpu")]
    return max(1, min([seen, *(int(quota) for quota in quotas if quota is not None)]))


def _list_folders(root: Path, membership: Path, controller: str) -> list[Path]:
    """Return the group's folder and those above it; in a container's own view of the tree only the root exists."""
    path = ""
    for line in _read(membership).splitlines():
        _number, controllers, where = line.split(":", 2)
        if controller in controllers.split(","):
            path = where.strip("/")
    folder = root / path
    return [folder, *(above for above in folder.parents if above.is_relative_to(root))]


def _read_v2(folder: Path) -> float | None:
    """Return the quota in cores from `cpu.max`: quota and period in microseconds, or «max» (None)."""
    words = _read(folder / "cpu.max").split()
    return int(words[0]) / int(words[1]) if len(words) == 2 and words[0] != "max" else None


def _read_v1(folder: Path) -> float | None:
    """Return the quota in cores from `cpu.cfs_quota_us`, which is -1 where there is no limit (None)."""
    quota, period = _read(folder / "cpu.cfs_quota_us").strip(), _read(folder / "cpu.cfs_period_us").strip()
    return int(quota) / int(period) if quota.isdigit() and period.isdigit() and int(period) else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
