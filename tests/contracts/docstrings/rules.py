"""Rules on docstrings: the first sentence states what a thing is, returns or does."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from tests.contracts.tree import list_modules, parse

# A bare clause («What waits, what runs.», «By which rung it starts.») has no subject and verb of its own.
_RIDDLE = re.compile(
    r"\W*(?:(?:about|at|by|for|from|in|of|on|since|to|until|with)\s+)?"
    r"(?:how|what|when|where|whether|which|who|whom|whose|why)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".*?[.?!](?=\s|$)|.*", re.DOTALL)


def find_riddles(root: Path, packages: Collection[str]) -> list[str]:
    """Return the public docstrings in these packages of `funkhaus` whose first sentence is a bare clause or a question.

    Modules, classes, functions and methods count; names that begin with an underscore, tests and migrations don't.
    """
    findings = []
    for name in list_modules(root):
        if len(name.parts) < 3 or name.parts[1] not in packages or "tests" in name.parts:
            continue
        for owner, line, text in _list_docstrings(parse(root / name)):
            sentence = _read_first_sentence(text)
            if _RIDDLE.match(sentence) or sentence.endswith("?"):
                findings.append(
                    f"{name}:{line} {owner}: «{sentence}» is no statement: say what it is, returns or does, with "
                    "subject and verb"
                )
    return findings


def _read_first_sentence(text: str) -> str:
    """Return the first sentence of a docstring on one line."""
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    found = _SENTENCE.match(paragraph)
    return found[0] if found else paragraph


def _list_docstrings(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Yield name, line and text of the docstrings of a module and of everything public in it."""
    text = ast.get_docstring(tree)
    if text:
        yield "the module", 1, text
    yield from _list_inside(tree, "")


def _list_inside(owner: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, int, str]]:
    for node in owner.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        text = ast.get_docstring(node)
        if text:
            yield f"{prefix}{node.name}", node.lineno, text
        if isinstance(node, ast.ClassDef):
            yield from _list_inside(node, f"{prefix}{node.name}.")
