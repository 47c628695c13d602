"""The paper that tells editors what each role may do, as tables that tests compare with the house."""

from __future__ import annotations

import re
from pathlib import Path

PAPER = Path(__file__).resolve().parents[1] / "docs" / "editors" / "rollen.md"


def read_table(state: str) -> dict[str, tuple[bool, ...]]:
    """What the paper says of a state: act → one yes or no per column."""
    part = re.split(r"^## ", PAPER.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next(one for one in part if one.splitlines()[0].strip() == state)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if "|" in line]
    return {row[0]: tuple(cell == "ja" for cell in row[1:]) for row in rows[2:]}
