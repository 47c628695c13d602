"""The rule on addresses: how those of an area begin is written once."""

from __future__ import annotations

import re
from pathlib import Path

from funkhaus.kernel import address_prefixes
from tests.contracts.tree import list_modules, list_texts, parse

AREAS = Path("funkhaus/kernel/address_prefixes.py")
PREFIXES = {value for name, value in vars(address_prefixes).items() if name.isupper() and isinstance(value, str)}
# At the start of a text with its slash or, as routes are written, without; in a longer one only with it.
_LONG = "|".join(re.escape(prefix.rstrip("/")) for prefix in PREFIXES if len(prefix) > 3)
_SPELLED = re.compile(
    rf"\^?(?:{'|'.join(re.escape(prefix) for prefix in PREFIXES)})"
    rf"|\^?(?:{'|'.join(re.escape(prefix[1:]) for prefix in PREFIXES)})"
    rf"|(?:.*[^\w/.])?(?:{_LONG})(?![\w-])",
    re.DOTALL,
)


def find_area_prefixes(root: Path) -> list[str]:
    """Return where a module spells the beginning of an area's addresses."""
    return [
        f"{name}:{line} spells {text[:40]!r}: how the addresses of an area begin is written in {AREAS} alone, so that "
        "whoever guards, routes or links an area means the same one"
        for name in list_modules(root)
        if name != AREAS and "tests" not in name.parts
        for line, text in list_texts(parse(root / name))
        if _SPELLED.match(text)
    ]
