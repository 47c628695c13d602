"""The page that shows the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.pictures.taking import SCHEMES, SIZES, Shot

HEAD = """# How it looks

Every kind of page of the demo, at 360, 768 and 1440 pixels, by day and by night. `make pictures` takes them anew.

| page | light | dark |
|---|---|---|
"""


def write_paper(shots: Iterable[Shot], folder: Path) -> None:
    """Write `README.md` beside the pictures: a row for every page whose pictures are there."""
    rows = [_row(shot) for shot in shots if (folder / shot.file(360, "light")).is_file()]
    (folder / "README.md").write_text(HEAD + "".join(rows), encoding="utf-8")


def _row(shot: Shot) -> str:
    cells = [" · ".join(f"[{width}]({shot.file(width, scheme)})" for width in SIZES) for scheme in SCHEMES]
    return f"| {shot.title} | {' | '.join(cells)} |\n"
