"""The rule on lists of formats: which files are taken is written once, in the tables of what ingest reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from funkhaus.ingest.probe.formats import MEDIA_FORMATS
from funkhaus.ingest.text.subtitles.formats import SUBTITLE_FORMATS, SUBTITLE_NAMES
from tests.contracts.tree import list_modules, parse

TABLES = {Path("funkhaus/ingest/probe/formats.py"), Path("funkhaus/ingest/text/subtitles/formats.py")}
CODECS = Path("funkhaus/ingest/probe/text_facts.py")  # it names codecs of ffmpeg's, of which some are called the same
MOST = 2  # endings or names that one text or list may have: three are a list of what is possible
_WORDS = {ending for known in MEDIA_FORMATS.values() for ending in known.endings}
_WORDS |= {word.lower() for known in MEDIA_FORMATS.values() for word in known.name.split("/")}
_WORDS |= {ending for known in SUBTITLE_FORMATS for ending in known.endings}
_WORDS |= {known.name.lower() for known in SUBTITLE_FORMATS} | set(SUBTITLE_NAMES.lower().split(", "))
_WORDS -= {"xml", "txt"}  # these say nothing of media
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")


def find_format_lists(root: Path) -> list[str]:
    """Return where a module lists endings or names of file formats by itself, in a text or as texts side by side."""
    return [
        f"{name}:{line} lists {', '.join(sorted(words))}: which files are taken is written in "
        f"{' and '.join(sorted(map(str, TABLES)))} alone, so that nothing is taken that is not read; ask "
        "`funkhaus.ingest.selectors.accepted_formats`"
        for name in list_modules(root)
        if name not in {*TABLES, CODECS} and "tests" not in name.parts
        for line, words in _list_words(parse(root / name))
        if len(words) > MOST
    ]


def _list_words(tree: ast.Module) -> Iterator[tuple[int, set[str]]]:
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, _find_words(node.value)
        elif isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield node.lineno, {text.lower().lstrip("*.") for text in texts} & _WORDS


def _find_words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) & _WORDS
