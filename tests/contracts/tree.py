"""The repository as the contracts see it: its files, its apps, its parsed modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__"}


def list_files(root: Path, *suffixes: str) -> list[Path]:
    """Files that belong to the repository (all of a plain copy without git), relative to `root`."""
    if (root / ".git").exists():
        answer = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        names = [Path(line) for line in answer.stdout.splitlines()]
    else:
        names = [path.relative_to(root) for path in root.rglob("*") if not SKIPPED & set(path.parts)]
    return sorted({name for name in names if (root / name).is_file() and (not suffixes or name.suffix in suffixes)})


def list_apps(root: Path) -> list[str]:
    """Packages below `funkhaus`, sorted."""
    return sorted(path.parent.name for path in (root / "funkhaus").glob("*/__init__.py"))


def list_modules(root: Path, folder: str = "funkhaus") -> list[Path]:
    """Python files below `folder` without migrations, relative to `root`."""
    return [name for name in list_files(root, ".py") if name.parts[0] == folder and "migrations" not in name.parts]


def parse(path: Path) -> ast.Module:
    """Parse one Python file, once for as long as it stays as it is."""
    return _parse(path.read_text(encoding="utf-8"), str(path))


@cache
def _parse(text: str, name: str) -> ast.Module:
    return ast.parse(text, filename=name)


def walk_imports(tree: ast.AST) -> Iterator[tuple[str, int, bool]]:
    """Yield (full name, line, whether only for type checking) of every absolute import."""
    for node in ast.iter_child_nodes(tree):
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, False
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno, False
        else:
            for name, line, inner in walk_imports(node):
                yield name, line, inner or typing_only


def list_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string, be it part of a pattern; docstrings are prose."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value.replace("\\", "")
