"""`docs/requests.md` names what exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def find_lies(paper: str) -> list[str]:
    """Files and symbols of the paper's last table that are not there."""
    lies = []
    for symbols, files in re.findall(r"^\| (`.+?`) \| (`.+?`) \|$", paper, re.MULTILINE):
        paths = [ROOT / name for name in re.findall(r"`([^`]+)`", files)]
        lies += [f"{path.name} is not there" for path in paths if not path.is_file()]
        text = "".join(path.read_text() for path in paths if path.is_file())
        for symbol in re.findall(r"`([^`]+)`", symbols):
            name = re.escape(symbol.rsplit(".", 1)[-1])
            if not re.search(rf"^(async )?(def|class) {name}\b|define\(\"{name}\"", text, re.MULTILINE):
                lies.append(f"{symbol} is not in {files}")
    return lies


def test_the_traced_requests_name_symbols_that_exist_where_the_paper_says() -> None:
    paper = (ROOT / "docs" / "requests.md").read_text()
    assert find_lies(paper) == [], "docs/requests.md leads a reader to what is not there"
    assert find_lies("| `no_such_thing` | `funkhaus/edge/media.py` |"), "the check would not notice"
