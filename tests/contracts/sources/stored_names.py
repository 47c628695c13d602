"""Rules on what is written once: the names of an asset's stored files, and how playlists are read and written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from funkhaus.ingest.package import layout
from tests.contracts.tree import list_modules, list_texts, parse

PACKAGE = Path("funkhaus/ingest/package")
LAYOUT = PACKAGE / "layout.py"
PLAYLISTS = {PACKAGE / "playlists.py", PACKAGE / "playlist_reading.py"}
TAGS = ("#EXTINF", "#EXT-X-")
# Endings that other files have too, so that they only tell where a name is made with them.
ENDINGS = (layout.MEDIA_ENDING, layout.TEXT_ENDING, Path(layout.SOUND_FILE).suffix)
ALONE = {layout.JOBS, "job-"}  # these begin other words too
# Every other name that the layout writes out, without the numbers and stars in it.
NAMES = {
    value.partition("%")[0].partition("*")[0]
    for name, value in vars(layout).items()
    if name.isupper() and isinstance(value, str) and value not in {*ENDINGS, *ALONE, layout.KEY_PATTERN}
}
SOURCES = Path("funkhaus/demo/films.py")  # it names the files that it paints, before they are taken in


def find_stored_names(root: Path) -> list[str]:
    """Return where a module spells the name of an asset's stored file, or makes one from an ending."""
    findings = []
    for name in list_modules(root):
        if name in {LAYOUT, SOURCES} or "tests" in name.parts:
            continue
        tree = parse(root / name)
        found = [(line, text) for line, text in list_texts(tree) if _is_name(text)]
        found += [(line, text) for line, text in _list_made(tree) if text.endswith(ENDINGS)]
        findings += [
            f"{name}:{line} spells {text!r}: what the stored files of an asset are called is written in {LAYOUT} "
            "alone, so that a name can change"
            for line, text in found
        ]
    return findings


def find_playlist_readers(root: Path) -> list[str]:
    """Return where a module spells tags of HLS playlists, to read or to write them by itself."""
    return [
        f"{name}:{line} spells {text[:40]!r}: playlists are written and read back in {PACKAGE} alone, so that both "
        "sides agree; `funkhaus.ingest.selectors.playlists` answers everybody"
        for name in list_modules(root)
        if name not in PLAYLISTS and "tests" not in name.parts
        for line, text in list_texts(parse(root / name))
        if any(tag in text for tag in TAGS)
    ]


def _is_name(text: str) -> bool:
    return text in ALONE or any(name in text for name in NAMES)


def _list_made(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and end of every name that is put together, and every suffix that takes another's place."""
    for node in ast.walk(tree):
        last = node.values[-1] if isinstance(node, ast.JoinedStr) and node.values else None
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "with_suffix"
            and node.args
        ):
            last = node.args[0]
        if isinstance(last, ast.Constant) and isinstance(last.value, str):
            yield last.lineno, last.value
