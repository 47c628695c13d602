"""The import graph: which file of `funkhaus` imports which other, and at which line.

grimp reads it, from imports at the head of a file and from those inside functions alike. Imports for type checking
alone are left out: they never run, and under `TYPE_CHECKING` a service may name another app's model.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import grimp

# grimp asks Python where a package is, and this process knows one `funkhaus` already: a new one finds that of `root`.
READ = """
import grimp, json
graph = grimp.build_graph("funkhaus", exclude_type_checking_imports=True, cache_dir=None)
imports = []
for importer in graph.modules:
    for imported in graph.find_modules_directly_imported_by(importer):
        details = graph.get_import_details(importer=importer, imported=imported)
        imports.append((importer, imported, min(one["line_number"] for one in details)))
print(json.dumps(imports))
"""
Way = tuple[str, ...]  # modules, each of which imports the next


def read_graph(root: Path) -> grimp.ImportGraph:
    """Return the graph of the package `funkhaus` in `root`, with one line number for each import."""
    answer = subprocess.run([sys.executable, "-c", READ], cwd=root, capture_output=True, text=True, check=True)
    graph = grimp.ImportGraph()
    for importer, imported, line in json.loads(answer.stdout):
        graph.add_import(importer=importer, imported=imported, line_number=line, line_contents="")
    return graph


def find_way(graph: grimp.ImportGraph, importer: str, targets: set[str]) -> Way | None:
    """Return the shortest way from a module to one of `targets`, back to itself if it is among them; None without."""
    ways: list[Way] = []
    for first in graph.find_modules_directly_imported_by(importer):
        for target in targets:
            chain = (first,) if first == target else graph.find_shortest_chain(first, target)
            ways += [(importer, *chain)] if chain else []
    return min(ways, key=lambda way: (len(way), way), default=None)


def describe_way(root: Path, graph: grimp.ImportGraph, way: Way) -> str:
    """Return a way as text: every file with the line of its import, then the last file."""
    steps = []
    for importer, imported in pairwise(way):
        line = graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]
        steps.append(f"{name_file(root, importer)}:{line}")
    return " -> ".join([*steps, name_file(root, way[-1])])


def name_file(root: Path, module: str) -> str:
    """Return the path of a module's file, relative to `root`; a package's file is its `__init__.py`."""
    path = Path(*module.split("."))
    return str(path / "__init__.py" if (root / path).is_dir() else path.with_suffix(".py"))
