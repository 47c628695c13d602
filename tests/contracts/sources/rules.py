"""Rules that are written in one place: a second copy in the code would answer differently one day.

Whether two readers of the one place also say the same is tested beside them; here it is looked for copies.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from funkhaus.protection.rules import TABLE
from tests.contracts.tree import list_files, list_modules, parse, walk_imports

PLAYABLE_SOURCE = Path("funkhaus/ingest/models/asset.py")
ORIGINAL_SOURCES = (Path("funkhaus/mediathek/models/video.py"), Path("funkhaus/mediathek/playable/original_version.py"))
LOOPS = (ast.For, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
CHILD_SOURCES = (
    Path("funkhaus/mediathek/rules/for_children.py"),
    Path("funkhaus/mediathek/lists/children.py"),  # the same condition for the database, tested to agree
)
RATING_SOURCES = (
    Path("funkhaus/mediathek/vocabulary/ratings.py"),
    Path("funkhaus/mediathek/models/video.py"),  # the names of the choices
)
RATING_NAME = re.compile(r"Rating(Words|View|Label)|_?(say|label|name|describe|shorten)_(age_)?rating(_(words|label))?")
RATING_TEXT = re.compile(r"^([Ff]rom|[Aa]b) (%\(age\)|(6|12|16|18)\b)|\brated (%\(age\)|\d+)")
TRANSLATORS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy"}
SPOKEN = (".py", ".html", ".po", ".js", ".toml", ".txt")
QUERIES = {"filter", "exclude", "get"}
WINDOW_SOURCE = Path("funkhaus/mediathek/playable/windows.py")
WINDOW_RULES = (Path("funkhaus/mediathek/rules/availability.py"), Path("funkhaus/kernel/territory.py"))
WINDOW_PARTS = {"Window": "funkhaus.mediathek.rules.availability", "TerritoryRule": "funkhaus.kernel.territory"}


def find_copied_playable_states(root: Path) -> list[str]:
    """Return the places that list the states in which a player gets something for themselves."""
    return [
        f"{name}:{node.lineno} lists the states in which a player gets something: ask `Asset.is_playable` or "
        "`PLAYABLE_STATES` of ingest's selectors"
        for name, node in _walk(root, PLAYABLE_SOURCE)
        if isinstance(node, ast.expr) and _names_states(node)
    ]


def find_copied_windows(root: Path) -> list[str]:
    """Return the places that make a window of availability, or its territory rule, for themselves."""
    return [
        f"{name}:{node.lineno} makes a {node.func.id} by itself: `to_window` of the Mediathek's playable forgets no "
        "territory; who does not ask where says `.anywhere()`"
        for name, node in _walk(root, WINDOW_SOURCE, *WINDOW_RULES)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _is_window_part(root / name, node.func.id)
    ]


def find_copied_originals(root: Path) -> list[str]:
    """Return the places that pick the original version of a work for themselves."""
    found = dict.fromkeys(
        f"{name}:{picked.lineno}"
        for name, node in _walk(root, *ORIGINAL_SOURCES)
        for picked in _list_original_picks(node)
    )
    return [
        f"{place} picks the original version by itself: where a work has several it may be another one; ask "
        "`original_of` of the Mediathek's selectors, or `originals()` and `further()` of the query set"
        for place in found
    ]


def _list_original_picks(node: ast.AST) -> Iterator[ast.expr]:
    """Conditions on a version's kind: in a query, on an attribute or a column, or anything in a loop."""
    if isinstance(node, ast.Call) and not _makes_version(node.func):
        fields = [one for one in node.keywords if one.arg and one.arg.split("__")[-1] == "kind"]
        yield from (node for one in fields if _is_original(one.value))
    elif isinstance(node, ast.Compare) and _compares_original(node):
        if any(
            isinstance(one, ast.Attribute | ast.Subscript)
            for one in (node.left, *node.comparators)
            if not _is_original(one)
        ):
            yield node
    elif isinstance(node, LOOPS):
        yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Compare) and _compares_original(inner))


def _makes_version(function: ast.expr) -> bool:
    """`Version(…)` and `….create(…)` make a version of that kind, and pick none."""
    is_class = isinstance(function, ast.Name) and function.id == "Version"
    return is_class or (isinstance(function, ast.Attribute) and function.attr == "create")


def _compares_original(node: ast.Compare) -> bool:
    return any(_is_original(one) for one in (node.left, *node.comparators))


def _is_original(node: ast.expr) -> bool:
    return ast.unparse(node) in {"VersionKind.ORIGINAL", "VersionKind.ORIGINAL.value", "'original'"}


def find_copied_child_rules(root: Path) -> list[str]:
    """Return the places that decide for themselves what is made for children."""
    return [
        f"{name}:{node.lineno} decides what is for children by itself: `is_for_children` of the Mediathek's rules "
        "knows the mark, the rating and the hidden picture"
        for name, node in _walk(root, *CHILD_SOURCES)
        if isinstance(node, ast.BoolOp | ast.Call | ast.Attribute) and _decides_for_children(node)
    ]


def _decides_for_children(node: ast.BoolOp | ast.Call | ast.Attribute) -> bool:
    """The protection's table asked for children, or the mark and a second fact in one condition."""
    if isinstance(node, ast.Attribute):
        return node.attr == "is_for_children" and isinstance(node.value, ast.Subscript)
    if isinstance(node, ast.Call):
        is_query = isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES
        named = {(one.arg or "").split("__")[0] for one in node.keywords} if is_query else set()
    else:
        named = {_name(inner) for inner in ast.walk(node)}
    return "is_for_kids" in named and bool(named & {"age_rating", "hides_preview"})


def find_copied_rating_words(root: Path) -> list[str]:
    """Return the places that put an age rating into words for themselves."""
    return [
        f"{name}:{node.lineno} puts a rating into words by itself: `RatingWords` of the Mediathek's selectors has them"
        for name, node in _walk(root, *RATING_SOURCES)
        if isinstance(node, ast.stmt | ast.expr) and _words_rating(node)
    ]


def _words_rating(node: ast.AST) -> bool:
    """A class or a function that is called so, a choice's label, or a text that names an age."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return bool(RATING_NAME.fullmatch(name))
        case ast.Attribute(attr="get_age_rating_display"):
            return True
        case ast.Attribute(attr="label", value=ast.Call(func=ast.Name(id="RatingChoice" | "RatingReason"))):
            return True
        case ast.Call(func=ast.Name(id=called), args=[*_context, ast.Constant(value=str(text))]):
            return called in TRANSLATORS and bool(RATING_TEXT.search(text))
    return False


def find_spelled_hours(root: Path) -> list[str]:
    """Return the lines outside the protection that spell the free hours of a rating: texts, translations, code."""
    hours = _compose_hours()
    findings = []
    for name in list_files(root, *SPOKEN):
        if name.parts[0] != "funkhaus" or {"tests", "migrations", "vendor"} & set(name.parts):
            continue
        if name.parts[1] == "protection":
            continue
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1):
            if hours.search(line):
                findings.append(
                    f"{name}:{number} spells the hours of a rating: read them from the protection's table, as "
                    "`RatingWords` and `say_free_hours` do"
                )
    return findings


def _compose_hours() -> re.Pattern[str]:
    """The table's hours as English and German texts and code spell them."""
    rows = [row.hours for row in TABLE.values() if row.hours]
    walls = "|".join(sorted({f"0?{wall.hour}" for hours in rows for wall in (hours.opens, hours.closes)}))
    spans = "|".join(sorted({f"{hours.opens.hour} ?(?:to|bis|until|–|-) ?0?{hours.closes.hour}" for hours in rows}))
    return re.compile(rf"\b(?:(?:{walls})(?:[:.]00| Uhr| o.clock)|time\((?:{walls})\b|{spans}\b)")


def _is_window_part(path: Path, called: str) -> bool:
    source = WINDOW_PARTS.get(called)
    return source is not None and any(target == f"{source}.{called}" for target, *_ in walk_imports(parse(path)))


def _names_states(node: ast.AST) -> bool:
    """Both states in one list, set or tuple, or in one condition: `state == … or state == …`."""
    if not isinstance(node, ast.List | ast.Set | ast.Tuple | ast.BoolOp):
        return False
    named = {_name(inner) for inner in ast.walk(node)}
    return {"playable", "ready"} <= named


def _name(node: ast.AST) -> str:
    """What a word or a member of an enumeration is called, in small letters; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return node.attr.lower() if isinstance(node, ast.Attribute) else ""


def _walk(root: Path, *sources: Path) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the package's own modules, with its file; without the tests and without `sources`."""
    for name in list_modules(root):
        if "tests" not in name.parts and name not in sources:
            for node in ast.walk(parse(root / name)):
                yield name, node
