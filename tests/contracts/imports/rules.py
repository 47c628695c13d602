"""The rules on imports: no circles between files, none inside functions, no way from a service to a desk."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.contracts.imports.graph import describe_way, find_way, name_file, read_graph
from tests.contracts.tree import list_modules, parse

WITHOUT_DESK = {"services", "selectors", "rules"}
DESKS = {"desk", "editing"}


def find_circles(root: Path) -> list[str]:
    """Return the groups of files that import each other in a circle; an `__init__.py` is a file like any other."""
    graph = read_graph(root)
    findings: list[str] = []
    seen: set[str] = set()
    for module in sorted(graph.modules):
        circle = graph.find_upstream_modules(module) & graph.find_downstream_modules(module) | {module}
        if len(circle) == 1 or module in seen:
            continue
        seen |= circle
        way = find_way(graph, module, {module}) or ()
        findings.append(
            f"{len(circle)} files import each other in a circle, so that none can be read, tested or moved without the "
            f"others: {', '.join(name_file(root, one) for one in sorted(circle))}; "
            f"the shortest way round from the first: {describe_way(root, graph, way)}"
        )
    return findings


def find_inner_imports(root: Path) -> list[str]:
    """Return the imports inside functions outside `apps.py` (Django reads it before the models) and commands."""
    findings = []
    for name in list_modules(root):
        if name.name == "apps.py" or name.parent.parts[-2:] == ("management", "commands"):
            continue
        found = {
            (node.lineno, ast.unparse(node))
            for function in ast.walk(parse(root / name))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        findings += [
            f"{name}:{line} has {text!r} inside a function: what a file needs stands at its head; where that makes a "
            "circle, the files are cut in the wrong place"
            for line, text in sorted(found)
        ]
    return findings


def find_ways_to_a_desk(root: Path) -> list[str]:
    """Return the services, selectors and rules that import a desk, directly or through other files."""
    graph = read_graph(root)
    desks = {module for module in graph.modules if DESKS & set(module.split("."))}
    findings = []
    for module in sorted(graph.modules - desks):
        parts = set(module.split("."))
        way = find_way(graph, module, desks) if WITHOUT_DESK & parts and "tests" not in parts else None
        if way is not None:
            findings.append(
                f"{describe_way(root, graph, way)}: a service, selector or rule knows no desk, so that commands and "
                "other forms can use it"
            )
    return findings
