"""Rules on Python modules: front doors, sizes, names, how services are called, the one reader of the environment."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from tests.contracts.tree import list_files, list_modules, parse, walk_imports

OPEN_APPS = {"kernel", "ui", "cms"}
DOORS = {"services", "selectors", "rules", "blocks", "signals", "errors", "templatetags", "urls"}
# Named doors beside the general ones, each for a reason that the design names.
EXTRA_DOORS: dict[tuple[str, ...], str] = {
    ("mediathek", "permissions"): "the names of the rights that its acts ask for",
    ("playback", "player_view"): "the frozen view that pages hand to the player tag",
    ("playback", "signing"): "the pure check that stands before Django",
    ("config", "environment"): "the settings table",
    ("ingest", "reasons"): "why work stopped, which whoever asked for it tells the editor",
    ("ingest", "package", "layout"): "what the stored files of an asset are called, which has one source",
    ("ingest", "text"): "a transcript's paragraph, which a page carries as it is",
}
# Doors that stand open for one package alone.
GIVEN_DOORS = {
    ("demo", "mediathek", "models"): "the demo makes objects of every kind",
    ("demo", "newsroom", "models"): "the demo makes objects of every kind",
    ("intake", "ingest", "constants"): "the room that uploads must leave on the disk, and their limits",
    ("intake", "ingest", "package"): "files that appear whole: what comes in is written the same way",
    ("intake", "ingest", "models"): "the table of resumable uploads is ingest's by its migrations",
    ("intake", "mediathek", "models"): "what comes in becomes objects of the catalogue",
    ("intake", "mediathek", "vocabulary"): "the same words and addresses as on the Mediathek's own pages",
    ("intake", "mediathek", "desk"): "the pages that take files stand among the Mediathek's editing pages",
}
MAY_READ_MODELS = {"selectors", "services", "audit", "lists", "playable", "pages"}  # rooms that read for others, too
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "misc", "base", "manager"}
NAMED_OTHERWISE = {Path("funkhaus/config/settings/base.py"): "the usual name of a settings part"}
FILE_LINES, FUNCTION_LINES, FOLDER_FILES = 300, 40, 15
CODE = ("funkhaus", "tests", "bench", "tools")
ENVIRONMENT_READER = Path("funkhaus/config/environment.py")
# The command names the settings module, which must happen before anything can be read.
SETTINGS_NAMERS = {Path(f"funkhaus/config/{name}.py") for name in ("command", "asgi", "wsgi")}


def find_side_doors(root: Path) -> list[str]:
    """Imports that enter an app elsewhere than by its front door."""
    findings = []
    for name in list_modules(root):
        if len(name.parts) < 3 or "tests" in name.parts or name.parts[1] == "config":
            continue
        app, own_module = name.parts[1], Path(name.parts[2]).stem
        for target, line, typing_only in walk_imports(parse(root / name)):
            parts = target.split(".")
            if parts[0] != "funkhaus" or len(parts) < 3 or parts[1] in OPEN_APPS | {app} or typing_only:
                continue
            is_door = parts[2] in DOORS or not EXTRA_DOORS.keys().isdisjoint({(*parts[1:3],), (*parts[1:4],)})
            is_door = is_door or (app, parts[1], parts[2]) in GIVEN_DOORS
            if is_door or (parts[2] == "models" and own_module in MAY_READ_MODELS):
                continue
            findings.append(
                f"{name}:{line} imports {target}: enter {parts[1]} by {', '.join(sorted(DOORS))}; models by "
                "string or under TYPE_CHECKING, so that an app can change inside without asking the others"
            )
    return findings


def find_big_ones(root: Path) -> list[str]:
    """Files over 300 lines and functions over 40: cut them by subject."""
    findings = []
    for folder in CODE:
        for name in list_modules(root, folder):
            lines = len((root / name).read_text(encoding="utf-8").splitlines())
            if lines > FILE_LINES:
                findings.append(f"{name} has {lines} lines, more than {FILE_LINES}: cut it by subject")
            for node in ast.walk(parse(root / name)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > FUNCTION_LINES:
                        findings.append(
                            f"{name}:{node.lineno} {node.name} has {length} lines, more than {FUNCTION_LINES}: "
                            "it does more than one thing"
                        )
    return findings


def find_crowded_folders(root: Path) -> list[str]:
    """Return the folders with more than 15 Python files; `__init__.py` and migrations do not count."""
    names = [name for folder in CODE for name in list_modules(root, folder) if name.name != "__init__.py"]
    counts = Counter(name.parent for name in names)
    return [
        f"{folder} holds {count} Python files, more than {FOLDER_FILES}: nobody finds a subject in so many names; "
        "group them in folders by subject"
        for folder, count in sorted(counts.items())
        if count > FOLDER_FILES
    ]


def find_positional_services(root: Path) -> list[str]:
    """Return the public functions of `services.py` and `services/` that take an argument by its position.

    Receivers of signals too: Django calls them by keywords alone.
    """
    findings = []
    for name in list_modules(root):
        if "services" not in {*name.parts, name.stem} or "tests" in name.parts:
            continue
        for node in parse(root / name).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            by_position = [*node.args.posonlyargs, *node.args.args, *filter(None, [node.args.vararg])]
            if by_position:
                findings.append(
                    f"{name}:{node.lineno} {node.name} takes {', '.join(one.arg for one in by_position)} by position: "
                    "a service takes keywords only, so that a call says what it gives and an argument can be added"
                )
    return findings


def find_drawer_names(root: Path) -> list[str]:
    """Modules and packages named like a drawer: the direction of imports is lost in them."""
    findings = []
    for name in list_files(root, ".py"):
        bad = {Path(part).stem for part in name.parts} & FORBIDDEN_NAMES
        if bad and name not in NAMED_OTHERWISE:
            findings.append(f"{name}: a module named {bad.pop()!r} collects everything: name it by its subject")
    return findings


def find_environment_readers(root: Path) -> list[str]:
    """Reads of the process environment outside `config/environment.py`."""
    findings = []
    for name in list_modules(root):
        if name == ENVIRONMENT_READER or "tests" in name.parts:
            continue
        for node in ast.walk(parse(root / name)):
            if not isinstance(node, ast.Attribute | ast.ImportFrom):
                continue
            text = ast.unparse(node)
            if text in {"os.environ", "os.getenv"} or (text.startswith("from os import") and "env" in text):
                if name in SETTINGS_NAMERS:
                    continue
                findings.append(
                    f"{name}:{node.lineno} reads the environment: only {ENVIRONMENT_READER} does, so that the "
                    "table of settings is complete (give a child process `environment.child_environment()`)"
                )
    return findings
