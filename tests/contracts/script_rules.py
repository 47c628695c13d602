"""Rules on the scripts that browsers get."""

from __future__ import annotations

from pathlib import Path

from tests.contracts.tree import list_files

SCRIPT_LINES = 150


def find_big_scripts(root: Path) -> list[str]:
    """JavaScript files of `funkhaus` over 150 lines: cut them by subject."""
    findings = []
    for name in list_files(root, ".js"):
        if name.parts[0] != "funkhaus":
            continue
        lines = len((root / name).read_text(encoding="utf-8").splitlines())
        if lines > SCRIPT_LINES:
            findings.append(f"{name} has {lines} lines, more than {SCRIPT_LINES}: one behavior, one file")
    return findings
