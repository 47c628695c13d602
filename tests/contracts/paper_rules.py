"""Rules on what is written down: settings table, lock files, paths, commands, licence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from tests.contracts.tree import list_files

SETTINGS_PAPER = Path("docs/operations/settings.md")
REGISTRY = re.compile(
    r"(files\.pythonhosted|registry\.npmjs|registry\.yarnpkg|pypi\.org/simple|--(extra-)?index-url|--find-links"
    r'|"resolved"\s*:)'
)
MOST_BYTES = 500_000  # the largest lock file has less
MACHINE = re.compile(r"(?<![\w./~<>-])/(?:home|root|work|tmp|Users)/[\w.-]")
TEXT_SUFFIXES = {
    "",
    ".py",
    ".md",
    ".txt",
    ".in",
    ".toml",
    ".json",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".po",
    ".yml",
    ".sh",
}


class Row(Protocol):
    """A row of the settings table."""

    @property
    def name(self) -> str:
        """Without prefix."""

    @property
    def default(self) -> str:
        """As written."""

    @property
    def meaning(self) -> str:
        """One sentence."""


def write_settings_paper(rows: Iterable[Row], prefix: str) -> str:
    """The settings table as Markdown, one row a setting."""
    lines = ["| name | default | meaning |", "|---|---|---|"]
    for row in rows:
        default = f"`{row.default}`" if row.default else "empty"
        lines.append(f"| `{prefix}{row.name}` | {default} | {row.meaning.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def find_undocumented_settings(root: Path, rows: Iterable[Row], prefix: str) -> list[str]:
    """Differences between the settings table in the code and the one that operators read."""
    paper = root / SETTINGS_PAPER
    if not paper.is_file():
        return [f"{SETTINGS_PAPER} is missing: an operator has no table of settings"]
    wanted = write_settings_paper(rows, prefix).splitlines()
    there = [line.rstrip() for line in paper.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [f"{SETTINGS_PAPER} lacks this row, which the code has: {row}" for row in wanted if row not in there] + [
        f"{SETTINGS_PAPER} has a row that the code has not: {row}" for row in there if row not in wanted
    ]


def find_download_addresses(root: Path) -> list[str]:
    """Registry addresses in lock files and papers: the machine's own registry must serve any clone."""
    findings = []
    for name in list_files(root):
        is_lock = name.parts[0] == "requirements" or name.name == "package-lock.json"
        if not is_lock and name.suffix != ".md":
            continue
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1):
            if found := REGISTRY.search(line):
                findings.append(f"{name}:{number} names a download address ({found[0]}): pin by hash alone")
    return findings


def find_machine_paths(root: Path) -> list[str]:
    """Paths of somebody's machine in tracked files: they are wrong on every other machine."""
    findings = []
    for name in list_files(root):
        if name.suffix not in TEXT_SUFFIXES:
            continue
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1):
            if found := MACHINE.search(line):
                findings.append(f"{name}:{number} names a path of one machine: {found[0]}…")
    return findings


def find_heavy_files(root: Path) -> list[str]:
    """Tracked files that are no source and no picture of the papers: packages are installed, media are made."""
    sizes = {name: (root / name).stat().st_size for name in list_files(root)}
    return [f"{name} has {size} bytes, more than {MOST_BYTES}" for name, size in sizes.items() if size > MOST_BYTES]


def find_unpinned(root: Path) -> list[str]:
    """Locked packages without a hash."""
    findings = []
    for name in list_files(root, ".txt"):
        if name.parts[0] == "requirements":
            for block in re.split(r"\n(?=\S)", (root / name).read_text(encoding="utf-8")):
                bad = "==" in block and "--hash=sha256:" not in block
                findings += [f"{name}: {block.split()[0]} has no hash"] if bad else []
    for name in list_files(root, ".json"):
        if name.name == "package-lock.json":
            packages = json.loads((root / name).read_text(encoding="utf-8"))["packages"]
            findings += [
                f"{name}: {key} has no integrity" for key, one in packages.items() if key and "integrity" not in one
            ]
    return findings
