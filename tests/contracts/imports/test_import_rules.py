"""Each rule on imports names the fault that is planted in a small tree, and nothing in a tree without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.imports.rules import find_circles, find_inner_imports, find_ways_to_a_desk

Files = dict[str, str]


def plant(root: Path, files: Files) -> Path:
    """Write the files below `funkhaus`, with an `__init__.py` in every folder."""
    for name, text in {"__init__.py": "", **files}.items():
        path = root / "funkhaus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder in (path for path in (root / "funkhaus").rglob("*") if path.is_dir()):
        (folder / "__init__.py").touch()
    return root


CIRCLES: dict[str, tuple[Files, str]] = {
    "by an import inside a function": (
        {"a.py": "import funkhaus.b\n", "b.py": "def late() -> None:\n    from funkhaus.a import x\n"},
        "funkhaus/a.py:1 -> funkhaus/b.py:2 -> funkhaus/a.py",
    ),
    "by modules imported from their package": (
        {"a.py": "from funkhaus import b\n", "b.py": "\nfrom funkhaus import a\n"},
        "funkhaus/a.py:1 -> funkhaus/b.py:2 -> funkhaus/a.py",
    ),
    "by relative imports": (
        {"p/a.py": "from . import b\n", "p/b.py": "from .a import x\n"},
        "funkhaus/p/a.py:1 -> funkhaus/p/b.py:1 -> funkhaus/p/a.py",
    ),
    "by a package that exports what imports from it": (
        {"p/__init__.py": "from funkhaus.p.a import x\n", "p/a.py": "from funkhaus.p import y\n"},
        "funkhaus/p/__init__.py:1 -> funkhaus/p/a.py:1 -> funkhaus/p/__init__.py",
    ),
    "of three files": (
        {"a.py": "import funkhaus.b\n", "b.py": "\nimport funkhaus.c\n", "c.py": "\n\nimport funkhaus.a\n"},
        "funkhaus/a.py:1 -> funkhaus/b.py:2 -> funkhaus/c.py:3 -> funkhaus/a.py",
    ),
}


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_circle_is_found(tmp_path: Path, circle: str) -> None:
    files, answer = CIRCLES[circle]
    (finding,) = find_circles(plant(tmp_path, files))
    assert finding.endswith(answer)


def test_each_circle_is_told_once_with_all_its_files_and_its_shortest_way(tmp_path: Path) -> None:
    imports = {"a": "b", "b": "a, funkhaus.c", "c": "a", "d": "e", "e": "d, funkhaus.a"}
    files = {f"{name}.py": f"import funkhaus.{others}\n" for name, others in imports.items()}
    first, second = find_circles(plant(tmp_path, files))
    assert first.startswith("3 files")
    assert "funkhaus/a.py, funkhaus/b.py, funkhaus/c.py; " in first
    assert first.endswith(": funkhaus/a.py:1 -> funkhaus/b.py:1 -> funkhaus/a.py")
    assert second.startswith("2 files")
    assert "funkhaus/d.py, funkhaus/e.py; " in second


def test_types_and_exports_make_no_circle(tmp_path: Path) -> None:
    typed = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from funkhaus.p.b import B\n"
    files = {"p/__init__.py": "from funkhaus.p.a import x\n", "p/a.py": typed, "p/b.py": "from funkhaus.p.a import x\n"}
    assert find_circles(plant(tmp_path, files)) == []


INNER = """import json

class Planted:
    async def load(self) -> None:
        import os

def outer() -> None:
    def inner() -> None:
        from os import path
"""


def test_an_import_inside_a_function_is_found_once(tmp_path: Path) -> None:
    first, second = find_inner_imports(plant(tmp_path, {"p/planted.py": INNER}))
    assert first.startswith("funkhaus/p/planted.py:5 has 'import os' inside a function")
    assert second.startswith("funkhaus/p/planted.py:9 has 'from os import path' inside a function")


def test_apps_and_commands_may_import_late(tmp_path: Path) -> None:
    assert find_inner_imports(plant(tmp_path, {"p/apps.py": INNER, "p/management/commands/go.py": INNER})) == []


DESKS: dict[str, tuple[Files, str]] = {
    "by a service": (
        {"p/services.py": "from funkhaus.p.desk.forms import x\n"},
        "funkhaus/p/services.py:1 -> funkhaus/p/desk/forms.py",
    ),
    "by a selector, inside a function": (
        {"p/selectors/lists.py": "def late() -> None:\n    from funkhaus.p.desk import forms\n"},
        "funkhaus/p/selectors/lists.py:2 -> funkhaus/p/desk/forms.py",
    ),
    "by a rule, through another file": (
        {"p/rules/ends.py": "import funkhaus.p.texts\n", "p/texts.py": "import funkhaus.p.desk.forms\n"},
        "funkhaus/p/rules/ends.py:1 -> funkhaus/p/texts.py:1 -> funkhaus/p/desk/forms.py",
    ),
}


@pytest.mark.parametrize("way", DESKS)
def test_a_way_to_a_desk_is_found(tmp_path: Path, way: str) -> None:
    files, answer = DESKS[way]
    (finding,) = find_ways_to_a_desk(plant(tmp_path, {"p/desk/forms.py": "", **files}))
    assert finding.startswith(f"{answer}: a service, selector or rule knows no desk")


def test_views_tests_and_the_desk_itself_may_import_a_desk(tmp_path: Path) -> None:
    names = ("p/views.py", "p/desk/selectors.py", "p/tests/services.py")
    files = dict.fromkeys(names, "import funkhaus.p.desk.forms\n")
    assert find_ways_to_a_desk(plant(tmp_path, {"p/desk/forms.py": "", **files})) == []
