"""Rules on what papers name: a file, link, command or setting that is not there misleads a stranger."""

from __future__ import annotations

import re
from pathlib import Path

from tests.contracts.tree import list_apps, list_files

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:funkhaus|tests|tools|docs|deploy|bench|requirements)/[\w./*-]+")
MAKE = re.compile(r"^(?:FUNKHAUS_\w+=\S+ )*make ([a-z]+)\b")
HOUSE = re.compile(r"^(?:\.venv/bin/)?funkhaus ([a-z]+)\b")
SETTING = re.compile(r"\bFUNKHAUS_[A-Z_]+[A-Z]\b")
DJANGO = {"makemigrations", "migrate", "shell", "dbshell"}  # commands that come with Django


def find_dead_references(root: Path, settings: set[str]) -> list[str]:
    """Links, files, make targets, house commands and settings (full names) in Markdown that do not exist."""
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = {file.stem for file in root.glob("funkhaus/*/management/commands/*.py")} | DJANGO
    findings = []
    for name in list_files(root, ".md"):
        if name.parts[:2] == ("docs", "decisions"):
            continue  # a decision tells of its day
        text = (root / name).read_text(encoding="utf-8")
        links = [link for link in LINK.findall(FENCE.sub("", text)) if ":" not in link]
        dead = [link for link in links if not _is_there(root / name.parent, link)]
        findings += [f"{name}: the link {link} leads nowhere" for link in dead]
        lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
        for code in [*CODE.findall(text), *lines]:
            findings += [f"{name}: there is no {part}" for part in PATH.findall(code) if not _is_there(root, part)]
            findings += [f"{name}: make has no {one}" for one in MAKE.findall(code) if one not in targets]
            findings += [f"{name}: funkhaus has no command {one}" for one in HOUSE.findall(code) if one not in commands]
        findings += [f"{name}: there is no setting {one}" for one in SETTING.findall(text) if one not in settings]
    return findings


def find_unmapped_packages(root: Path) -> list[str]:
    """Packages that README's map of the house does not name."""
    text = (root / "README.md").read_text(encoding="utf-8")
    return [f"README.md: the map lacks {app}" for app in list_apps(root) if f"| `{app}` |" not in text]


def _is_there(folder: Path, path: str) -> bool:
    path = path.rstrip("./")
    return bool(list(folder.glob(path))) if "*" in path else (folder / path).exists()
