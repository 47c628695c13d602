"""Rules on the migration graph."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from tests.contracts.tree import list_files, parse


def read_layers(root: Path) -> dict[str, int]:
    """Each app's height; apps on one line share it."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return {app.strip(): -depth for depth, line in enumerate(layers) for app in line.split("|")}


def find_upward_migrations(root: Path) -> list[str]:
    """Migrations that need an app of the same or a higher layer: they could not be taken apart any more."""
    heights = read_layers(root)
    findings = []
    for name in list_files(root, ".py"):
        if name.parts[0] != "funkhaus" or "migrations" not in name.parts or name.name == "__init__.py":
            continue
        app = name.parts[1]
        for target in _list_dependencies(parse(root / name)):
            if target in heights and target != app and heights[target] >= heights[app]:
                findings.append(f"{name} depends on {target}, which is not below {app}: migrations point down")
    return findings


def _list_dependencies(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) not in {"dependencies", "run_before"}:
            continue
        for item in node.value.elts if isinstance(node.value, ast.List) else []:
            if isinstance(item, ast.Tuple) and isinstance(item.elts[0], ast.Constant):
                found.append(str(item.elts[0].value))
            elif "AUTH_USER_MODEL" in ast.unparse(item):
                found.append("accounts")
    return found
