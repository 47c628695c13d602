"""Small changes of a source text, each of which some test must see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
}
NAMES = {"min": "max", "max": "min"}
# Annotations and decorators decide nothing; the law's paragraph and the text of an error are for people.
NOT_LOOKED_AT = {"annotation", "returns", "decorator_list", "bases", "exc"}
FOR_PEOPLE = {"source"}
TYPING_ONLY = "TYPE_CHECKING"


@dataclass(frozen=True)
class Mutant:
    """One change: what it is, and the whole source with it."""

    what: str
    source: str


def make_mutants(source: str) -> Iterator[Mutant]:
    """Every small change of `source`, one at a time."""
    for number in range(len(list(_places(ast.parse(source))))):
        choice = 0
        while True:
            tree = ast.parse(source)
            place = list(_places(tree))[number]
            before = ast.unparse(place)
            after = _change(place, choice)
            if after is None:
                break
            text = f"line {getattr(place, 'lineno', 0)}: {_short(before)} → {_short(after)}"
            yield Mutant(text, ast.unparse(ast.fix_missing_locations(tree)))
            choice += 1


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}…"


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that can be changed, in a fixed order."""
    for name, value in ast.iter_fields(node):
        if name in NOT_LOOKED_AT:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_for_people(child):
                yield child
                yield from _places(child)


def _is_for_people(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_typing = isinstance(node, ast.If) and ast.unparse(node.test) == TYPING_ONLY
    is_import = isinstance(node, ast.Import | ast.ImportFrom)
    return is_docstring or is_typing or is_import or (isinstance(node, ast.keyword) and node.arg in FOR_PEOPLE)


def _change(node: ast.AST, choice: int) -> str | None:
    """Change a node in place, the `choice`-th way; the new text, None when there is no such way."""
    if isinstance(node, ast.Compare | ast.BoolOp | ast.BinOp):
        is_done = _swap(node, choice)
    elif isinstance(node, ast.If | ast.IfExp) and choice < 2:
        node.test, is_done = ast.Constant(bool(choice)), True
    elif choice:
        return None
    else:
        is_done = _replace(node)
    return ast.unparse(node) if is_done else None


def _swap(node: ast.Compare | ast.BoolOp | ast.BinOp, choice: int) -> bool:
    operator = node.ops[0] if isinstance(node, ast.Compare) else node.op
    others = SWAPS.get(type(operator), ())
    if choice >= len(others):
        return False
    if isinstance(node, ast.Compare):
        node.ops[0] = others[choice]()  # type: ignore[call-overload]
    else:
        node.op = others[choice]()  # type: ignore[assignment]
    return True


def _replace(node: ast.AST) -> bool:
    """The one way in which this node can be changed; False when there is none."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        node.value = ast.Constant(None)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        node.id = NAMES[node.id]
    elif isinstance(node, ast.Constant) and node.value is not None:
        node.value = _other(node.value)
    else:
        return False
    return True


def _other(value: object) -> object:
    """A value of the same kind that is not this one."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case bytes():
            return value + b"x"
    raise TypeError(f"no other value for {value!r}")
