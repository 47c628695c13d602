"""The page cache knows every parameter that a public page reads: one that it does not know is dropped before Django."""

from __future__ import annotations

import re
from pathlib import Path

from funkhaus.edge.page_cache.page_key import PARAMETERS

ROOT = Path(__file__).resolve().parents[2] / "funkhaus"
# Rooms whose pages are never kept: for editors, accounts, officers, players and programs.
OTHERS = {"accounts", "demo", "desk", "dates", "intake", "officer", "playback", "tests"}
READ = re.compile(r"""request\.GET(?:\.get(?:list)?\(|\[)f?"([^"]+)"|"(\w+)" in request\.GET""")


def find_parameters() -> dict[str, str]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if OTHERS & set(path.relative_to(ROOT).parts):
            continue
        for one, other in READ.findall(path.read_text(encoding="utf-8")):
            found[one or other] = str(path.relative_to(ROOT))
    return found


def test_every_parameter_of_a_public_page_is_known() -> None:
    found = find_parameters()
    assert "max{side}" in found, "oEmbed's two limits"
    names = {name for name in found if "{" not in name} | {"maxwidth", "maxheight"}
    assert names - PARAMETERS == set(), found
    assert PARAMETERS - names == set(), "nobody reads these"
