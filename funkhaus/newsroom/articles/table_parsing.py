"""Parses small tables as editors paste them, and the numbers in them. Pure."""

from __future__ import annotations

import re

MOST_ROWS, MOST_COLUMNS = 100, 8
_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?)")
Rows = tuple[tuple[str, ...], ...]


def parse_table(text: str) -> Rows:
    """Return lines as rows, split at tabs (a spreadsheet's clipboard), else at `|` or `;`; short rows are padded."""
    lines = [line.strip("\r\n") for line in text.splitlines() if line.strip()]
    mark = next((one for one in "\t|;" if any(one in line for line in lines)), "\t")
    if mark == "|":
        lines = [line.strip().strip("|") for line in lines]
    rows = [tuple(cell.strip() for cell in line.split(mark)) for line in lines]
    # One column more than a table may have tells that it is too wide; more would only multiply what is refused.
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS + 1)
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def parse_number(text: str) -> float | None:
    """Return a number written in German (`1.234,5`) or plain (`1234.5`) notation, ignoring a unit; None without any."""
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    plain = found[0].replace("−", "-").replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in plain or re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    return float(plain)
