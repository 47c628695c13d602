"""Territories in which an item may be played."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Territory:
    """A country by its ISO 3166-1 alpha-2 code, upper case. Raises `ValueError` for any other text."""

    code: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is not an ISO 3166-1 alpha-2 code")


@dataclass(frozen=True)
class TerritoryRule:
    """Allows the listed countries, or all but the listed ones. No list and `is_allow_list=False`: the world."""

    codes: frozenset[str] = frozenset()
    is_allow_list: bool = False

    def allows(self, territory: Territory | None) -> bool:
        """Return whether the item may be played there; in an unknown place (None) only where nothing is restricted."""
        if territory is None:
            return not self.codes and not self.is_allow_list
        return (territory.code in self.codes) is self.is_allow_list
